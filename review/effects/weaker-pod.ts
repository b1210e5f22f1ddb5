import { podOf } from '../../checks/pods';
import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import { formatSteps, patternOf, type Difference } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { inTemplate } from '../diff/template';
import type { Consequence, EffectRule } from './consequence';

/** A switch of the pod or a container, and the side of it that is the weaker one. */
interface Guard {
  readonly field: RegExp;
  readonly isWeaker: (before: unknown, after: unknown) => boolean;
  readonly says: string;
}

const becomes =
  (value: unknown) =>
  (before: unknown, after: unknown): boolean =>
    after === value && before !== value;
/** Guards that are off unless they are asked for. */
const isLost =
  (value: unknown) =>
  (before: unknown, after: unknown): boolean =>
    before === value && after !== value;

const GUARDS: readonly Guard[] = [
  { field: /securityContext\/privileged$/, isWeaker: becomes(true), says: 'runs privileged: root on the node' },
  { field: /securityContext\/runAsNonRoot$/, isWeaker: isLost(true), says: 'may run as root' },
  { field: /securityContext\/runAsUser$/, isWeaker: becomes(0), says: 'runs as root' },
  { field: /securityContext\/allowPrivilegeEscalation$/, isWeaker: isLost(false), says: 'may gain privileges' },
  { field: /securityContext\/readOnlyRootFilesystem$/, isWeaker: isLost(true), says: 'may write into its image' },
  {
    field: /seccompProfile(\/type)?$/,
    isWeaker: (before, after) =>
      typeOf(before) !== 'Unconfined' &&
      before !== undefined &&
      (after === undefined || typeOf(after) === 'Unconfined'),
    says: 'may use every system call',
  },
  {
    field: /appArmorProfile(\/type)?$/,
    isWeaker: (_, after) => after === undefined || typeOf(after) === 'Unconfined',
    says: 'has no AppArmor profile',
  },
  {
    field: /capabilities\/add\/\*$/,
    isWeaker: (before, after) => after !== undefined && before !== after,
    says: 'gets a capability',
  },
  { field: /capabilities\/add$/, isWeaker: (_, after) => asList(after).length > 0, says: 'gets capabilities' },
  {
    field: /capabilities\/drop\/\*$/,
    isWeaker: (before) => before !== undefined,
    says: 'keeps a capability that was dropped',
  },
  {
    field: /capabilities\/drop$/,
    isWeaker: (before, after) => asList(after).length < asList(before).length,
    says: 'keeps capabilities that were dropped',
  },
  {
    field: /\/hostNetwork$/,
    isWeaker: becomes(true),
    says: 'uses the network of the node: network policies do not hold',
  },
  { field: /\/(hostPID|hostIPC)$/, isWeaker: becomes(true), says: 'sees the processes of the node' },
  { field: /\/hostPort$/, isWeaker: (_, after) => after !== undefined, says: 'opens a port of the node' },
  { field: /\/automountServiceAccountToken$/, isWeaker: isLost(false), says: 'gets a token for the API server' },
  { field: /procMount$/, isWeaker: becomes('Unmasked'), says: 'sees all of /proc' },
];
const WHOLE_CONTEXT = /(^|\/)securityContext$|(^|\/)capabilities$/;

/** Security of pods that falls. */
export const weakerPod: EffectRule = function* (change) {
  const { object } = subjectOf(change);
  const pod = podOf(object);
  if (!pod) return;
  const fields =
    object.kind === 'Pod'
      ? change.differences.filter(({ harmless }) => harmless === undefined)
      : inTemplate(change.differences);
  for (const field of fields) {
    const pattern = patternOf(field.steps);
    const who = whoOf(field);
    if (WHOLE_CONTEXT.test(pattern)) yield* wholeContext(field, pattern, who);
    for (const guard of GUARDS) {
      if (!guard.field.test(pattern) || !guard.isWeaker(field.before ?? undefined, field.after ?? undefined)) continue;
      const value = pattern.endsWith('/*') ? ` (${String(field.after ?? field.before)})` : '';
      yield weaker(`${who}${guard.says}${value}`, field);
    }
    if (/\/volumes(\/\*(\/hostPath(\/path)?)?)?$/.test(pattern)) {
      for (const folder of hostFolders(field)) yield weaker(`mounts a folder of the node (${folder})`, field);
    }
    if (/\/(containers|initContainers)\/\*$/.test(pattern) && field.before === undefined) {
      if (at(field.after, 'securityContext', 'privileged') === true)
        yield weaker(`${who}runs privileged: root on the node`, field);
    }
    if (/\/(liveness|readiness)Probe$/.test(pattern) && (field.after ?? undefined) === undefined) {
      const isReadiness = pattern.endsWith('readinessProbe');
      const reason = `${who}${isReadiness ? 'gets traffic before it is ready' : 'is not restarted when it hangs'}: the probe is gone`;
      yield { effect: 'weaker', risk: 'medium', reason, fields: [field] };
    }
    if (
      pattern.endsWith('/image') &&
      String(field.before).includes('@sha256:') &&
      !String(field.after).includes('@sha256:')
    ) {
      yield {
        effect: 'weaker',
        risk: 'medium',
        reason: `${who}the image is no longer pinned by its digest`,
        fields: [field],
      };
    }
  }
};

/** A whole context that comes or goes says the same as its single fields. */
function* wholeContext(field: Difference, pattern: string, who: string): Iterable<Consequence> {
  for (const side of [asRecord(field.before), asRecord(field.after)]) {
    for (const [key, value] of Object.entries(side ?? {})) {
      const isBefore = side === asRecord(field.before);
      const inner = `${pattern}/${key}`;
      const guard = GUARDS.find(
        (one) => one.field.test(inner) && (isBefore ? one.isWeaker(value, undefined) : one.isWeaker(undefined, value)),
      );
      if (guard) yield weaker(`${who}${guard.says}`, field);
    }
  }
}

function weaker(reason: string, field: Difference): Consequence {
  return { effect: 'weaker', risk: 'high', reason, fields: [field] };
}

function typeOf(profile: unknown): unknown {
  return asRecord(profile) ? textAt(profile, 'type') : profile;
}

/** Folders of the node that a volume, or one of a whole list of volumes, mounts from now on. */
function hostFolders({ after, steps }: Difference): readonly string[] {
  if (typeof after === 'string') return steps.at(-1) === 'path' ? [after] : [];
  const volumes = Array.isArray(after) ? asList(after) : [after];
  return volumes.flatMap((volume) => textAt(volume, 'hostPath', 'path') ?? textAt(volume, 'path') ?? []);
}

/** The container that a field belongs to, with a colon; empty for the pod. */
function whoOf({ steps }: Difference): string {
  const index = steps.findIndex((step) => step === 'containers' || step === 'initContainers');
  const item = index < 0 ? undefined : steps[index + 1];
  if (item === undefined || typeof item === 'string' || !('label' in item)) return '';
  const label = formatSteps([item]).slice(1, -1);
  return `${label.startsWith('name=') ? label.slice(5) : label}: `;
}
