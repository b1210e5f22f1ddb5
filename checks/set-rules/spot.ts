import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import type { Pod } from '../pods';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import { namespaceOf } from '../set/object-set';
import { podCounts } from '../set/scaling';
import { readSelector } from '../set/selector';
import type { SetRule } from '../set-rule';

/** Taints and labels of nodes that can be taken away. */
const SPOT = /gke-spot|gke-preemptible|capacity-type|scalesetpriority|\/spot$/;

const spot = (spec: string, podSpec = ''): string =>
  sampleDeployment(
    spec,
    `${podSpec}terminationGracePeriodSeconds: 15\ntolerations:\n  - key: cloud.google.com/gke-spot\n    operator: Equal\n    value: "true"\n    effect: NoSchedule`,
  );
const budget = sampleObject(
  'policy/v1',
  'PodDisruptionBudget',
  'maxUnavailable: 1\nselector:\n  matchLabels:\n    app: web',
);

/** Pods on spot nodes, as a group: enough of them, a budget, and a place that stays. */
export const spotSlots: SetRule = {
  id: 'spot-slots',
  title: 'what runs on spot nodes has two replicas, a budget and a place on another node',
  severity: 'warning',
  audience: 'aia',
  why: 'All spot nodes of a zone can go in the same minute. What has its only pods there is then gone.',
  fix: 'run two replicas or more with a PodDisruptionBudget, and prefer spot nodes instead of requiring them',
  sources: ['https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms'],
  checkSet(set, report) {
    const covered = new Set(
      set.ofKind('policy', 'PodDisruptionBudget').flatMap(({ object }) => {
        const selector = readSelector(at(object, 'spec', 'selector'));
        return selector ? set.select(selector, namespaceOf(object)) : [];
      }),
    );
    for (const owner of set.pods) {
      const { member, pod } = owner;
      const counts = podCounts(set, owner);
      if (!pod || !counts || !tolerates(pod)) continue;
      if (counts.min < 2)
        report(member, ['spec', 'replicas'], `may be ${counts.min} on nodes that can be taken away`, {
          fix: 'run at least 2',
        });
      if (!covered.has(owner))
        report(member, ['spec'], 'runs on spot nodes without a budget', { fix: 'add a PodDisruptionBudget' });
      if (isBound(pod))
        report(member, pod.specKeys, 'must run on spot nodes: when they go, no pod is left', {
          fix: 'prefer them, and allow a pool that stays',
        });
    }
  },
  samples: { pass: sampleDocuments(spot('replicas: 2'), budget), fail: sampleDocuments(spot('replicas: 1'), budget) },
};

function tolerates(pod: Pod): boolean {
  return asList(pod.spec.tolerations).some((one) => SPOT.test(textAt(one, 'key') ?? ''));
}

/** True where every node that the pod may run on is a spot node. */
function isBound({ spec }: Pod): boolean {
  if (Object.keys(asRecord(spec.nodeSelector) ?? {}).some((key) => SPOT.test(key))) return true;
  const terms = asList(
    at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'),
  );
  return (
    terms.length > 0 &&
    terms.every((term) =>
      asList(at(term, 'matchExpressions')).some((one) => {
        const values = asList(at(one, 'values')).map(String);
        const isSpotLabel = SPOT.test(textAt(one, 'key') ?? '') && textAt(one, 'operator') !== 'DoesNotExist';
        return isSpotLabel || (values.length > 0 && values.every((value) => /(^|-)spot(-|$)/.test(value)));
      }),
    )
  );
}

/** Pods that tolerate every taint, and so land on nodes that are not for them. */
export const spotPlacement: SetRule = {
  id: 'spot-placement',
  title: 'only pods that are meant for spot nodes can land there',
  severity: 'warning',
  audience: 'aia',
  why: 'A toleration without a key is for every taint: the pod may land on a spot node, on one that is being drained, and on GPUs.',
  fix: 'name the taint that is meant',
  sources: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
  checkSet(set, report) {
    for (const { member, pod } of set.pods) {
      if (!pod || member.object.kind === 'DaemonSet') continue;
      asList(pod.spec.tolerations).forEach((one, index) => {
        const isAll = textAt(one, 'operator') === 'Exists' && (textAt(one, 'key') ?? '') === '';
        if (isAll && textAt(one, 'effect') !== 'NoExecute')
          report(member, [...pod.specKeys, 'tolerations', index], 'tolerates every taint, spot nodes included');
      });
      const isStateful = member.object.kind === 'StatefulSet';
      if (isStateful && tolerates(pod))
        report(member, [...pod.specKeys, 'tolerations'], 'lets a StatefulSet onto spot nodes', {
          fix: 'remove the toleration',
        });
    }
  },
  samples: {
    pass: sampleDocuments(spot('replicas: 2'), budget),
    fail: sampleDeployment('', 'tolerations:\n  - operator: Exists'),
  },
};
