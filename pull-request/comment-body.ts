import { cutMarkdown } from './cut';
import { PullRequestError } from './problems';

/**
 * GitHub refuses a longer body with 422 ("maximum is 65536 characters"). UTF-16 units are counted here, which are
 * never fewer than characters. GitLab takes 1,000,000, and the same limit is kept there.
 */
export const COMMENT_LIMIT = 65_536;

/** Line that our comments begin with; nobody sees it, as Markdown leaves HTML comments out. */
export function markerLine(marker: string): string {
  return `<!-- aia comment: ${marker} -->`;
}

/**
 * True where this is the first line. Further down it may be text of somebody's YAML that the comment quotes, so it
 * counts only there.
 */
export function hasMarker(body: string, marker: string): boolean {
  return body.split(/\r?\n/, 1)[0] === markerLine(marker);
}

/** @throws PullRequestError where it could end the HTML comment or not be told from another one */
export function checkMarker(marker: string): void {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._]|-(?!-)){0,63}$/.test(marker))
    throw new PullRequestError(
      `"${marker}" is no name of a marker: write up to 64 letters, digits, dots, underscores and single hyphens, such as "staging".`,
    );
}

/** The whole comment: marker, text, and where there is more. A text that is too long is cut, and says so. */
export function commentBody(
  text: string,
  { marker, details }: { readonly marker: string; readonly details: string },
): string {
  const said = text.trim() === '' ? 'There is nothing to say about this change.' : text.trim();
  const footer = details === '' ? '' : `\n\n<sub>[The whole review](<${details}>)</sub>`;
  const room = COMMENT_LIMIT - markerLine(marker).length - footer.length - 2;
  return `${markerLine(marker)}\n${cutMarkdown(said, room, { details, sizeOf: (part) => part.length })}${footer}\n`;
}
