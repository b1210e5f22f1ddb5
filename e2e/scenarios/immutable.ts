import type { Status } from '../argocd';
import { detail } from '../report';
import { layerFolder, type Scenario } from '../stage';
import { DONE, still, until } from '../wait';
import { live, nothingIsGone } from './live';

const STORE = 'cognitive-cache';

/**
 * Where Argo CD says what Kubernetes refused: on the comparison, since that is a dry run on the server, or on the object
 * of the sync.
 */
function complaints({ conditions, operationState }: Status): string[] {
  const failed = (operationState?.syncResult?.resources ?? []).filter(({ status }) => status === 'SyncFailed');
  return [...(conditions ?? []), ...failed].map(({ message }) => message ?? '');
}

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
      await argocd.refreshAgain();
      const status = await argocd.status(application);
      const said = complaints(status).find((message) => /forbidden|immutable/i.test(message));
      if (said === undefined)
        return still(`${status.sync?.status ?? 'not compared'}: ${complaints(status).join('; ')}`);
      detail(`reported (${status.sync?.status ?? ''}): …${said.slice(-160)}`);
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
