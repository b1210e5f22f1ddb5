import type { Review } from '../review-model';

/** The stable form for programs; docs/review.md documents every field. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
