// Bundles the command line and the cdk8s app into build/, with one chunk per lazily loaded feature: a command
// that renders nothing does not pay for loading cdk8s.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { build } from 'esbuild';
import { clientScripts } from './client-script.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const outdir = path.join(root, 'build');

/**
 * Bundles once; esbuild's own messages (file, line, text) are printed where the source does not parse. Files that
 * are right already are left alone, so that two commands can bundle at the same time.
 */
export async function bundle() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { aia: 'cli/aia.ts', main: 'main.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Loaded from node_modules by the commands that need them: bundling the Kubernetes client would cost every start.
    external: ['fs-native-extensions', '@kubernetes/client-node', '@octokit/*', 'simple-git', 'esbuild'],
    // Health checks that Argo CD runs, shell that people run, style for browsers: not for us to read.
    loader: { '.lua': 'text', '.sh': 'text', '.css': 'text' },
    plugins: [clientScripts],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    // Less text to compile at every start; names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    // A key that stands twice in the platform's data would silently lose its first value.
    logOverride: { 'duplicate-object-key': 'error' },
    // cdk8s and others are CommonJS and call require() for Node's own modules.
    banner: {
      js: "import { createRequire as aiaCreateRequire } from 'node:module'; const require = aiaCreateRequire(import.meta.url);",
    },
  });
  await mkdir(outdir, { recursive: true });
  const current = new Set(outputFiles.map((file) => path.basename(file.path)));
  for (const file of outputFiles) await writeIfDifferent(file.path, file.contents);
  for (const name of await readdir(outdir)) {
    if (!current.has(name) && !name.startsWith('.')) await rm(path.join(outdir, name), { force: true });
  }
}

async function writeIfDifferent(file, contents) {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(contents)) return;
  const fresh = path.join(outdir, `.${path.basename(file)}.${process.pid}`);
  await writeFile(fresh, contents);
  await rename(fresh, file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundle().catch(() => {
    process.exitCode = 2;
  });
}
