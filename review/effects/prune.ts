import { at, textAt } from '../../model/manifest/access';
import type { Entry } from '../source/objects';
import type { Consequence, EffectRule } from './consequence';
import type { Deployer, Surroundings } from './surroundings';

/** Kinds that take data, or everything inside them, along. */
const TAKES_ALONG: Readonly<Record<string, string>> = {
  Namespace: 'everything in it goes with it',
  CustomResourceDefinition: 'every object of this kind goes with it, in all namespaces',
  PersistentVolumeClaim: 'its data goes with it, unless the volume is retained',
  PersistentVolume: 'its data may go with it',
  StatefulSet: 'its pods go; its claims stay, unless persistentVolumeClaimRetentionPolicy says Delete',
  Secret: 'its value is in no other place that this review can see',
};
const WORKLOADS = new Set(['Deployment', 'DaemonSet', 'Rollout', 'CronJob', 'Job', 'ReplicaSet', 'Pod']);
const NEEDED_BY_PODS = new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim']);
const PROTECTS: Readonly<Record<string, string>> = {
  NetworkPolicy: 'pods that no other policy selects are open to everyone',
  AuthorizationPolicy: 'what it denied may be allowed now',
  PeerAuthentication: 'plain text may be accepted where it was not',
  PodDisruptionBudget: 'a node drain may take all pods at once',
  ResourceQuota: 'the namespace has no limit any more',
  LimitRange: 'containers without limits get none',
  ValidatingAdmissionPolicy: 'what it refused is let in',
  ValidatingWebhookConfiguration: 'what it refused is let in',
};
const ENTRANCES = new Set(['Service', 'Ingress', 'Gateway', 'VirtualService', 'HTTPRoute']);

/** Objects that go: whether Argo CD deletes them, and what is lost with them. */
export const prune: EffectRule = function* (change, around) {
  const { base, head, kind } = change;
  if (kind === 'removed' && base) yield* removal(base, around, change.promotion?.to);
  if (kind === 'renamed' && base && head) {
    yield {
      effect: 'prune',
      risk: isLoss(base.object.kind) ? 'high' : 'low',
      reason: `${base.name.name} is deleted, ${head.name.name} is made${isLoss(base.object.kind) ? `: ${TAKES_ALONG[base.object.kind] ?? 'its pods go before the new ones come'}` : ''}`,
      fields: [],
    };
  }
  if (kind === 'moved' && base && head) yield* move(base, head, around);
};

function* removal(entry: Entry, around: Surroundings, promotedTo: string | undefined): Iterable<Consequence> {
  const { metadata } = entry.object;
  const place = promotedTo ?? entry.place;
  const deployers = around.head.deployersOf(place);
  const fields: Consequence['fields'] = [];
  const options = `${metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? ''},`;
  if (/(^|,)\s*Prune=false\s*,/.test(options)) {
    yield { effect: 'prune', risk: 'low', reason: 'stays on the cluster (Prune=false) and belongs to nobody', fields };
    return;
  }
  const [risk, loss] = lossOf(entry, around);
  yield {
    effect: 'prune',
    risk,
    reason: `${whoDeletes(deployers, place, around)}${loss === '' ? '' : `: ${loss}`}`,
    fields,
  };
}

function whoDeletes(deployers: readonly Deployer[], place: string, { base, head }: Surroundings): string {
  const [deployer] = deployers;
  if (deployer) {
    return deployer.prunes
      ? `Argo CD prunes it (${deployer.name})`
      : `${deployer.name} does not prune: it stays until somebody deletes it`;
  }
  const gone = base.deployersOf(place)[0];
  if (gone) return `its Application ${gone.name} is gone too`;
  return head.applications.length > 0
    ? 'no Application deploys this folder now: nothing is deleted yet'
    : 'is deleted where deletions are synced';
}

function lossOf(entry: Entry, around: Surroundings): readonly ['high' | 'medium' | 'low', string] {
  const { kind } = entry.object;
  const users = NEEDED_BY_PODS.has(kind) ? around.head.usesOf(entry) : [];
  if (users.length > 0) {
    const names = [...new Set(users.map((use) => use.entry.name.name))];
    const need = names.length === 1 ? 'needs' : 'need';
    return ['high', `${names.join(', ')} still ${need} it and can not start without it`];
  }
  const loss = TAKES_ALONG[kind];
  if (loss !== undefined) return ['high', loss];
  if (WORKLOADS.has(kind)) {
    const isBatch = kind === 'CronJob' || kind === 'Job';
    return [isBatch ? 'medium' : 'high', isBatch ? 'it runs no more' : `its pods go (${podsOf(entry)})`];
  }
  const protection = PROTECTS[kind];
  if (protection !== undefined) return [kind === 'PodDisruptionBudget' ? 'medium' : 'high', protection];
  if (ENTRANCES.has(kind)) return ['high', 'what calls it by this name or address gets no answer'];
  if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') {
    return ['medium', 'its workload stays at the replicas that it has, or goes to those in Git'];
  }
  if (/Role(Binding)?$/.test(kind)) return ['medium', 'whoever has these rights by it loses them'];
  return ['low', ''];
}

function podsOf({ object }: Entry): string {
  const replicas = at(object, 'spec', 'replicas');
  return typeof replicas === 'number' ? `${replicas} replicas` : (textAt(object, 'kind') ?? '');
}

function isLoss(kind: string): boolean {
  return TAKES_ALONG[kind] !== undefined || WORKLOADS.has(kind);
}

function* move(from: Entry, to: Entry, { base, head }: Surroundings): Iterable<Consequence> {
  const [before, after] = [base.deployersOf(from.place), head.deployersOf(to.place)];
  const names = (list: readonly Deployer[]): string =>
    list
      .map(({ name }) => name)
      .sort()
      .join(', ');
  if (names(before) === names(after)) {
    yield { effect: 'other', risk: 'low', reason: `stands in ${to.place} now, before in ${from.place}`, fields: [] };
    return;
  }
  const isSafe = before.every(({ prunes }) => !prunes);
  yield {
    effect: 'prune',
    risk: isSafe || before.length === 0 ? 'low' : 'high',
    reason:
      before.length === 0
        ? `is deployed now (${names(after)})`
        : `goes from ${names(before)} to ${after.length === 0 ? 'no Application' : names(after)}: the first may delete it before the other has it`,
    fields: [],
  };
}
