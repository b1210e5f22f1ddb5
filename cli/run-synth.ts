import { renderDelivery } from '../delivery/render';
import { phasesDocument } from '../documents/phases-document';
import { recordOfProcessing } from '../documents/record-of-processing';
import { renderInfrastructure } from '../infrastructure/render';
import { isRenderedFile } from '../infrastructure/rendered-file';
import { withDigests } from '../model/platform/digests';
import { readPins } from '../model/platform/pins';
import { PlatformError } from '../model/platform/problems';
import { readSource } from '../model/platform/read-source';
import { SOURCES } from '../model/platform/sources';
import { PHASES } from '../phases/phases';
import { renderPlatform } from '../phases/render';
import { platform as data } from '../platform/platform';
import type { Difference } from '../synth/compare';
import { differingDocuments, writeDocuments } from '../synth/documents';
import { filesText, summaryTable } from '../synth/summary';
import { SynthError } from '../synth/synth-error';
import { compareOutputs, writeOutputs } from '../synth/synthesize';
import { EXIT } from './exit-code';
import { ROOT } from './root';

/** Renders and writes, or with `checkOnly` compares; returns the exit code. */
export async function runSynth(checkOnly: boolean): Promise<number> {
  const start = performance.now();
  try {
    const platform = withDigests(data, readSource(ROOT, SOURCES.digests));
    const rendered = renderPlatform(platform);
    const pins = readPins(
      readSource(ROOT, SOURCES.pins),
      platform,
      PHASES.map(({ id }) => id),
    );
    const outputs = [
      { folder: 'dist', files: rendered.files },
      { folder: 'argocd', files: renderDelivery(platform, pins, rendered.cells) },
      { folder: 'infra', files: renderInfrastructure(platform), isOurs: isRenderedFile },
    ];
    const documents = new Map([
      ['docs/phases.md', phasesDocument(platform, rendered.cells)],
      ...recordOfProcessing(platform, rendered.cells),
    ]);
    if (checkOnly) {
      return reportDifferences(await compareOutputs(ROOT, outputs), await differingDocuments(ROOT, documents));
    }

    const differences = await writeOutputs(ROOT, outputs);
    const written = await writeDocuments(ROOT, documents);
    const dist = differences.get('dist');
    if (dist === undefined) return EXIT.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    console.log(summaryTable(platform, rendered.cells, dist));
    console.log(`\ndist/: ${filesText(dist)}; ${rendered.files.size} files in all, ${seconds} s`);
    for (const [folder, difference] of differences) {
      if (folder !== 'dist') console.log(`${folder}/: ${filesText(difference)}`);
    }
    if (written.length > 0) console.log(`changed: ${written.join(', ')}`);
    console.log('Pods: minimum – maximum. CPU in cores and memory include add-ons and the agents on each node.');
    return EXIT.clean;
  } catch (error) {
    if (!(error instanceof PlatformError || error instanceof SynthError)) throw error;
    console.error(error.message);
    return EXIT.failed;
  }
}

function reportDifferences(differences: ReadonlyMap<string, Difference>, documents: readonly string[]): number {
  const lines = [...differences].flatMap(([folder, { added, changed, removed, foreign }]) => [
    ...added.map((file) => `missing  ${folder}/${file}`),
    ...changed.map((file) => `differs  ${folder}/${file}`),
    ...removed.map((file) => `stale    ${folder}/${file}`),
    ...foreign.map((file) => `foreign  ${folder}/${file}`),
  ]);
  lines.push(...documents.map((file) => `differs  ${file}`));
  if (lines.length === 0) {
    const folders = new Intl.ListFormat('en-GB').format([...differences.keys()].map((folder) => `${folder}/`));
    console.log(`${folders}: exactly what the code renders`);
    return EXIT.clean;
  }
  console.error(lines.join('\n'));
  console.error(`${lines.length} files are not what the code renders. Run \`npm start\` and commit the result.`);
  return EXIT.findings;
}
