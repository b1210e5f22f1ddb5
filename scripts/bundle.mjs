// Bundles the command line and the cdk8s app into build/, with one chunk per lazily loaded feature: a command
// that renders nothing does not pay for loading cdk8s.
import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Bundles once; esbuild's own messages (file, line, text) are printed where the source does not parse. */
export async function bundle() {
  const outdir = path.join(root, 'build');
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { aia: 'cli/aia.ts', main: 'main.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['fs-native-extensions'],
    legalComments: 'none',
    logLevel: 'error',
    // cdk8s and others are CommonJS and call require() for Node's own modules.
    banner: {
      js: "import { createRequire as aiaCreateRequire } from 'node:module'; const require = aiaCreateRequire(import.meta.url);",
    },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundle().catch(() => {
    process.exitCode = 2;
  });
}
