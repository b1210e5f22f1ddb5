import * as z from 'zod';
import { phaseId } from './phase';

export const promiseSchema = z.strictObject({
  phase: phaseId,
  /** The user's words, as the seed document has them. */
  seed: z.string().min(5),
  /** What was done for it, in one sentence. */
  how: z.string().min(10),
  /** Rendered objects that carry it, as `Kind/name`; each must be there in that phase. */
  objects: z.array(z.string().regex(/^[A-Z][A-Za-z]+\/[a-z0-9-]+$/, 'is not written as Kind/name')),
  /** Files of this repository that carry it where no object does. */
  files: z.array(z.string()).optional(),
  /**
   * How far it is proven: `ran` on the test cluster; `validated` by both API servers, without the operator that acts
   * on it; `described` only; `missing`: a later issue brings it.
   */
  proof: z.enum(['ran', 'validated', 'described', 'missing']),
  /** Tests that show it. */
  tests: z.array(z.string()).optional(),
});

/** One line of the user's strategy and what became of it. */
export type PlatformPromise = z.infer<typeof promiseSchema>;
