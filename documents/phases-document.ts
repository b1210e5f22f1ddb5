import { named } from '../model/platform/named';
import type { Platform } from '../model/platform/platform';
import { workloadsOn } from '../model/platform/presence';
import { PlatformError } from '../model/platform/problems';
import type { PlatformPromise } from '../model/platform/promise';
import { SOURCES } from '../model/platform/sources';
import { manifestFileName } from '../phases/manifest-file';
import { PHASES, type Phase } from '../phases/phases';
import type { Cell } from '../phases/render';
import { restartsBetween } from '../phases/restarts';
import { cell as tableCell, markdownTable } from './markdown';
import { workloadRow, WORKLOAD_COLUMNS } from './workload-row';

const PROOF: Readonly<Record<PlatformPromise['proof'], string>> = {
  ran: 'ran on a test cluster',
  validated: 'accepted by both API servers; the operator that acts on it was not there',
  described: 'described only',
};

/**
 * `docs/phases.md`: what each phase adds for each line of the user's strategy and for each workload, and which pods a
 * step restarts. It shows the cluster that takes part in every phase.
 *
 * @throws PlatformError where a promise names an object that its phase does not render.
 */
export function phasesDocument(platform: Platform, cells: readonly Cell[]): string {
  const full = named(platform.clusters).find(
    ({ since, replicas }) => since === PHASES[0]?.id && replicas === undefined,
  );
  const ofPhase = (phase: Phase): Cell | undefined =>
    cells.find(({ phase: id, cluster }) => id === phase.id && cluster.name === full?.name);
  const sections = PHASES.flatMap((phase, index) => {
    const cell = ofPhase(phase);
    const previous = PHASES[index - 1];
    return cell === undefined ? [] : phaseSection(platform, phase, cell, previous && ofPhase(previous));
  });
  return `${[
    '# The phases',
    '<!-- Rendered by `npm start` from platform/: edit platform/promises.ts and the workloads, not this file. -->',
    `What each phase adds, on \`${full?.name ?? ''}\`. \`dist/<phase>/\` holds the full state of a phase, not a difference: a step in
either direction is a change of folder. [argocd.md](argocd.md) says how a cluster takes it.`,
    ...sections,
  ].join('\n\n')}\n`;
}

function phaseSection(platform: Platform, phase: Phase, cell: Cell, previous: Cell | undefined): string[] {
  const promises = platform.promises.filter((promise) => promise.phase === phase.id);
  const rows = promises.map((promise) => [
    promise.seed,
    promise.how,
    [
      ...promise.objects.map((name) => objectLink(name, cell)),
      ...(promise.files ?? []).map((file) => `[${file}](../${file})`),
    ].join(', '),
    PROOF[promise.proof],
  ]);
  const workloads = workloadsOn({ platform, cluster: cell.cluster, phase: phase.id });
  return [
    `## ${phase.title} (\`${phase.id}\`)`,
    markdownTable(['The strategy says', 'What is there', 'Where', 'Proof'], rows),
    markdownTable(
      WORKLOAD_COLUMNS,
      workloads.map((workload) => workloadRow(workload, cell.cluster, phase.id)),
    ),
    ...addonsText(platform, phase, previous),
    ...(previous === undefined ? [] : stepText(previous, cell, bringsMesh(phase))),
  ];
}

function addonsText(platform: Platform, phase: Phase, previous: Cell | undefined): string[] {
  const addons = named(platform.addons).filter(({ since }) => since === phase.id);
  if (addons.length === 0) return [];
  const lines = addons.map(({ name, description }) => `- \`${name}\`: ${description}.`);
  return [`Add-ons${previous === undefined ? '' : ' that come with it'}:`, lines.join('\n')];
}

/** Whether the mesh comes with this phase. */
function bringsMesh(phase: Phase): boolean {
  return PHASES.find(({ mutualTls }) => mutualTls !== undefined)?.id === phase.id;
}

/** What happens on the cluster at the step from the phase before, and on the way back. */
function stepText(previous: Cell, cell: Cell, mesh: boolean): string[] {
  const restarts = restartsBetween(previous, cell);
  const identity = ({ object }: Cell['objects'][number]): string => `${object.kind}/${object.metadata.name}`;
  const before = new Set(previous.objects.map(identity));
  const after = new Set(cell.objects.map(identity));
  const added = [...after].filter((entry) => !before.has(entry)).sort();
  const dropped = [...before].filter((entry) => !after.has(entry)).sort();
  const restarting = restarts.map(({ name, because }) => [`\`${name}\``, because.join(', ')]);
  const untouched = cell.objects
    .filter(
      ({ object: { kind, metadata } }) =>
        ['Deployment', 'StatefulSet'].includes(kind) && !restarts.some(({ name }) => name === metadata.name),
    )
    .map(({ object }) => `\`${object.metadata.name}\``);
  return [
    `### The step from \`${previous.phase}\`, and back`,
    'These pods are replaced, one after another within the budget of their workload, in both directions:',
    markdownTable(['Workload', 'Because of'], restarting),
    ...(mesh
      ? [
          `The annotations are the mesh's: every pod restarts once to get its proxy, and once more on the way back to lose
it. All workloads begin at the same time, but of each one at most as many pods leave as its rollout allows, which is
never more than its disruption budget does.`,
        ]
      : []),
    `Not restarted: ${untouched.length === 0 ? 'none' : untouched.join(', ')}.`,
    `Comes: ${kinds(added)}. Goes: ${kinds(dropped)}. On the way back it is the other way round.`,
  ];
}

function kinds(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const kind = name.split('/')[0] ?? '';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts.size === 0 ? 'nothing' : [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function objectLink(reference: string, { phase, cluster, objects }: Cell): string {
  const [kind, name] = reference.split('/');
  const found = objects.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) {
    throw new PlatformError([
      {
        file: SOURCES.promises,
        key: 'objects',
        value: `"${reference}"`,
        message: `is not rendered for ${cluster.name} in ${phase}`,
        fix: 'write Kind/name of an object that is in dist/, or change the promise',
      },
    ]);
  }
  const file = `../dist/${phase}/${cluster.name}/${found.layer}/${manifestFileName(found.object)}`;
  return `[${tableCell(`${kind ?? ''} ${name ?? ''}`)}](${file})`;
}
