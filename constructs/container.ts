import type { ResolvedImage } from '../model/platform/image';
import { atPhase } from '../model/platform/phase';
import type { Container, Probe, Workload } from '../model/platform/workload';
import { k8s } from './k8s';
import { quantities, quantity } from './quantities';
import { secretMounts } from './secrets';
import type { Site } from './site';

/** A volume that holds a container's scratch path, and the mount that goes with it. */
interface Scratch {
  readonly volume: k8s.Volume;
  readonly mount: k8s.VolumeMount;
}

/** The container as the pod template has it; nothing is left to a default that could differ between tools. */
export function container(site: Site, workload: Workload, data: Container, hasConfig: boolean): k8s.Container {
  const resources = atPhase(data.resources, site.phase);
  if (resources === undefined) throw new Error(`${workload.name} has no resources in ${site.phase}`);
  const claims =
    workload.kind === 'StatefulSet' ? workload.claims.filter((claim) => claim.container === data.name) : [];
  return {
    name: data.name,
    image: imageReference(site, data.image),
    imagePullPolicy: data.imagePullPolicy ?? 'IfNotPresent',
    ...(data.args === undefined ? {} : { args: data.args }),
    ...(data.ports.length === 0
      ? {}
      : { ports: data.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })) }),
    ...(hasConfig ? { envFrom: [{ configMapRef: { name: workload.name } }] } : {}),
    resources: { requests: quantities(resources.requests), limits: quantities(resources.limits) },
    ...probes(data),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
    volumeMounts: [
      ...scratch(data).map(({ mount }) => mount),
      ...secretMounts(workload),
      ...claims.map(({ name, mountPath }) => ({ name, mountPath })),
    ],
  };
}

/** The scratch volumes of all containers of a pod. */
export function scratchVolumes(workload: Workload): k8s.Volume[] {
  return workload.containers.flatMap((data) => scratch(data).map(({ volume }) => volume));
}

/** `registry/repository:tag`, with the digest behind it once the image workflow has written one. */
function imageReference(site: Site, key: string): string {
  const image: ResolvedImage | undefined = site.platform.images[key];
  if (image === undefined) throw new Error(`no image ${key}`);
  const repository = `${image.registry ?? site.platform.settings.registry}/${image.repository}`;
  return `${repository}:${image.tag}${image.digest === undefined ? '' : `@${image.digest}`}`;
}

function scratch(data: Container): Scratch[] {
  return data.scratch.map(({ path, sizeLimit, medium }) => {
    const name = `${data.name}${path.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
    return {
      volume: { name, emptyDir: { ...(medium === undefined ? {} : { medium }), sizeLimit: quantity(sizeLimit) } },
      mount: { name, mountPath: path },
    };
  });
}

function probes(data: Container): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  if (data.probes === undefined) return {};
  return {
    startupProbe: probe(data, data.probes.startup),
    readinessProbe: probe(data, data.probes.readiness),
    livenessProbe: probe(data, data.probes.liveness),
  };
}

function probe(data: Container, { port, path, periodSeconds, failureThreshold, timeoutSeconds }: Probe): k8s.Probe {
  const declared = data.ports.find(({ name }) => name === port);
  if (declared === undefined) throw new Error(`container ${data.name} has no port ${port}`);
  const timing = { periodSeconds, failureThreshold, timeoutSeconds: timeoutSeconds ?? 2 };
  const named = k8s.IntOrString.fromString(port);
  if (path !== undefined) return { httpGet: { path, port: named, scheme: 'HTTP' }, ...timing };
  // The gRPC probe takes a number only.
  if (declared.appProtocol === 'grpc') return { grpc: { port: declared.port }, ...timing };
  return { tcpSocket: { port: named }, ...timing };
}
