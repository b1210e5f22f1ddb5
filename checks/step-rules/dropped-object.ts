import { groupOf } from '../../model/kube-object';
import { textAt } from '../../model/manifest/access';
import { sampleDeployment, sampleFiles, sampleObject, sampleService } from '../samples';
import type { Member } from '../set/member';
import { namespaceOf } from '../set/object-set';
import type { StepRule } from '../set-rule';
import { samplePhases } from './samples';
import { syncOptions, SYNC } from './sync-options';

/** Kinds that hold nothing, let nobody in and lead nowhere by themselves: they may come and go. */
const MAY_GO = new Set([
  'ConfigMap',
  'LimitRange',
  'ResourceQuota',
  'ServiceAccount',
  'PodDisruptionBudget',
  'VerticalPodAutoscaler',
  'PodMonitor',
  'ServiceMonitor',
  'PrometheusRule',
  'Telemetry',
  'Sidecar',
  'EnvoyFilter',
  'DestinationRule',
  'BackendConfig',
  'FrontendConfig',
  'ManagedCertificate',
  'Job',
]);
/** Kinds that another object takes the place of: the old one must go last, or there is a gap. */
const REPLACED: Readonly<Record<string, (gone: Member, after: readonly Member[]) => Member | undefined>> = {
  Ingress: (gone, after) => successor(gone, after, ['Gateway', 'HTTPRoute', 'Ingress']),
  VirtualService: (gone, after) => successor(gone, after, ['HTTPRoute', 'VirtualService']),
  HorizontalPodAutoscaler: sameTarget,
  ScaledObject: sameTarget,
};

const budget = sampleObject(
  'policy/v1',
  'PodDisruptionBudget',
  'maxUnavailable: 1\nselector:\n  matchLabels:\n    app: web',
);

/** Objects that the next phase no longer has. */
export const droppedObject: StepRule = {
  id: 'dropped-object',
  title: 'what the next phase drops is marked for it, or of a kind that may go',
  severity: 'error',
  why: 'Argo CD prunes at once what the new folder does not have, without a warning: a workload that was forgotten is gone, with the way to it.',
  fix: `add it to the next phase; or, if it is to go, annotate it in this phase with ${SYNC}: PruneLast=true (Prune=false keeps it)`,
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/'],
  checkStep({ to, before, after }, report) {
    for (const [identity, member] of before) {
      if (after.has(identity) || MAY_GO.has(member.object.kind) || movedKind(member, after)) continue;
      if (REPLACED[member.object.kind]?.(member, [...after.values()])) continue;
      if (syncOptions(member).some((option) => option === 'PruneLast=true' || option === 'Prune=false')) continue;
      report(member, [], `is not in ${to}, which prunes it`);
    }
  },
  samples: {
    pass: samplePhases(sampleDeployment(''), sampleDeployment('')),
    fail: sampleFiles({
      'dist/phase-1/west/workloads/web.yaml': `${sampleDeployment('')}---\n${sampleService()}`,
      'dist/phase-2/west/workloads/web.yaml': sampleDeployment(''),
    }),
  },
};

/** A workload that is there again under another kind has a finding of its own. */
function movedKind({ object }: Member, after: ReadonlyMap<string, Member>): boolean {
  const workloads = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'argoproj.io/Rollout'];
  if (!workloads.includes(`${groupOf(object.apiVersion)}/${object.kind}`)) return false;
  return workloads.some((kind) => after.has(`${kind}/${namespaceOf(object)}/${object.metadata.name}`));
}

/** An object of those kinds in the namespace, best one of the same name. */
function successor({ object: gone }: Member, after: readonly Member[], kinds: readonly string[]): Member | undefined {
  const found = after.filter(({ object }) => kinds.includes(object.kind) && namespaceOf(object) === namespaceOf(gone));
  return found.find(({ object }) => object.metadata.name === gone.metadata.name) ?? found[0];
}

function sameTarget({ object }: Member, after: readonly Member[]): Member | undefined {
  const target = textAt(object, 'spec', 'scaleTargetRef', 'name');
  return after.find(
    (one) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(one.object.kind) &&
      textAt(one.object, 'spec', 'scaleTargetRef', 'name') === target,
  );
}

const ingress = (annotation: string): string =>
  sampleObject(
    'networking.k8s.io/v1',
    'Ingress',
    'rules:\n  - http:\n      paths:\n        - path: /\n          pathType: Prefix\n          backend:\n            service:\n              name: web\n              port:\n                number: 80',
    annotation,
  );
const gateway = sampleObject(
  'networking.istio.io/v1',
  'Gateway',
  'selector:\n  istio: ingress\nservers:\n  - hosts:\n      - shop.example.org\n    port:\n      name: http\n      number: 80\n      protocol: HTTP',
);

/** What is replaced and goes before its successor is there. */
export const pruneAhead: StepRule = {
  id: 'prune-ahead',
  title: 'what the next phase replaces goes last',
  severity: 'warning',
  why: 'Prunes come before applies, whatever their wave: the old door is closed before the new one opens. PruneLast is read from the live object, so it must be there one phase ahead.',
  fix: `annotate it in this phase with ${SYNC}: PruneLast=true`,
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#prune-last'],
  checkStep({ to, before, after }, report) {
    for (const [identity, member] of before) {
      if (after.has(identity)) continue;
      const successor = REPLACED[member.object.kind]?.(member, [...after.values()]);
      if (!successor || syncOptions(member).some((option) => option === 'PruneLast=true' || option === 'Prune=false'))
        continue;
      const { kind, metadata } = successor.object;
      report(
        member,
        ['metadata', 'annotations'],
        `is replaced in ${to} by ${kind} ${metadata.name} and goes before that is there`,
      );
    }
  },
  samples: {
    pass: samplePhases(`${ingress(`annotations:\n  ${SYNC}: PruneLast=true`)}---\n${budget}`, gateway),
    fail: samplePhases(`${ingress('')}---\n${budget}`, gateway),
  },
};
