// Gives the scripts here what TypeScript knows: the platform's data and the parts of the model that they need. They
// run from a fresh clone, so there is nothing compiled to import.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The repository these scripts belong to. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Loads TypeScript modules of this repository.
 *
 * @param {string[]} files paths relative to the repository's top, without extension
 * @returns {Promise<Record<string, any>>} all that they export
 */
export async function load(...files) {
  const { outputFiles } = await build({
    stdin: { contents: files.map((file) => `export * from './${file}';`).join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    // Packages that are CommonJS call require() for Node's own modules; a data: address has nothing to start from.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Ends with exit code 2 and two lines for people: what is wrong, and the remedy. */
export function refuse(message, fix) {
  console.error(`${message}\n  Fix: ${fix}`);
  process.exit(2);
}
