import type { Reviewed } from '../review';
import type { TextOptions } from './text';

export type Format = 'text' | 'json' | 'markdown' | 'sarif' | 'html';

/** The review in the format asked for; only that format's code is loaded. */
export async function render(
  { review, lineOf, objectOf }: Reviewed,
  format: Format,
  options: TextOptions,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./text')).renderText(review, options);
    case 'json':
      return (await import('./json')).renderJson(review);
    case 'markdown':
      return (await import('./markdown')).renderMarkdown(review, options);
    case 'html':
      return (await import('./html/review-page')).renderHtml(review, { ...options, objectOf });
    case 'sarif':
      return (await import('./sarif')).renderSarif(review, lineOf);
  }
}
