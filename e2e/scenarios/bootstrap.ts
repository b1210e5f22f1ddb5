import { addonRequests, nodeCount } from '../../model/platform/nodes';
import { totalsOf } from '../../model/totals';
import { renderPlatform } from '../../phases/render';
import { platform } from '../../platform/platform';
import { Broken } from '../problem';
import { detail } from '../report';
import type { Scenario, Stage } from '../stage';

/** The three commands of docs/argocd.md, on an Argo CD whose ConfigMaps have settings of their own. */
export const bootstrap: Scenario = {
  name: 'bootstrap: every application becomes Synced and Healthy, every pod has its place',
  play: async (stage) => {
    const { argocd, fork } = stage;
    await notificationsAreThere(stage);
    for (const name of CONFIG_MAPS) await setTheirs(stage, name);
    const start = Date.now();
    await argocd.bootstrap(fork);
    await argocd.settle('bootstrap');
    detail(`Synced and Healthy after ${((Date.now() - start) / 1000).toFixed(0)} s`);
    await everyPodRuns(stage);
    for (const name of CONFIG_MAPS) await theirsIsStillThere(stage, name);
  },
};

/** A whole installation of Argo CD brings this ConfigMap; the test cluster's has no notifications controller. */
export async function notificationsAreThere({ kubectl, argocd }: Stage): Promise<void> {
  const { argocdNamespace } = argocd.settings;
  if ((await kubectl.find(argocdNamespace, 'configmap', 'argocd-notifications-cm')) !== undefined) return;
  await kubectl.run('create', 'configmap', 'argocd-notifications-cm', '-n', argocdNamespace);
}

const CONFIG_MAPS = ['argocd-cm', 'argocd-notifications-cm'];
const THEIRS = 'service.webhook.of-the-team';

async function setTheirs({ kubectl, argocd }: Stage, name: string): Promise<void> {
  const patch = JSON.stringify({ data: { [THEIRS]: 'url: https://chat.example.com' } });
  await kubectl.run('patch', 'configmap', name, '-n', argocd.settings.argocdNamespace, '--type', 'merge', '-p', patch);
}

async function theirsIsStillThere({ kubectl, argocd }: Stage, name: string): Promise<void> {
  const object = await kubectl.find(argocd.settings.argocdNamespace, 'configmap', name);
  const keys = Object.keys(object?.data ?? {});
  if (!keys.includes(THEIRS)) throw new Broken(`the bootstrap has dropped a key of somebody else from ${name}`);
  if (keys.length < 3) throw new Broken(`the bootstrap has added nothing to ${name}`);
}

/** Counts against the model's own minimum, so that a pod that was never made is missed too. */
export async function everyPodRuns({ kubectl, namespace, cluster, phase }: Stage): Promise<void> {
  const cell = renderPlatform(platform).cells.find((entry) => entry.phase === phase && entry.cluster.name === cluster);
  if (cell === undefined) throw new Error(`nothing is rendered for ${cluster} in ${phase}`);
  const objects = cell.objects.map(({ object }) => object);
  const { min } = totalsOf(objects, nodeCount(cell.cluster, phase), addonRequests(platform, cell.cluster, phase));
  const pods = await kubectl.list(namespace, 'pods');
  const phaseOf = (pod: (typeof pods)[0]): string => (pod.status as { phase: string }).phase;
  const waiting = pods
    .filter((pod) => phaseOf(pod) !== 'Running')
    .map((pod) => `${pod.metadata.name} (${phaseOf(pod)})`);
  if (waiting.length > 0) throw new Broken(`pods without a place: ${waiting.join(', ')}`);
  if (pods.length !== min.pods) throw new Broken(`${pods.length} pods run, the model says ${min.pods}`);
  detail(`${pods.length} pods run, none is Pending`);
}
