import { asRecord, at } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleAutoscaler, sampleObject } from '../samples';
import type { Member } from '../set/member';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import type { PodOwner } from '../set/pod-owner';
import { podCounts } from '../set/scaling';
import { readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

const budget = (spec: string, name = 'web'): string =>
  sampleObject('policy/v1', 'PodDisruptionBudget', `${spec}\nselector:\n  matchLabels:\n    app: web`).replace(
    'name: web',
    `name: ${name}`,
  );

/** Budgets against the number of pods that there are, at the autoscaler's minimum and at its maximum. */
export const budgetAtScale: SetRule = {
  id: 'budget-at-scale',
  title: 'a PodDisruptionBudget allows an eviction at the least and at the most replicas',
  severity: 'error',
  why: 'A budget that has room at the maximum may have none at the minimum: the drain of a node hangs in the night, when the load is low.',
  fix: 'write maxUnavailable: 1, which fits every number of replicas',
  sources: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  checkSet(set, report) {
    for (const member of budgets(set)) {
      const counts = covered(set, member).map((owner) => podCounts(set, owner));
      if (counts.length === 0 || counts.includes(undefined)) continue;
      const least = counts.reduce((sum, count) => sum + (count?.min ?? 0), 0);
      const most = counts.reduce((sum, count) => sum + (count?.max ?? 0), 0);
      for (const [when, pods] of [
        [least === most ? 'with' : 'at the minimum of', least],
        ['at the maximum of', most],
      ] as const) {
        const field = blockingField(asRecord(member.object.spec), pods);
        if (field === undefined) continue;
        const value = String(at(member.object, 'spec', field));
        report(member, ['spec', field], `is ${value}: ${when} ${pods} pod${pods === 1 ? '' : 's'} none may be evicted`);
        break;
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleAutoscaler(), budget('minAvailable: 1')),
    fail: sampleDocuments(sampleDeployment(''), sampleAutoscaler(), budget('minAvailable: 2')),
  },
};

/** The field that leaves no room for an eviction of `pods` pods; undefined where there is room. */
function blockingField(spec: Readonly<Record<string, unknown>> | undefined, pods: number): string | undefined {
  const least = amount(spec?.minAvailable, pods);
  if (least !== undefined && pods - least < 1) return 'minAvailable';
  const most = amount(spec?.maxUnavailable, pods);
  // No pod at all needs no room; that maxUnavailable is 0 is said by another rule.
  return most !== undefined && most < 1 && pods > 0 && spec?.maxUnavailable !== 0 ? 'maxUnavailable' : undefined;
}

/** Pods of a number or a percentage, which the API server rounds up. */
function amount(value: unknown, pods: number): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d+%$/.test(value)) return undefined;
  return Math.ceil((Number(value.slice(0, -1)) * pods) / 100);
}

function budgets(set: ObjectSet): readonly Member[] {
  return set.ofKind('policy', 'PodDisruptionBudget');
}

function covered(set: ObjectSet, member: Member): readonly PodOwner[] {
  const selector = readSelector(at(member.object, 'spec', 'selector'));
  return selector ? set.select(selector, namespaceOf(member.object)) : [];
}

/** Two budgets over one pod, which the eviction API does not serve. */
export const budgetOverlap: SetRule = {
  id: 'budget-overlap',
  title: 'a pod is under one PodDisruptionBudget',
  severity: 'error',
  why: 'The API server refuses to evict a pod that two budgets cover, whatever they allow: every drain of its node hangs.',
  fix: 'keep one of the two',
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/'],
  checkSet(set, report) {
    const first = new Map<PodOwner, Member>();
    const told = new Set<string>();
    for (const member of budgets(set)) {
      for (const owner of covered(set, member)) {
        const other = first.get(owner);
        if (!other) first.set(owner, member);
        else if (other.object.metadata.name !== member.object.metadata.name && set.together(other, member)) {
          const key = `${other.file} ${member.file} ${member.object.metadata.name}`;
          if (told.has(key)) continue;
          told.add(key);
          const { kind, metadata } = owner.member.object;
          report(
            member,
            ['spec', 'selector'],
            `takes the pods of ${kind} ${metadata.name}, as does ${other.object.metadata.name} (${other.file})`,
          );
        }
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment('replicas: 2'), budget('maxUnavailable: 1')),
    fail: sampleDocuments(
      sampleDeployment('replicas: 2'),
      budget('maxUnavailable: 1'),
      budget('maxUnavailable: 1', 'shop'),
    ),
  },
};

/** Several replicas that a drain may take all at once. */
export const budgetMissing: SetRule = {
  id: 'budget-missing',
  title: 'workloads with several replicas have a PodDisruptionBudget',
  severity: 'info',
  why: 'Without a budget an upgrade of the nodes may drain all the pods at once.',
  fix: 'add a PodDisruptionBudget with maxUnavailable: 1',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/disruptions/'],
  checkSet(set, report) {
    const safe = new Set(budgets(set).flatMap((member) => covered(set, member)));
    for (const owner of set.pods) {
      const { kind } = owner.member.object;
      if (safe.has(owner) || !['Deployment', 'StatefulSet', 'Rollout'].includes(kind)) continue;
      const pods = podCounts(set, owner)?.min ?? 0;
      if (pods > 1) report(owner.member, ['spec'], `runs ${pods} pods or more and no budget covers them`);
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment('replicas: 2'), budget('maxUnavailable: 1')),
    fail: sampleDeployment('replicas: 2'),
  },
};
