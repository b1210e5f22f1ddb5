import { Broken } from '../problem';
import { detail } from '../report';
import { layerFolder, type Scenario } from '../stage';
import { DONE, still, until } from '../wait';
import { live, nothingIsGone } from './live';

const STORE = 'cognitive-cache';

export const immutableChange: Scenario = {
  name: 'a change that Kubernetes refuses is reported, and the fix gets through',
  play: async (stage) => {
    const { fork, argocd, namespace } = stage;
    const application = argocd.layer('workloads');
    const before = await live(stage);
    const file = `${layerFolder(stage, 'workloads')}/StatefulSet.apps_${namespace}_${STORE}.yaml`;
    fork.edit(file, /storage: \d+Gi/, 'storage: 11Gi');
    await fork.push('Grow the disks in the template, which can not be changed');
    await argocd.refresh();
    await until('the report', 90, async () => {
      const { operationState } = await argocd.status(application);
      const result = operationState?.syncResult?.resources?.find(
        ({ kind, name }) => kind === 'StatefulSet' && name === STORE,
      );
      if (result?.status !== 'SyncFailed') return still(`${STORE} is ${result?.status ?? 'not synced yet'}`);
      if (!/forbidden|immutable/i.test(result.message ?? ''))
        throw new Broken(`another error: ${String(result.message)}`);
      detail(`reported: ${(result.message ?? '').slice(0, 110)}…`);
      return DONE;
    });
    await nothingIsGone(stage, before);

    const fixed = await fork.revert();
    await argocd.refresh();
    await argocd.terminateIfStuck(fixed);
    await argocd.settle('the fix', fixed);
    await nothingIsGone(stage, before);
  },
};
