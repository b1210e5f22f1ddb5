import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { workloadsOn } from '../model/platform/presence';
import type { DeploymentWorkload } from '../model/platform/workload';
import { k8s } from './k8s';
import { sharedMetadata, workloadMetadata, type Site } from './site';

/** Name of the Ingress and of what belongs to it. */
const NAME = 'front-door';

/**
 * Phase 3 drops it. Argo CD deletes before it applies; with this, which it reads from the live object and so must have
 * come with an earlier phase, the old entry goes after everything else is in place.
 */
const PRUNE_LAST = { 'argocd.argoproj.io/sync-options': 'PruneLast=true' };

/**
 * The public entry: the cloud's own Ingress, since ingress-nginx gets no fixes any more. TLS ends there with a
 * certificate the cloud renews; plain HTTP is redirected.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
 */
export class FrontDoor extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, NAME);
    const { domain, name } = site.platform.settings;
    const routed = workloadsOn(site).filter(
      (workload): workload is DeploymentWorkload => workload.kind === 'Deployment' && workload.route !== undefined,
    );
    const metadata = { ...sharedMetadata(site, NAME), annotations: PRUNE_LAST };

    for (const workload of routed) this.backend(site, workload);
    new ApiObject(this, 'frontend', {
      apiVersion: 'networking.gke.io/v1beta1',
      kind: 'FrontendConfig',
      metadata,
      spec: { redirectToHttps: { enabled: true, responseCodeName: 'PERMANENT_REDIRECT' } },
    });
    new ApiObject(this, 'certificate', {
      apiVersion: 'networking.gke.io/v1',
      kind: 'ManagedCertificate',
      metadata,
      spec: { domains: [domain] },
    });
    new k8s.KubeIngress(this, 'ingress', {
      metadata: {
        ...metadata,
        annotations: {
          ...PRUNE_LAST,
          // GKE reads the class from this annotation only, not from spec.ingressClassName.
          'kubernetes.io/ingress.class': 'gce',
          'kubernetes.io/ingress.global-static-ip-name': `${name}-${NAME}`,
          'networking.gke.io/managed-certificates': NAME,
          'networking.gke.io/v1beta1.FrontendConfig': NAME,
        },
      },
      spec: {
        rules: [
          {
            host: domain,
            http: {
              // The longest path first, for the reader; the load balancer itself takes the longest match.
              paths: [...routed].sort(longestPathFirst).map((workload) => ({
                path: workload.route?.path ?? '/',
                pathType: 'Prefix',
                backend: { service: { name: workload.name, port: { name: portName(workload) } } },
              })),
            },
          },
        ],
      },
    });
  }

  /** How the load balancer treats one workload: its timeout, its health check, its drain. */
  private backend(site: Site, workload: DeploymentWorkload): void {
    const { route } = workload;
    if (route === undefined) return;
    new ApiObject(this, `backend-${workload.name}`, {
      apiVersion: 'cloud.google.com/v1',
      kind: 'BackendConfig',
      metadata: workloadMetadata(site, workload, { annotations: PRUNE_LAST }),
      spec: {
        timeoutSec: route.timeoutSeconds,
        connectionDraining: { drainingTimeoutSec: workload.terminationGracePeriodSeconds },
        healthCheck: {
          type: 'HTTP',
          requestPath: route.healthPath,
          port: workload.containers[0]?.ports[0]?.port,
          checkIntervalSec: 10,
          timeoutSec: 5,
          healthyThreshold: 1,
          unhealthyThreshold: 3,
        },
      },
    });
  }
}

function longestPathFirst(left: DeploymentWorkload, right: DeploymentWorkload): number {
  const [a, b] = [left.route?.path ?? '', right.route?.path ?? ''];
  return b.length - a.length || (a < b ? -1 : 1);
}

function portName(workload: DeploymentWorkload): string {
  const port = workload.containers[0]?.ports[0];
  if (port === undefined) throw new Error(`${workload.name} has a route but no port`);
  return port.name;
}
