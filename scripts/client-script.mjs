// Scripts of the pages, bundled for browsers: `client:page` in an import is the text of html/client/page.ts.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const client = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'html', 'client');

/** The text of one script. It has no end tag of a script element in it: that would end the element it stands in. */
export function clientScript(name) {
  const [{ text }] = buildSync({
    entryPoints: [path.join(client, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  }).outputFiles;
  return text;
}

/** For esbuild. */
export const clientScripts = {
  name: 'client-scripts',
  setup(bundler) {
    bundler.onResolve({ filter: /^client:/ }, ({ path: id }) => ({
      path: id.slice('client:'.length),
      namespace: 'client',
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'client' }, ({ path: name }) => ({
      contents: clientScript(name),
      loader: 'text',
    }));
  },
};
