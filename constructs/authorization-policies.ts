import { Construct } from 'constructs';
import { AuthorizationPolicy, AuthorizationPolicySpecAction as Action } from '../imports/security.istio.io';
import { edgesAt, type Edge } from '../model/platform/edges';
import { DEVICES, GATEWAY } from '../model/platform/platform';
import { workloadsOn } from '../model/platform/presence';
import type { Workload } from '../model/platform/workload';
import { selectorLabels, sharedMetadata, workloadMetadata, type Site } from './site';
import { BEFORE_DENIALS } from './sync-wave';

/**
 * Who may call whom, by the identity in the caller's certificate, enforced by the proxy of whom is called. An empty
 * policy denies all; each workload that is called then allows its declared callers on its declared ports.
 *
 * Ports only, no paths or methods: on a TCP port a rule with HTTP fields never matches, and the call is denied.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicies extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'authorization-policies');
    const workloads = workloadsOn(site);
    const edges = edgesAt(site);
    for (const workload of workloads) {
      // Devices are outside the mesh and have no identity in it.
      const callers = edges.filter(({ from, to }) => to.name === workload.name && from !== DEVICES);
      if (callers.length > 0) this.allow(site, workload, callers);
    }
    new AuthorizationPolicy(this, 'default-deny', { metadata: sharedMetadata(site, 'default-deny'), spec: {} });
  }

  private allow(site: Site, workload: Workload, callers: readonly Edge[]): void {
    const ports = workload.containers.flatMap((container) => container.ports.map(({ port }) => String(port)));
    new AuthorizationPolicy(this, workload.name, {
      metadata: workloadMetadata(site, workload, { annotations: BEFORE_DENIALS }),
      spec: {
        selector: { matchLabels: selectorLabels(workload) },
        action: Action.ALLOW,
        rules: [
          {
            from: [{ source: { principals: principals(site, callers) } }],
            to: [{ operation: { ports } }],
          },
        ],
      },
    });
  }
}

/** Each once: the gateway may come with several calls. */
function principals(site: Site, callers: readonly Edge[]): string[] {
  return [...new Set(callers.map(({ from }) => principal(site, from)))];
}

/** The identity of a caller, as its certificate has it; every workload runs under an account of its own name. */
function principal({ platform: { mesh, settings } }: Site, caller: string): string {
  const [namespace, account] =
    caller === GATEWAY ? [mesh.gateway.namespace, mesh.gateway.serviceAccount] : [settings.namespace, caller];
  return `${mesh.trustDomain}/ns/${namespace}/sa/${account}`;
}
