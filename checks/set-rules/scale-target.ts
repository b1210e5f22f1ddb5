import { nearest } from '../../model/schema/nearest';
import { sampleAutoscaler, sampleDeployment, sampleDocuments } from '../samples';
import { describeTarget, missing } from '../set/missing';
import { namespaceOf, type ObjectSet } from '../set/object-set';
import { containersOf, scalersOf, type Scaler } from '../set/scaling';
import type { SetRule } from '../set-rule';

const SCALABLE = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'argoproj.io/Rollout',
]);
/** What owns pods and has no number of replicas: only a VerticalPodAutoscaler may name it. */
const NOT_SCALABLE = new Set(['apps/DaemonSet', 'batch/Job', 'batch/CronJob']);
/** Containers that are injected when the pod is made: no template shows them. */
const INJECTED = new Set(['istio-proxy', 'linkerd-proxy', 'cloud-sql-proxy', 'daprd']);

/** Autoscalers whose target does not exist, or can't be scaled. */
export const scaleTarget: SetRule = {
  id: 'scale-target',
  title: 'what an autoscaler scales exists, with that apiVersion and kind, in its namespace',
  severity: 'error',
  why: 'An autoscaler without its target does nothing, says so only in its own status, and Argo CD calls it healthy.',
  fix: 'name the workload with its apiVersion and kind',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/'],
  checkSet(set, report) {
    for (const scaler of scalersOf(set)) {
      const { member, keys, target, apiVersion } = scaler;
      const kind = `${target.group}/${target.kind}`;
      const found = set.find(target);
      if (found) {
        if (found.object.apiVersion !== apiVersion)
          report(
            member,
            [...keys, 'apiVersion'],
            `is ${apiVersion || 'missing'}; that ${target.kind} is ${found.object.apiVersion}`,
            {
              fix: `write ${found.object.apiVersion}`,
            },
          );
        if (NOT_SCALABLE.has(kind) && scaler.bounds)
          report(member, keys, `names a ${target.kind}, which has no replicas to scale`, {
            fix: 'name a Deployment or StatefulSet',
          });
        continue;
      }
      // The kinds of others are not known here: a Shop may well stand beside a Deployment of its name.
      const isKnown = [...SCALABLE, ...NOT_SCALABLE].some((known) => known.endsWith(`/${target.kind}`));
      const other = isKnown ? otherKind(set, scaler) : undefined;
      if (other !== undefined) {
        report(
          member,
          keys,
          `names ${describeTarget(target)} (${apiVersion || 'no apiVersion'}); there is a ${other}`,
          {
            fix: 'correct kind and apiVersion, or the namespace',
          },
        );
      } else if (SCALABLE.has(kind) || NOT_SCALABLE.has(kind)) {
        const { message, ...options } = missing(set, member, target);
        report(member, keys, message, options);
      } else {
        report(
          member,
          keys,
          `names a ${target.kind} of ${apiVersion}: whether it is there and can be scaled is not checked`,
          {
            severity: 'info',
            fix: 'see that its definition has a scale subresource',
          },
        );
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleAutoscaler()),
    fail: sampleDocuments(sampleDeployment(''), sampleAutoscaler().replace('kind: Deployment', 'kind: StatefulSet')),
  },
};

/** A workload of the same name under another kind, group or namespace. */
function otherKind(set: ObjectSet, { target }: Scaler): string | undefined {
  for (const key of [...SCALABLE, ...NOT_SCALABLE]) {
    const [group = '', kind = ''] = key.split('/');
    const found = set.find({ ...target, group, kind });
    if (found) return `${kind} of that name (${found.object.apiVersion})`;
  }
  const elsewhere = set.ofKind(target.group, target.kind).find(({ object }) => object.metadata.name === target.name);
  return elsewhere && `${target.kind} of that name in the namespace ${namespaceOf(elsewhere.object)}`;
}

/** Autoscalers that look at a container which the pods don't have. */
export const scaleContainer: SetRule = {
  id: 'scale-container',
  title: 'an autoscaler names containers that its pods have',
  severity: 'error',
  why: 'An autoscaler that asks for a container which does not exist gets no metric and never scales; it still looks healthy.',
  fix: 'name a container of the pod template',
  sources: ['https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics'],
  checkSet(set, report) {
    for (const scaler of scalersOf(set)) {
      const target = set.find(scaler.target);
      const pod = target && set.podsOf(target)?.pod;
      if (!pod) continue;
      const names = pod.containers.map(({ name }) => name);
      for (const { keys, name } of containersOf(scaler)) {
        if (names.includes(name) || INJECTED.has(name)) continue;
        const meant = nearest(name, names);
        report(scaler.member, keys, `is ${name}; the pods have ${names.join(', ')}`, {
          ...(meant !== undefined && { fix: `did you mean ${meant}?` }),
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleAutoscaler(containerMetric('web'))),
    fail: sampleDocuments(sampleDeployment(''), sampleAutoscaler(containerMetric('app'))),
  },
};

function containerMetric(container: string): string {
  return `metrics:\n  - type: ContainerResource\n    containerResource:\n      name: memory\n      container: ${container}\n      target:\n        type: AverageValue\n        averageValue: 500Mi`;
}
