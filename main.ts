/**
 * The cdk8s app: `npx cdk8s synth` runs it and gets in `.synth/` what `npm start` writes to `dist/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withDigests } from './model/platform/digests';
import { PlatformError } from './model/platform/problems';
import { readSource } from './model/platform/read-source';
import { SOURCES } from './model/platform/sources';
import { renderPlatform } from './phases/render';
import { platform } from './platform/platform';

try {
  // The cdk8s CLI runs this where cdk8s.yaml lies.
  const { files } = renderPlatform(withDigests(platform, readSource(process.cwd(), SOURCES.digests)));
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
