import { groupOf } from '../../model/kube-object';
import { textAt } from '../../model/manifest/access';
import { sampleAutoscaler, sampleDeployment, sampleFiles, sampleObject } from '../samples';
import type { Member } from '../set/member';
import { namespaceOf } from '../set/object-set';
import type { StepRule } from '../set-rule';

const WORKLOADS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'argoproj.io/Rollout', 'batch/CronJob'];
const SCALERS = ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject'];

const scaled = sampleObject(
  'keda.sh/v1alpha1',
  'ScaledObject',
  'scaleTargetRef:\n  name: web\nminReplicaCount: 2\nmaxReplicaCount: 6\ntriggers:\n  - type: cpu\n    metricType: AverageValue\n    metadata:\n      value: 500m',
);
const phases = (scaler: string): string =>
  sampleFiles({
    'dist/phase-1/west/workloads/web.yaml': `${sampleDeployment('')}---\n${sampleAutoscaler()}`,
    'dist/phase-2/west/workloads/web.yaml': `${sampleDeployment('')}---\n${scaler}`,
  });

/** A workload or its autoscaler that is of another kind in the next phase. */
export const kindChange: StepRule = {
  id: 'kind-change',
  title: 'a workload and its autoscaler are of one kind in every phase',
  severity: 'error',
  why: 'Another kind is another object: the old one is pruned first, with all its pods. A HorizontalPodAutoscaler that KEDA makes anew starts from the replicas of the moment, without its history.',
  fix: 'keep the kind from the first phase on',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#prune-last'],
  checkStep({ from, before, after }, report) {
    const was = [...before.values()];
    const workloads = index(was, WORKLOADS, ({ object }) => object.metadata.name);
    const scalers = index(was, SCALERS, target);
    for (const member of after.values()) {
      const key = `${groupOf(member.object.apiVersion)}/${member.object.kind}`;
      const namespace = namespaceOf(member.object);
      if (WORKLOADS.includes(key)) {
        const old = workloads.get(`${namespace}/${member.object.metadata.name}`);
        if (old && old.object.kind !== member.object.kind)
          report(member, ['kind'], `is ${member.object.kind}, and was ${old.object.kind} in ${from}`);
      }
      if (!SCALERS.includes(key)) continue;
      const old = scalers.get(`${namespace}/${target(member)}`);
      if (!old) continue;
      if (old.object.kind !== member.object.kind)
        report(
          member,
          ['kind'],
          `is ${member.object.kind}, and what scales ${target(member)} was ${old.object.kind} in ${from}`,
        );
      else if (scalerName(old) !== scalerName(member))
        report(
          member,
          ['metadata', 'name'],
          `makes the autoscaler ${scalerName(member)}; in ${from} it is ${scalerName(old)}`,
          {
            severity: 'warning',
            fix: 'keep the name',
          },
        );
    }
  },
  samples: { pass: phases(sampleAutoscaler()), fail: phases(scaled) },
};

function index(
  members: readonly Member[],
  kinds: readonly string[],
  nameOf: (member: Member) => string,
): ReadonlyMap<string, Member> {
  const listed = members.filter(({ object }) => kinds.includes(`${groupOf(object.apiVersion)}/${object.kind}`));
  return new Map(listed.map((member) => [`${namespaceOf(member.object)}/${nameOf(member)}`, member]));
}

function target({ object }: Member): string {
  return textAt(object, 'spec', 'scaleTargetRef', 'name') ?? '';
}

/** The name of the HorizontalPodAutoscaler that is in the cluster in the end. */
function scalerName({ object }: Member): string {
  if (object.kind !== 'ScaledObject') return object.metadata.name;
  return (
    textAt(object, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name') ?? `keda-hpa-${object.metadata.name}`
  );
}

/** An object that another layer has in the next phase. */
export const layerMove: StepRule = {
  id: 'layer-move',
  title: 'an object stays in its layer',
  severity: 'error',
  why: 'Each layer is an Application: the one prunes the object while the other makes it, and in between it is gone.',
  fix: 'render it into the same layer in every phase',
  sources: ['docs/architecture.md'],
  checkStep({ from, before, after, layerOf }, report) {
    for (const [identity, member] of after) {
      const old = before.get(identity);
      if (old && layerOf(old) !== layerOf(member))
        report(member, [], `is in the layer ${layerOf(member)}, and was in ${layerOf(old)} in ${from}`);
    }
  },
  samples: {
    pass: sampleFiles({
      'dist/phase-1/west/workloads/web.yaml': sampleDeployment(''),
      'dist/phase-2/west/workloads/web.yaml': sampleDeployment(''),
    }),
    fail: sampleFiles({
      'dist/phase-1/west/workloads/web.yaml': sampleDeployment(''),
      'dist/phase-2/west/platform/web.yaml': sampleDeployment(''),
    }),
  },
};
