import { Construct } from 'constructs';
import {
  ServiceEntry,
  ServiceEntrySpecLocation as Location,
  ServiceEntrySpecResolution as Resolution,
} from '../imports/networking.istio.io';
import type { External } from '../model/platform/external';
import { workloadsOn } from '../model/platform/presence';
import { usesBucket } from '../model/platform/recovery';
import type { Workload } from '../model/platform/workload';
import type { k8s } from './k8s';
import { sharedMetadata, type Site } from './site';

/** Ranges that are not public (RFC 1918, RFC 3927, RFC 6598): pods, nodes and the cloud's metadata server among them. */
const NOT_PUBLIC = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** Tells the mesh which hosts outside exist: it sends nothing to names it does not know. */
export class ExternalHosts extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'external-hosts');
    const entries = new Map(workloadsOn(site).flatMap((workload) => Object.entries(externalsOf(site, workload))));
    for (const [name, { hosts, port, protocol = 'TLS' }] of entries) {
      new ServiceEntry(this, name, {
        metadata: sharedMetadata(site, name),
        spec: {
          hosts: [...hosts],
          exportTo: ['.'],
          location: Location.MESH_UNDERSCORE_EXTERNAL,
          resolution: Resolution.DNS,
          ports: [{ number: port, name: protocol.toLowerCase(), protocol }],
        },
      });
    }
  }
}

/** What a workload calls outside the cluster: what its data says, and a bucket where it needs one. */
export function externalsOf(site: Site, { name, external }: Workload): Readonly<Record<string, External>> {
  return { ...external, ...(usesBucket(site, name) ? site.platform.recovery.objectStorage : {}) };
}

/** The hosts that a workload's proxy may send to, as a Sidecar names them. */
export function externalHosts(site: Site, workload: Workload): string[] {
  return Object.values(externalsOf(site, workload)).flatMap(({ hosts }) => hosts.map((host) => `./${host}`));
}

/** Where the addresses of something outside may be. */
export function externalPeers({ cidrs }: External): k8s.NetworkPolicyPeer[] {
  return cidrs === undefined
    ? [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }]
    : cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}
