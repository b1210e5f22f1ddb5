import { Broken } from '../problem';
import { layerFolder, type Scenario, type Stage } from '../stage';
import { DONE, still, until } from '../wait';
import { replicasOf } from './live';

/** The workload that the scenarios change: small, so that one more pod finds a place everywhere. */
const WORKLOAD = 'neuro-interface';

async function availableIs(stage: Stage, replicas: number, notUid = ''): Promise<void> {
  await until(`${WORKLOAD} with ${replicas} pods`, 90, async () => {
    const object = await stage.kubectl.find(stage.namespace, 'deployment', WORKLOAD);
    const { wanted, available } = replicasOf(object);
    if (object?.metadata.uid === notUid) return still('the old Deployment');
    return wanted === replicas && available === replicas ? DONE : still(`${available} of ${wanted} available`);
  });
}

async function replicasNow(stage: Stage): Promise<number> {
  return replicasOf(await stage.kubectl.find(stage.namespace, 'deployment', WORKLOAD)).wanted;
}

export const replicaCount: Scenario = {
  name: 'a replica count changed by a commit is carried out, and taken back by a revert',
  play: async (stage) => {
    const { fork, argocd, kubectl, namespace } = stage;
    const before = await replicasNow(stage);
    const file = `${layerFolder(stage, 'workloads')}/Deployment.apps_${namespace}_${WORKLOAD}.yaml`;
    fork.edit(file, `replicas: ${before}`, `replicas: ${before + 1}`);
    const commit = await fork.push('One more');
    await argocd.settle('one more replica', commit);
    await availableIs(stage, before + 1);

    // Somebody scales by hand meanwhile: Git wins.
    await kubectl.run('scale', `deployment/${WORKLOAD}`, '-n', namespace, `--replicas=${before + 2}`);
    await availableIs(stage, before + 1);
    await argocd.settle('one replica less', await fork.revert());
    await availableIs(stage, before);
  },
};

export const healed: Scenario = {
  name: 'a Deployment deleted by hand comes back',
  play: async (stage) => {
    const replicas = await replicasNow(stage);
    const uid = (await stage.kubectl.find(stage.namespace, 'deployment', WORKLOAD))?.metadata.uid;
    await stage.kubectl.run('delete', 'deployment', WORKLOAD, '-n', stage.namespace);
    await availableIs(stage, replicas, String(uid));
    await stage.argocd.settle('healed');
  },
};

export const pruned: Scenario = {
  name: 'an object removed from Git is removed from the cluster, a namespace is not',
  play: async (stage) => {
    const { fork, argocd, kubectl, namespace } = stage;
    fork.remove(`${layerFolder(stage, 'workloads')}/PodDisruptionBudget.policy_${namespace}_${WORKLOAD}.yaml`);
    fork.remove(`${layerFolder(stage, 'platform')}/Namespace_-_${namespace}.yaml`);
    await argocd.settle('pruned', await fork.push('Remove a budget and the namespace'));
    if ((await kubectl.find(namespace, 'poddisruptionbudget', WORKLOAD)) !== undefined) {
      throw new Broken('the budget is still there');
    }
    const there = await kubectl.find(namespace, 'namespace', namespace);
    if (there === undefined || there.metadata.deletionTimestamp !== undefined)
      throw new Broken('the namespace is gone');
    await argocd.settle('back again', await fork.revert());
    if ((await kubectl.find(namespace, 'poddisruptionbudget', WORKLOAD)) === undefined) {
      throw new Broken('the budget did not come back');
    }
  },
};
