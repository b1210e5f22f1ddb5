import { distance } from 'fastest-levenshtein';

/** A third of the letters may be wrong: `contianers` is meant as `containers`, `foo` as nothing. */
const WORST_SHARE = 1 / 3;

/** The known name that was probably meant; case is not counted, since `imagepullpolicy` is the most common slip. */
export function nearest(unknown: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(unknown.length * WORST_SHARE)) + 1;
  for (const name of known) {
    const wrong = distance(unknown.toLowerCase(), name.toLowerCase());
    if (wrong < least) {
      least = wrong;
      best = name;
    }
  }
  return best;
}
