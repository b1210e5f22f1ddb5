import type { CheckResult } from '../engine';
import type { Severity } from '../finding';

export type Format = 'text' | 'json' | 'markdown' | 'sarif' | 'junit';

export interface RenderOptions {
  /** Findings below this severity are counted, not listed (text and markdown). */
  readonly show: Severity;
  readonly color: boolean;
}

/** The result in the format asked for; only that format's code is loaded. */
export async function render(result: CheckResult, format: Format, options: RenderOptions): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./text')).renderText(result, options);
    case 'json':
      return (await import('./json')).renderJson(result);
    case 'markdown':
      return (await import('./markdown')).renderMarkdown(result, options);
    case 'sarif':
      return (await import('./sarif')).renderSarif(result);
    case 'junit':
      return (await import('./junit')).renderJunit(result);
  }
}
