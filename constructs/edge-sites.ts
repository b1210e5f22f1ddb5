import { Construct } from 'constructs';
import {
  Gateway,
  GatewaySpecServersTlsMode as TlsMode,
  VirtualService,
  type VirtualServiceSpecHttp as HttpRoute,
} from '../imports/networking.istio.io';
import { edgesAt } from '../model/platform/edges';
import { hostOf, portOf } from './service';
import { sharedMetadata, type Site } from './site';
import { AFTER_WORKLOADS } from './sync-wave';
import { callPolicy } from './traffic-rules';

const NAME = 'edge-sites';

/**
 * The entry for workloads on other clusters: a public name of its own where only who shows a certificate of a site gets
 * in, and only what a declared call says is routed.
 */
export class EdgeSites extends Construct {
  constructor(scope: { readonly platform: Construct; readonly workloads: Construct }, site: Site) {
    super(scope.platform, NAME);
    const remote = edgesAt(site).filter((edge) => edge.remote !== undefined);
    if (remote.length === 0) return;
    const { settings, mesh } = site.platform;
    const hosts = [`${mesh.gateway.sites.subdomain}.${settings.domain}`];
    new Gateway(this, 'gateway', {
      metadata: sharedMetadata(site, NAME),
      spec: {
        selector: mesh.gateway.selector,
        servers: [
          {
            hosts,
            port: { name: 'https-sites', number: 443, protocol: 'HTTPS' },
            tls: { mode: TlsMode.MUTUAL, credentialName: mesh.gateway.sites.credentialName },
          },
        ],
      },
    });
    new VirtualService(new Construct(scope.workloads, NAME), 'routes', {
      metadata: { ...sharedMetadata(site, NAME), annotations: AFTER_WORKLOADS },
      spec: {
        hosts,
        gateways: [`${settings.namespace}/${NAME}`],
        http: remote.map(({ remote: from, to, call }): HttpRoute => ({
          name: `from-${from ?? ''}`,
          match: [{ uri: { prefix: call.throughGateway?.path ?? '/' } }],
          ...callPolicy(call),
          route: [{ destination: { host: hostOf(site, to.name), port: { number: portOf(to) } } }],
        })),
      },
    });
  }
}
