import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { queuesOn, type Queue } from '../model/platform/queues';
import { canonicalQuantity, parseQuantity } from '../model/quantity';
import { namespaceNamed, ownKey, partOf, sharedMetadata, type Site } from './site';

/** Kubernetes minor from which Kueue has the version of its API that replaced the first one (Kueue 0.15 and newer). */
const V1BETA2_MINOR = 34;

/**
 * Queues of batch jobs: a job starts when its whole quota on spot nodes is free, and waits suspended until then. The
 * objects are read by Kueue; not from imports/, since the version of its API depends on the cluster.
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/
 */
export class BatchQueues extends Construct {
  constructor(scope: Construct, site: Site) {
    super(scope, 'batch-queues');
    const queues = queuesOn(site);
    const flavors = new Map(queues.map(({ pools }) => [pools[0]?.label ?? '', pools]));
    for (const [label, pools] of flavors) this.flavor(site, label, pools);
    for (const queue of queues) this.queue(site, queue);
  }

  /** The nodes behind a quota: jobs get these labels and tolerations when they are admitted. */
  private flavor(site: Site, label: string, pools: Queue['pools']): void {
    new ApiObject(this, `flavor-${label}`, {
      apiVersion: apiVersion(site),
      kind: 'ResourceFlavor',
      metadata: { name: label, labels: partOf(site) },
      spec: {
        nodeLabels: { [ownKey(site, 'pool')]: label },
        nodeTaints: (pools[0]?.taints ?? []).map(({ key, value, effect }) => ({ key, value, effect })),
        tolerations: (pools[0]?.taints ?? []).map((taint) => ({ operator: 'Equal', ...taint })),
      },
    });
  }

  private queue(site: Site, { name, pools, quota }: Queue): void {
    new ApiObject(this, `cluster-queue-${name}`, {
      apiVersion: apiVersion(site),
      kind: 'ClusterQueue',
      metadata: { name: clusterQueueName(site, name), labels: partOf(site) },
      spec: {
        namespaceSelector: namespaceNamed(site.platform.settings.namespace),
        queueingStrategy: 'BestEffortFIFO',
        resourceGroups: [
          {
            coveredResources: ['cpu', 'memory'],
            flavors: [
              {
                name: pools[0]?.label,
                resources: [
                  { name: 'cpu', nominalQuota: canonicalQuantity(parseQuantity(`${quota.cpuMillicores}m`)) },
                  {
                    name: 'memory',
                    nominalQuota: canonicalQuantity(parseQuantity(`${quota.memoryBytes / 1048576n}Mi`)),
                  },
                ],
              },
            ],
          },
        ],
      },
    });
    new ApiObject(this, `local-queue-${name}`, {
      apiVersion: apiVersion(site),
      kind: 'LocalQueue',
      metadata: sharedMetadata(site, name),
      spec: { clusterQueue: clusterQueueName(site, name) },
    });
  }
}

/** Label by which a job asks for its queue; it stands on the job, not on the CronJob, which makes one as ever. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** A cluster without a stated minor runs today's release, and Kueue's first API is on its way out there. */
function apiVersion({ cluster }: Site): string {
  return `kueue.x-k8s.io/${(cluster.k8sMinor ?? V1BETA2_MINOR) >= V1BETA2_MINOR ? 'v1beta2' : 'v1beta1'}`;
}

function clusterQueueName({ platform }: Site, name: string): string {
  return `${platform.settings.name}-${name}`;
}
