import { podOf } from '../../checks/pods';
import { asList, at, textAt } from '../../model/manifest/access';
import { subjectOf } from '../diff/object-change';
import type { Entry } from '../source/objects';
import type { EffectRule } from './consequence';
import { inTemplate } from '../diff/template';
import type { Side } from './surroundings';

/** Configuration that pods read when they start: nothing restarts them when it changes. */
export const configuration: EffectRule = function* (change, { head, changes }) {
  const entry = subjectOf(change);
  const { kind } = entry.object;
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || change.kind !== 'changed') return;
  const fields = change.differences.filter(
    ({ steps, harmless }) => harmless === undefined && ['data', 'stringData', 'binaryData'].includes(String(steps[0])),
  );
  if (fields.length === 0) return;
  const isRestarting = (reader: Entry): boolean =>
    changes.some(
      (other) =>
        other.head?.file === reader.file &&
        other.head.name.name === reader.name.name &&
        inTemplate(other.differences).length > 0,
    );
  const readers = readersOf(entry, head).filter(({ object }) => object.kind !== 'CronJob' && object.kind !== 'Job');
  const waiting = readers.filter((reader) => !isRestarting(reader)).map(({ name }) => name.name);
  const restarting = readers.filter(isRestarting).map(({ name }) => name.name);
  if (waiting.length > 0) {
    const reason = `${waiting.join(', ')} ${waiting.length === 1 ? 'reads' : 'read'} it at the start and ${waiting.length === 1 ? 'is' : 'are'} not restarted by this change: running pods keep the old values`;
    yield { effect: 'other', risk: 'medium', reason, fields };
  } else if (restarting.length > 0) {
    yield {
      effect: 'other',
      risk: 'low',
      reason: `read by ${restarting.join(', ')}, restarted by this change`,
      fields,
    };
  }
};

/** Workloads of the same folder and namespace that read the ConfigMap or Secret into variables when they start. */
export function readersOf({ name, object, place }: Entry, side: Side): readonly Entry[] {
  const reference = object.kind === 'ConfigMap' ? 'configMap' : 'secret';
  return side.workloads.filter(
    (entry) =>
      entry.place === place &&
      entry.name.namespace === name.namespace &&
      podOf(entry.object)?.containers.some(
        ({ container }) =>
          asList(container.envFrom).some((one) => textAt(one, `${reference}Ref`, 'name') === name.name) ||
          asList(container.env).some((one) => textAt(one, 'valueFrom', `${reference}KeyRef`, 'name') === name.name),
      ) === true,
  );
}

/** Workloads that can't start without the ConfigMap, Secret, ServiceAccount or claim. */
export function usersOf({ name, object, place }: Entry, side: Side): readonly Entry[] {
  const { kind } = object;
  return side.pods.filter((entry) => {
    if (entry.place !== place || entry.name.namespace !== name.namespace) return false;
    const spec = podOf(entry.object)?.spec;
    if (kind === 'ServiceAccount') return textAt(spec, 'serviceAccountName') === name.name;
    return asList(spec?.volumes).some(
      (volume) =>
        (kind === 'ConfigMap' && isNeeded(at(volume, 'configMap'), 'name', name.name)) ||
        (kind === 'Secret' && isNeeded(at(volume, 'secret'), 'secretName', name.name)) ||
        (kind === 'PersistentVolumeClaim' && textAt(volume, 'persistentVolumeClaim', 'claimName') === name.name),
    );
  });
}

function isNeeded(source: unknown, field: string, name: string): boolean {
  return textAt(source, field) === name && at(source, 'optional') !== true;
}
