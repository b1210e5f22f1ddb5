import { applicationName } from '../../delivery/names';
import type { PhaseId } from '../../model/platform/phase';
import { scriptFile } from '../rendered-file';
import { command } from '../shell';
import { ensurePool, type PoolSet } from './pools';
import { preamble, type Target } from './target';

/**
 * The change of pools around a promotion or a way back. New nodes are there before the manifests that want them, old
 * ones go after: at no moment does a pod have nowhere to run.
 *
 * @param phase the phase to arrive in: the nearest one that has the new pools.
 */
export function phaseStepScript(path: string, target: Target, from: PoolSet, to: PoolSet, phase: PhaseId): string {
  const { platform, cluster } = target;
  const { settings } = platform;
  const old = new Set(from.pools.map(({ name }) => name));
  const next = new Set(to.pools.map(({ name }) => name));
  const created = to.pools.filter(({ name }) => !old.has(name));
  const removed = from.pools.filter(({ name }) => !next.has(name)).map(({ name }) => name);
  const application = applicationName(target, 'workloads');
  const folders = to.phases.map((each) => `dist/${each}/${cluster.name}/workloads`);
  return scriptFile(
    path,
    [
      `Changes the pools of ${cluster.name} for the step to ${phase}. Run it before the step: it creates`,
      `${listed(created.map(({ name }) => name))}. Run it after: it drains and deletes ${listed(removed)}. It looks at Argo CD`,
      'to know which of the two it is, so running it once too often does no harm.',
    ],
    [
      ...preamble(target, { ARGOCD_NAMESPACE: settings.argocdNamespace }),
      'require_context',
      'finish_operations',
      'require_running',
      '',
      `say '1. Nodes for ${phase}'`,
      ...created.map((pool) => ensurePool(target, pool)),
      ...created.map(({ name }) => command(['open_pool', name])),
      '',
      `say '2. The step to ${phase}'`,
      `if ! has_arrived ${application} ${folders.join(' ')}; then`,
      `  say 'Not there yet. Now promote: aia rollout --cluster ${cluster.name} --to ${phase}'`,
      "  say 'Then run this script again; it goes on here.'",
      '  exit 0',
      'fi',
      '',
      `say '3. Nodes that ${phase} does not have'`,
      command(['drain_pools', ...removed]),
      '# Before the nodes are gone for good: with a node uncordoned, the pods would find back.',
      `run kubectl --context="$(context)" -n ${settings.namespace} wait --for=condition=Available --timeout=15m deployment --all`,
      ...removed.map((name) => command(['delete_pool', name])),
      `say 'Done: ${cluster.name} has the nodes of ${phase}.'`,
    ],
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(' and ');
}
