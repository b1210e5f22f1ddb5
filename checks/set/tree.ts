import path from 'node:path';
import { identityOf } from '../../model/kube-object';
import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import type { Member } from './member';
import { ObjectSet } from './object-set';

/** What an Argo CD Application deploys from a folder of Git. */
export interface ApplicationSource {
  readonly application: Member;
  /** Relative to the repository, as it is written but for `./` and a slash at the end. */
  readonly path: string;
  readonly keys: Keys;
  /** Where it deploys to: the server or the name of the cluster. */
  readonly cluster: string;
  /** Without it Argo CD reads the folder itself and none below. */
  readonly isRecursive: boolean;
}

/** A cluster before and after it goes from one phase to the next. */
export interface PhaseStep {
  /** `phase-1 to phase-2 of europe-west4`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly before: ReadonlyMap<string, Member>;
  readonly after: ReadonlyMap<string, Member>;
  /** The folder of its cluster that a member stands in, such as `workloads`. */
  readonly layerOf: (member: Member) => string;
}

/** All that was read, by what runs together. */
export interface Tree {
  readonly members: readonly Member[];
  readonly files: readonly string[];
  readonly sources: readonly ApplicationSource[];
  readonly sets: readonly ObjectSet[];
  readonly steps: readonly PhaseStep[];
}

/** `dist/phase-2/europe-west4/workloads/Service_aia_api.yaml`; the folders before and the layer may be left out. */
const PHASE = /^((?:.*\/)?)(phase-(\d+))\/([^/]+)\/(?:([^/]+)\/)?[^/]*$/;

interface PhasePlace {
  readonly prefix: string;
  readonly phase: string;
  readonly number: number;
  readonly cluster: string;
  readonly layer: string;
}

/** Sorts what was read into sets and phases. */
export function growTree(
  members: readonly Member[],
  files: readonly string[],
  { generated, broken }: { readonly generated: ReadonlySet<string>; readonly broken: readonly string[] },
): Tree {
  const sources = members.flatMap(sourcesOf);
  const groups = new Map<string, Member[]>();
  const phases = new Map<string, { place: PhasePlace; members: Member[] }>();
  const bySource = new Map(sources.map((source) => [source.path, source]));
  const keyOf = (file: string, root: string): string => {
    const place = phasePlace(file);
    if (place) return `phase ${phaseKey(place)}`;
    const source = nearestSource(file, bySource);
    return source ? `cluster ${source.cluster}` : `path ${root}`;
  };
  for (const member of members) {
    const place = phasePlace(member.file);
    const key = keyOf(member.file, member.root);
    push(groups, key, member);
    if (!place) continue;
    const phase = phases.get(key);
    if (phase) phase.members.push(member);
    else phases.set(key, { place, members: [member] });
  }
  const holesOf = (key: string, list: readonly Member[]): readonly string[] =>
    broken.filter((file) => keyOf(file, list[0]?.root ?? '') === key).map((file) => path.posix.dirname(file));
  const sets = [...groups].map(
    ([key, list]) => new ObjectSet(list, !key.startsWith('path '), generated, holesOf(key, list)),
  );
  return { members, files, sources, sets, steps: stepsOf([...phases.values()]) };
}

function push(map: Map<string, Member[]>, key: string, member: Member): void {
  const list = map.get(key);
  if (list) list.push(member);
  else map.set(key, [member]);
}

function phasePlace(file: string): PhasePlace | undefined {
  const match = PHASE.exec(file);
  if (!match) return undefined;
  const [, prefix = '', phase = '', number, cluster = '', layer = ''] = match;
  return { prefix, phase, number: Number(number), cluster, layer };
}

function phaseKey({ prefix, phase, cluster }: PhasePlace): string {
  return `${prefix}${phase}/${cluster}`;
}

function stepsOf(phases: readonly { place: PhasePlace; members: readonly Member[] }[]): readonly PhaseStep[] {
  const byCluster = new Map<string, (typeof phases)[number][]>();
  for (const phase of phases) {
    const key = `${phase.place.prefix} ${phase.place.cluster}`;
    byCluster.set(key, [...(byCluster.get(key) ?? []), phase]);
  }
  return [...byCluster.values()].flatMap((list) => {
    const sorted = list.sort((a, b) => a.place.number - b.place.number);
    return sorted.slice(1).flatMap((to, index) => {
      const from = sorted[index];
      if (!from) return [];
      return {
        name: `${from.place.phase} to ${to.place.phase} of ${to.place.cluster}`,
        from: from.place.phase,
        to: to.place.phase,
        before: byIdentity(from.members),
        after: byIdentity(to.members),
        layerOf: ({ file }: Member) => phasePlace(file)?.layer ?? '',
      };
    });
  });
}

function byIdentity(members: readonly Member[]): ReadonlyMap<string, Member> {
  return new Map(members.map((member) => [identityOf(member.object), member]));
}

/** Whether the Application deploys what the file holds. */
function reaches({ path: folder, isRecursive }: ApplicationSource, file: string): boolean {
  const own = path.posix.dirname(file);
  return own === folder || (isRecursive && own.startsWith(`${folder}/`));
}

/** Objects that an Application deploys. */
export function deployedBy(tree: Tree, source: ApplicationSource): readonly Member[] {
  return tree.members.filter(({ file }) => reaches(source, file));
}

/** Applications that deploy an object. */
export function deployersOf(tree: Tree, { file }: Member): readonly ApplicationSource[] {
  return tree.sources.filter((source) => reaches(source, file));
}

/** The Application that deploys the file from the deepest folder. */
function nearestSource(file: string, sources: ReadonlyMap<string, ApplicationSource>): ApplicationSource | undefined {
  if (sources.size === 0) return undefined;
  for (let folder = path.posix.dirname(file); folder !== '.' && folder !== '/'; folder = path.posix.dirname(folder)) {
    const source = sources.get(folder);
    if (source) return source;
  }
  return undefined;
}

function sourcesOf(member: Member): readonly ApplicationSource[] {
  const { object } = member;
  if (object.kind !== 'Application' || !object.apiVersion.startsWith('argoproj.io/')) return [];
  const spec = asRecord(object.spec);
  const cluster = textAt(spec, 'destination', 'server') ?? textAt(spec, 'destination', 'name') ?? '';
  const places = [
    { source: at(spec, 'source'), keys: ['spec', 'source'] },
    ...asList(at(spec, 'sources')).map((source, index) => ({ source, keys: ['spec', 'sources', index] })),
  ];
  return places.flatMap(({ source, keys }) => {
    const written = textAt(source, 'path');
    if (written === undefined) return [];
    const clean = path.posix.normalize(written).replace(/\/$/, '');
    const isRecursive = at(source, 'directory', 'recurse') === true;
    return { application: member, path: clean, keys: [...keys, 'path'], cluster, isRecursive };
  });
}
