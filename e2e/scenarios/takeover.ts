import { platform } from '../../platform/platform';
import { nodesOf } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import type { Scenario, Stage } from '../stage';

/**
 * The part of docs/runbooks/region-lost.md that one cluster can show: the standby is given nodes and becomes the full
 * region by a commit. Nothing that runs is replaced for it but what the change is about.
 */
export const takeover: Scenario = {
  name: 'the standby takes over: with more nodes and the role of a full region it scales, runs batch and backs up',
  play: async (stage) => {
    const { fork, argocd, kubectl, namespace, cluster } = stage;
    if ((await kubectl.list(namespace, 'cronjobs')).length > 0) throw new Broken('a standby runs jobs already');
    await addNodes(stage);
    fork.edit('platform/clusters.ts', /role: 'standby'/, "role: 'full'");
    fork.edit('platform/global-dns.ts', /primaryRegion: '.*'/, `primaryRegion: '${cluster}'`);
    await argocd.settle('taking over', await fork.renderAndPush(`${cluster} takes over`), 300);
    const jobs = (await kubectl.list(namespace, 'cronjobs')).map(({ metadata }) => metadata.name);
    for (const name of ['ml-batch', 'neural-store-backup', 'gdpr-retention']) {
      if (!jobs.includes(name)) throw new Broken(`it took over without ${name}`);
    }
    const scalers = await kubectl.list(namespace, 'horizontalpodautoscalers,scaledobjects.keda.sh');
    if (scalers.length === 0) throw new Broken('it took over, and nothing scales');
    detail(`${jobs.length} jobs and ${scalers.length} autoscalers came; every application is Synced and Healthy`);
  },
};

/** One more node in each zone of the core, as `gcloud container clusters resize` would add. */
async function addNodes(stage: Stage): Promise<void> {
  const core = nodesOf(stage, stage.phase).filter(({ pool }) => pool === 'core');
  for (const { name, manifest } of core) await stage.kubectl.apply(manifest.replaceAll(name, `${name}-more`));
  detail(`${core.length} nodes more`);
}

export const isStandby = (cluster: string): boolean => platform.clusters[cluster]?.role === 'standby';
