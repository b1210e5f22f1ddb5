/** The moments at which pods are counted and priced. */
export const SCALES = ['minimum', 'expected', 'maximum'] as const;
export type ScaleName = (typeof SCALES)[number];

/** One value for each scale. */
export type PerScale<T> = Readonly<Record<ScaleName, T>>;

/** Computes a value for each scale. */
export function perScale<T>(value: (scale: ScaleName) => T): Record<ScaleName, T> {
  return { minimum: value('minimum'), expected: value('expected'), maximum: value('maximum') };
}
