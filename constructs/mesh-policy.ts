import { Construct } from 'constructs';
import { Sidecar, SidecarSpecOutboundTrafficPolicyMode as OutboundMode } from '../imports/networking.istio.io';
import { PeerAuthentication, PeerAuthenticationSpecMtlsMode as MtlsMode } from '../imports/security.istio.io';
import { Telemetry } from '../imports/telemetry.istio.io';
import { edgesAt } from '../model/platform/edges';
import type { MutualTls } from '../model/platform/mesh';
import { workloadsOn } from '../model/platform/presence';
import type { Workload } from '../model/platform/workload';
import { externalHosts } from './external-hosts';
import { headlessName, hostOf, readName } from './service';
import { selectorLabels, sharedMetadata, workloadMetadata, type Site } from './site';

const MODES: Readonly<Record<MutualTls, MtlsMode>> = { PERMISSIVE: MtlsMode.PERMISSIVE, STRICT: MtlsMode.STRICT };

/** What holds for every proxy of the namespace: mutual TLS, whom each may reach, which traces are kept. */
export class MeshPolicy extends Construct {
  constructor(scope: Construct, site: Site, mutualTls: MutualTls) {
    super(scope, 'mesh-policy');
    const { mesh } = site.platform;
    const metadata = sharedMetadata(site, 'default');
    new PeerAuthentication(this, 'mutual-tls', { metadata, spec: { mtls: { mode: MODES[mutualTls] } } });
    new Telemetry(this, 'telemetry', {
      metadata,
      spec: {
        tracing: [
          { providers: [{ name: mesh.tracing.provider }], randomSamplingPercentage: mesh.tracing.samplingPercent },
        ],
      },
    });
    for (const workload of workloadsOn(site)) {
      this.reach(site, workload);
      this.sampling(site, workload);
    }
  }

  /**
   * A proxy knows its declared callees and what it needs itself. This keeps its configuration small and catches calls
   * that nobody declared; it does not stop a process that goes around its proxy, which a NetworkPolicy does.
   */
  private reach(site: Site, workload: Workload): void {
    const { mesh } = site.platform;
    const callees = edgesAt(site).filter(({ from }) => from === workload.name);
    new Sidecar(this, `sidecar-${workload.name}`, {
      metadata: workloadMetadata(site, workload),
      spec: {
        workloadSelector: { labels: selectorLabels(workload) },
        outboundTrafficPolicy: { mode: OutboundMode.REGISTRY_UNDERSCORE_ONLY },
        egress: [
          {
            hosts: [
              ...callees.flatMap(({ to }) => servicesOf(to, workload)).map((name) => `./${hostOf(site, name)}`),
              ...externalHosts(workload),
              `${mesh.controlPlaneNamespace}/*`,
              // Where the proxy sends its traces.
              `${mesh.tracing.namespace}/*`,
            ],
          },
        ],
      },
    });
  }

  private sampling(site: Site, workload: Workload): void {
    const { tracingSamplingPercent } = workload.mesh;
    if (tracingSamplingPercent === undefined) return;
    new Telemetry(this, `telemetry-${workload.name}`, {
      metadata: workloadMetadata(site, workload),
      spec: {
        selector: { matchLabels: selectorLabels(workload) },
        tracing: [
          {
            providers: [{ name: site.platform.mesh.tracing.provider }],
            randomSamplingPercentage: tracingSamplingPercent,
          },
        ],
      },
    });
  }
}

/** The Services by which a caller reaches a callee; peers of one StatefulSet use the names of their pods. */
function servicesOf(callee: Workload, caller: Workload): string[] {
  if (callee.kind !== 'StatefulSet') return [callee.name];
  const own = callee.topology === 'primary' ? [callee.name, readName(callee)] : [callee.name];
  return callee.name === caller.name ? [...own, headlessName(callee)] : own;
}
