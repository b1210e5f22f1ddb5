import { stringify } from 'yaml';
import type { KubeObject } from '../model/kube-object';
import type { Kubectl } from './kubectl';

/**
 * Writes what controllers of a cloud would write and no test cluster has: the status of certificates, volumes for
 * claims that nobody serves, addresses of Ingresses. It never touches a spec that Argo CD compares.
 */
export async function standInForTheCloud(kubectl: Kubectl, namespace: string): Promise<void> {
  for (const certificate of await listIfServed(kubectl, namespace, 'managedcertificates.networking.gke.io')) {
    if ((certificate.status as { certificateStatus?: string } | undefined)?.certificateStatus === 'Active') continue;
    const status = JSON.stringify({ status: { certificateStatus: 'Active' } });
    const { name } = certificate.metadata;
    await kubectl.run(
      'patch',
      'managedcertificates.networking.gke.io',
      name,
      '-n',
      namespace,
      '--type',
      'merge',
      '-p',
      status,
    );
  }
  for (const claim of await kubectl.list(namespace, 'persistentvolumeclaims')) {
    if (isServed(claim)) continue;
    await kubectl.apply(volumeFor(claim));
  }
  for (const ingress of await kubectl.list(namespace, 'ingresses.networking.k8s.io')) {
    const { loadBalancer } = (ingress.status ?? {}) as { loadBalancer?: { ingress?: unknown[] } };
    if ((loadBalancer?.ingress ?? []).length > 0 || ageOf(ingress) < PATIENCE_SECONDS) continue;
    const status = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: '198.51.100.1' }] } } });
    const options = ['--subresource', 'status', '--type', 'merge', '-p', status];
    await kubectl.run('patch', 'ingress', ingress.metadata.name, '-n', namespace, ...options);
  }
}

/** Label of what these tests make beside what Argo CD brings. */
export const MADE_HERE = { 'app.kubernetes.io/managed-by': 'aia-e2e' };

/** Long enough for a provisioner or controller that is there; what waits longer has none. */
const PATIENCE_SECONDS = 10;

async function listIfServed(kubectl: Kubectl, namespace: string, kind: string): Promise<KubeObject[]> {
  if ((await kubectl.refusal('get', 'crd', kind)) !== undefined) return [];
  return kubectl.list(namespace, kind);
}

function isServed(claim: KubeObject): boolean {
  const { volumeName } = claim.spec as { volumeName?: string };
  return volumeName !== undefined || ageOf(claim) < PATIENCE_SECONDS;
}

function ageOf({ metadata }: KubeObject): number {
  return (Date.now() - Date.parse(String(metadata.creationTimestamp))) / 1000;
}

/** A volume that belongs to this claim alone; nothing is ever written to it, since the pods are simulated. */
function volumeFor({ metadata, spec }: KubeObject): string {
  const claim = spec as { storageClassName?: string; resources: { requests: { storage: string } } };
  return stringify({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `e2e-${metadata.name}`, labels: MADE_HERE },
    spec: {
      capacity: { storage: claim.resources.requests.storage },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: claim.storageClassName,
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: metadata.namespace, name: metadata.name },
      hostPath: { path: `/tmp/e2e/${metadata.name}` },
    },
  });
}
