/**
 * The cdk8s app: `npx cdk8s synth` runs it and gets in `.synth/` what `npm start` writes to `dist/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PlatformError } from './model/platform/problems';
import { renderPlatform } from './phases/render';
import { platform } from './platform/platform';

try {
  const { files } = renderPlatform(platform);
  const output = process.env.CDK8S_OUTDIR ?? '.synth';
  for (const [file, text] of files) {
    const target = path.join(output, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
} catch (error) {
  if (!(error instanceof PlatformError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
