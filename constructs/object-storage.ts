import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isSince } from '../model/platform/phase';
import { usesBucket } from '../model/platform/recovery';
import type { Workload } from '../model/platform/workload';
import { sharedMetadata, type Site } from './site';

/** Whether a job of this phase reaches a bucket outside of the cluster. */
export function usesObjectStorage(site: Site): boolean {
  return Object.entries(site.platform.workloads).some(
    ([name, { since }]) => isSince(since, site.phase) && isAllowed(site, name),
  );
}

/** Hosts outside of the cluster that a workload's proxy knows, as a Sidecar names them. */
export function outsideHosts(site: Site, { name }: Workload): string[] {
  return isAllowed(site, name) ? site.platform.recovery.objectStorage.map(({ host }) => `./${host}`) : [];
}

function isAllowed({ platform, cluster }: Site, name: string): boolean {
  return platform.recovery.buckets[cluster.name] !== undefined && usesBucket(platform, name);
}

/**
 * The hosts of the bucket, made known to the mesh: proxies refuse what they don't know, and only those of the jobs that
 * need a bucket are told of these.
 */
export class ObjectStorage extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'object-storage');
    for (const { host, port, protocol } of site.platform.recovery.objectStorage) {
      const name = host.replaceAll('.', '-');
      new ApiObject(this, name, {
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: sharedMetadata(site, name),
        spec: {
          hosts: [host],
          exportTo: ['.'],
          location: 'MESH_EXTERNAL',
          resolution: 'DNS',
          ports: [{ name: protocol.toLowerCase(), number: port, protocol }],
        },
      });
    }
  }
}
