import { setTimeout as sleep } from 'node:timers/promises';
import { Broken } from './problem';
import { detail } from './report';

/** What a wait sees: done, or what it still waits for. */
export type Seen = { readonly done: true } | { readonly done: false; readonly still: string };

export const DONE: Seen = { done: true };
export const still = (what: string): Seen => ({ done: false, still: what });

/**
 * Asks again and again until it is so, and says what it waits for whenever that changes.
 *
 * @param seconds after which it is given up.
 * @throws Broken with the last thing it waited for.
 */
export async function until(what: string, seconds: number, look: () => Promise<Seen>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let last = '';
  for (;;) {
    const seen = await look();
    if (seen.done) return;
    if (seen.still !== last) detail(`${what}: ${seen.still}`);
    last = seen.still;
    if (Date.now() >= end) throw new Broken(`${what}: not within ${seconds} s; still ${seen.still}`);
    await sleep(500);
  }
}
