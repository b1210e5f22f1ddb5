/**
 * Names and values come from YAML that anybody can propose, and a bot with rights says them on a pull request: they
 * must call nobody, link nowhere, and end neither the line, the table nor the tag that they stand in.
 */

/** A fence longer than any run of backticks inside. */
export function fenced(lines: readonly string[]): readonly string[] {
  const shown = lines.map((line) => line.split('\n').map(visible).join('\n'));
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...shown, fence];
}

/** In a code span nothing calls or links; it ends at a backtick or an empty line. */
export function code(text: string): string {
  return text === '' ? '' : `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** Text that Markdown must not read as its own. */
export function cell(text: string): string {
  return html(text).replace(/[\\`*_[\]|~$]/g, (sign) => `\\${sign}`);
}

/** The same inside an HTML block, where Markdown reads nothing until an empty line. */
export function html(text: string): string {
  return (
    oneLine(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // An entity for the sign itself is no help: mentions and links are made after entities are read. A zero-width
      // space behind it is: `@team`, `#12`, `GH-12`, addresses.
      .replace(/@|#(?=\d)|\bGH-(?=\d)/gi, '$&&#8203;')
      .replace(/:(?=\/\/)|\bwww(?=\.)/gi, '$&&#8203;')
  );
}

function oneLine(text: string): string {
  return visible(text.replace(/\s*[\r\n]+\s*/g, ' '));
}

/** Control characters, and those that turn the direction of what follows around, by their numbers. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
