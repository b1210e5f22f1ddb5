import { createHash } from 'node:crypto';
import script from 'client:page';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import style from './page.css';

export interface PageOptions {
  readonly title: string;
  /** Links to the parts of the page, in its order: the id and what it is called. */
  readonly parts: readonly (readonly [id: string, name: string])[];
}

/**
 * One file that needs nothing else: style and script are in it, and its policy lets it load nothing, run no script
 * but that one and send nothing anywhere. Every text is escaped by the renderer. The same content gives the same
 * bytes.
 */
export function renderPage({ title, parts }: PageOptions, main: ComponentChildren): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <nav aria-label="Parts of the page">
          <ul>
            {parts.map(([id, name]) => (
              <li key={id}>
                <a href={`#${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main">{main}</main>
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
