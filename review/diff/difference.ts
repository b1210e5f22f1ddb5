import { resolveScalar } from '../../model/manifest/scalars';

/** An item of a list on the way to a field: how a reader calls it, and where it stands on either side. */
export interface ItemStep {
  readonly label: string;
}

/** A map key, a list item, or the border of a document that is embedded in text. */
export type Step = string | ItemStep | { readonly inside: 'json' | 'yaml' };

/** Why a difference in the text is none in the cluster. */
export type Harmless =
  'the same amount' | 'the default, written out' | 'empty' | 'spelling of an embedded document' | 'documentation';

/** One field that differs. */
export interface Difference {
  readonly steps: readonly Step[];
  /** Undefined where the field is not there. */
  readonly before: unknown;
  readonly after: unknown;
  /** Set where the difference has no effect in itself. */
  readonly harmless?: Harmless;
  /** Only the order of a list's items differs; before and after name the items in their order. */
  readonly isOrder?: true;
  /** The value of a Secret or what looks like one: it must never be shown. */
  readonly isSecret?: true;
}

const PLAIN_KEY = /^[^.[\]/"\s]+$/;
const PLAIN_VALUE = /^[^[\]=,"\s]+$/;

/** The path as a person reads it: `spec.containers[name=app].image`, `data["x.json"].refresh`. */
export function formatSteps(steps: readonly Step[]): string {
  let path = '';
  for (const step of steps) {
    if (typeof step === 'string') {
      if (!PLAIN_KEY.test(step)) path += `[${JSON.stringify(step)}]`;
      else path += path === '' ? step : `.${step}`;
    } else if ('label' in step) {
      path += `[${step.label}]`;
    }
  }
  return path;
}

/** Keys from the top with `*` for list items, joined by slashes: what effects are looked up by. */
export function patternOf(steps: readonly Step[]): string {
  let pattern = patterns.get(steps);
  if (pattern === undefined) {
    pattern = steps.flatMap((step) => (typeof step === 'string' ? [step] : 'label' in step ? ['*'] : [])).join('/');
    patterns.set(steps, pattern);
  }
  return pattern;
}

/** Every effect asks for it. */
const patterns = new WeakMap<readonly Step[], string>();

/** A scalar inside a label; text that would read as something else is quoted. */
export function formatLabelValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return PLAIN_VALUE.test(value) && typeof resolveScalar(value) === 'string' ? value : JSON.stringify(value);
}
