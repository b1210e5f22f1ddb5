import { Construct } from 'constructs';
import { Gateway, GatewaySpecServersTlsMode as TlsMode, VirtualService } from '../imports/networking.istio.io';
import { edgesAt } from '../model/platform/edges';
import { GATEWAY } from '../model/platform/platform';
import { hostOf, portOf } from './service';
import { sharedMetadata, type Site } from './site';
import { AFTER_WORKLOADS } from './sync-wave';
import { callPolicy } from './traffic-rules';

/** Name of the gateway that the public leads to. */
export const FRONT_DOOR = 'front-door';

/** The mesh's public entry: TLS ends at it, plain HTTP is redirected. */
export class MeshGateway extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'mesh-gateway');
    const { settings, mesh } = site.platform;
    new Gateway(this, 'gateway', {
      metadata: sharedMetadata(site, FRONT_DOOR),
      spec: {
        selector: mesh.gateway.selector,
        servers: [
          {
            hosts: [settings.domain],
            port: { name: 'https', number: 443, protocol: 'HTTPS' },
            tls: { mode: TlsMode.SIMPLE, credentialName: mesh.gateway.credentialName },
          },
          {
            hosts: [settings.domain],
            port: { name: 'http', number: 80, protocol: 'HTTP' },
            tls: { httpsRedirect: true },
          },
        ],
      },
    });
  }
}

/** What the gateway sends where, in the order in which paths are tried: the WebSocket first, the root last. */
export class GatewayRoutes extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'gateway-routes');
    const routes = edgesAt(site).flatMap(({ from, to, call, remote }) =>
      from === GATEWAY && remote === undefined && to.kind === 'Deployment' && to.route !== undefined
        ? [{ to, call, path: to.route.path }]
        : [],
    );
    routes.sort(
      (a, b) =>
        Number(b.call.streaming === true) - Number(a.call.streaming === true) ||
        b.path.length - a.path.length ||
        (a.path < b.path ? -1 : 1),
    );
    new VirtualService(this, 'routes', {
      metadata: { ...sharedMetadata(site, FRONT_DOOR), annotations: AFTER_WORKLOADS },
      spec: {
        hosts: [site.platform.settings.domain],
        gateways: [`${site.platform.settings.namespace}/${FRONT_DOOR}`],
        http: routes.map(({ to, call, path }) => ({
          name: to.name,
          match: [{ uri: { prefix: path } }],
          ...callPolicy(call),
          route: [{ destination: { host: hostOf(site, to.name), port: { number: portOf(to) } } }],
        })),
      },
    });
  }
}
