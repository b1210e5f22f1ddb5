import * as z from 'zod';

/** Every phase of the seed's plan, in order; a phase is rendered once `phases/phases.ts` has a row for it. */
export const PHASE_IDS = ['phase-1', 'phase-2', 'phase-3'] as const;

export const phaseId = z.enum(PHASE_IDS);

/** `phase-1` Stabilization, `phase-2` Enhancement, `phase-3` Excellence. */
export type PhaseId = z.infer<typeof phaseId>;

/**
 * A value that may change with the phase. It holds from the phase it is written for until a later phase has its
 * own: `{ 'phase-1': 3, 'phase-3': 5 }` is 3 in phases 1 and 2.
 */
export type ByPhase<T> = Readonly<Partial<Record<PhaseId, T>>>;

/** Schema of a {@link ByPhase} value; it must have at least one phase. */
export function byPhase<T extends z.ZodType>(value: T): z.ZodType<ByPhase<z.output<T>>, ByPhase<z.input<T>>> {
  return z
    .strictObject({ 'phase-1': value.optional(), 'phase-2': value.optional(), 'phase-3': value.optional() })
    .refine((phases) => Object.values(phases).some((entry) => entry !== undefined), {
      message: 'has no phase',
      params: { fix: "write at least { 'phase-1': … }" },
    }) as unknown as z.ZodType<ByPhase<z.output<T>>, ByPhase<z.input<T>>>;
}

/** The value in force in a phase, or undefined where it begins only in a later phase. */
export function atPhase<T>(values: ByPhase<T>, phase: PhaseId): T | undefined {
  return PHASE_IDS.slice(0, PHASE_IDS.indexOf(phase) + 1).reduce<T | undefined>(
    (value, id) => values[id] ?? value,
    undefined,
  );
}

/** Whether something that begins with phase `since` is there in `phase`. */
export function isSince(since: PhaseId, phase: PhaseId): boolean {
  return PHASE_IDS.indexOf(since) <= PHASE_IDS.indexOf(phase);
}
