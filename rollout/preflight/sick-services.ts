import type { KubeObject } from '../../model/kube-object';
import { field, listField, textField } from '../cluster/field';
import { diagnose, type Diagnosis } from '../diagnosis/diagnose';
import { runbookFile } from '../diagnosis/runbooks';
import { takeSample } from '../gates/sample';
import { warning, type Check, type Finding } from './check';

/**
 * The checklist for services that are sick before the step: what is wrong with each, what the step changes about it, and
 * what to look at where it changes nothing. None of it stops a step: a sick service is what one makes it for.
 */
export const sickServices: Check = {
  id: 'services',
  title: 'every service that runs is well',
  look: async ({ live, site, desired }) => {
    const { namespace } = site.platform.settings;
    const sample = await takeSample(live, site, desired);
    const there = await live.list('apps/v1', 'Deployment', namespace);
    const running = new Map(there.map((object) => [object.metadata.name, object]));
    const diagnoses = await diagnose(live, namespace, sample);
    return diagnoses.flatMap((diagnosis): Finding[] => {
      const found = running.get(diagnosis.workload);
      const wanted = desired.find(
        ({ kind, metadata }) => kind === diagnosis.kind && metadata.name === diagnosis.workload,
      );
      // What is not there yet is not sick.
      if (found === undefined || wanted === undefined) return [];
      return [
        warning(
          `${diagnosis.workload}: ${diagnosis.available} of ${diagnosis.desired} available. ${diagnosis.reason}`,
          ...checklist(diagnosis, wanted, found),
        ),
      ];
    });
  },
};

function checklist(diagnosis: Diagnosis, wanted: KubeObject, live: KubeObject): string[] {
  const changes = changesOf(wanted, live);
  return [
    changes.length === 0
      ? 'the step changes neither its resources, image nor replicas: it will not mend it'
      : `the step changes ${changes.join(', ')}`,
    ...HINTS[diagnosis.runbook](diagnosis),
    ...diagnosis.look,
    `${runbookFile(diagnosis.runbook)} goes on from there`,
  ];
}

const NO_HINT = (): string[] => [];

/** What is worth knowing before one blames the limits. */
const HINTS: Readonly<Record<Diagnosis['runbook'], (diagnosis: Diagnosis) => string[]>> = {
  'crash-loop': () => ['more memory does not help where the last exit was no OOMKilled: the log says why it ended'],
  'out-of-memory': () => [
    'compare the limit that the step sets with what the container uses: kubectl top pod --containers',
  ],
  'image-pull': () => ['a restart does not help where the image or the pull secret is wrong'],
  'container-config': () => ['the Secret or ConfigMap that is missing is named in the reason'],
  'no-node': NO_HINT,
  'pods-refused': NO_HINT,
  'not-ready': () => ['a service that runs and is not ready often waits for another one: see its log'],
  'blind-autoscaler': NO_HINT,
  'sync-failed': NO_HINT,
  'failing-requests': NO_HINT,
  'slow-requests': NO_HINT,
  'back-out-stuck': NO_HINT,
};

/** What of a workload the step changes, with the old and the new value. */
function changesOf(wanted: KubeObject, live: KubeObject): string[] {
  const told = (what: string, old: unknown, fresh: unknown): string[] =>
    fresh === undefined || JSON.stringify(old) === JSON.stringify(fresh)
      ? []
      : [`${what} from ${text(old)} to ${text(fresh)}`];
  const path = ['spec', 'template', 'spec', 'containers'];
  const old = new Map(listField(live, ...path).map((container) => [textField(container, 'name'), container]));
  return [
    ...told('replicas', field(live, 'spec', 'replicas'), field(wanted, 'spec', 'replicas')),
    ...listField(wanted, ...path).flatMap((container) => {
      const before = old.get(textField(container, 'name'));
      return [
        ...['cpu', 'memory'].flatMap((resource) =>
          (['requests', 'limits'] as const).flatMap((kind) =>
            told(
              `${resource} ${kind}`,
              field(before, 'resources', kind, resource),
              field(container, 'resources', kind, resource),
            ),
          ),
        ),
        ...told('image', field(before, 'image'), field(container, 'image')),
        ...told('imagePullPolicy', field(before, 'imagePullPolicy'), field(container, 'imagePullPolicy')),
      ];
    }),
  ];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing';
}
