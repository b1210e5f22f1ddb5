import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { VirtualService } from '../imports/networking.istio.io';
import { globalName } from './global-name';
import { FRONT_DOOR } from './mesh-gateway';
import { portOf } from './service';
import { ownKey, sharedMetadata, type Site } from './site';
import { AFTER_WORKLOADS } from './sync-wave';

const NAME = 'front-door';

/** Kubernetes minor from which a cluster runs a k8gb that has its own API group (k8gb 0.16, 2026). */
const OWN_GROUP_MINOR = 34;

/**
 * DNS that leads to the region that can serve: k8gb answers for a name in its own zone with the gateway's address of the
 * primary region while its health service has a ready endpoint, and with another region's when it has none. The public
 * names lead there by CNAME (docs/add-ons.md).
 *
 * It reacts to endpoints within the DNS records' lifetime, never to single requests.
 *
 * @see https://www.k8gb.io/latest/resource_ref/ (read with the resolver's source, August 2026)
 */
export class GlobalLoadBalancing extends Construct {
  constructor(scope: { readonly platform: Construct; readonly workloads: Construct }, site: Site) {
    super(scope.platform, 'global-load-balancing');
    const name = globalName(site);
    if (name === undefined) return;
    const { host, health, primaryRegion, ttlSeconds } = name;
    const label = { [ownKey(site, 'global-health')]: health.name };
    new ApiObject(this, 'gslb', {
      ...apiVersionAndKind(site),
      metadata: sharedMetadata(site, NAME),
      spec: {
        // By label, which old and new releases both take; a name only the new ones.
        resourceRef: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', matchLabels: label },
        strategy: {
          type: 'failover',
          primaryGeoTag: primaryRegion,
          dnsTtlSeconds: ttlSeconds,
          splitBrainThresholdSeconds: 300,
        },
      },
    });
    const metadata = sharedMetadata(site, 'global-health');
    new VirtualService(new Construct(scope.workloads, 'global-load-balancing'), 'health', {
      metadata: { ...metadata, labels: { ...metadata.labels, ...label }, annotations: AFTER_WORKLOADS },
      spec: {
        // Where k8gb takes the name from. Users come by the public names, which are aliases of it.
        hosts: [host],
        gateways: [`${site.platform.settings.namespace}/${FRONT_DOOR}`],
        http: [
          {
            // Nobody is meant to call it, and the policies let nobody: k8gb looks at the endpoints of what is named here.
            name: 'global-health',
            match: [{ uri: { exact: '/.well-known/global-health' } }],
            retries: { attempts: 0 },
            // The short name: k8gb takes it for the name of a Service in this namespace.
            route: [{ destination: { host: health.name, port: { number: portOf(health) } } }],
          },
        ],
      },
    });
  }
}

function apiVersionAndKind({ cluster }: Site): { apiVersion: string; kind: string } {
  const own = (cluster.k8sMinor ?? OWN_GROUP_MINOR) >= OWN_GROUP_MINOR;
  return { apiVersion: `${own ? 'k8gb.io' : 'k8gb.absa.oss'}/v1beta1`, kind: 'Gslb' };
}
