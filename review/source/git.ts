import { isUtf8 } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { deployedOnly, isManifestPath, SourceError, withoutChartTemplates, type Tree } from './tree';

/** More than any repository's YAML; git's answers are held in memory once. */
const MOST_BYTES = 2 ** 30;

/** A blob and its place in a revision. */
interface Blob {
  readonly name: string;
  readonly id: string;
}

/** Reads revisions of the repository around a folder, with three calls of git however many files there are. */
export class GitRepository {
  private constructor(
    private readonly root: string,
    private readonly hasWorkTree: boolean,
  ) {}

  /** The repository around `folder`, or undefined where there is none. */
  static around(folder: string): GitRepository | undefined {
    const { status, stdout } = spawnSync('git', ['rev-parse', '--show-toplevel'], { cwd: folder, encoding: 'utf8' });
    if (status === 0) return new GitRepository(stdout.trimEnd(), true);
    // A repository without a work tree has revisions all the same.
    const bare = spawnSync('git', ['rev-parse', '--git-dir'], { cwd: folder });
    return bare.status === 0 ? new GitRepository(folder, false) : undefined;
  }

  /** True where the name is a revision, or a folder of one (`main:dist`). */
  has(revision: string): boolean {
    return this.resolve(revision) !== undefined;
  }

  /**
   * Both revisions; a file that is the same in both is read once.
   *
   * @throws SourceError
   */
  revisions(base: string, head: string): { base: Tree; head: Tree } {
    const [left, right] = [this.blobs(base), this.blobs(head)];
    const texts = this.read([...left, ...right]);
    return { base: treeOf(base, left, texts), head: treeOf(head, right, texts) };
  }

  /**
   * A revision and what lies in the work tree now: tracked files and new ones that no .gitignore names.
   *
   * @throws SourceError
   */
  workTree(base: string): { base: Tree; head: Tree } {
    if (!this.hasWorkTree)
      throw new SourceError('this repository has no work tree: name HEAD too, aia review BASE HEAD.');
    const left = this.blobs(base);
    const listed = this.git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']).toString('utf8');
    const listedManifests = [...new Set(listed.split('\0'))].filter(isManifestPath).sort();
    const names = deployedOnly(withoutChartTemplates(listedManifests));
    const files = names.flatMap((name) => {
      const file = path.join(this.root, name);
      // A file that is deleted and not yet committed is listed too.
      if (!existsSync(file) || !statSync(file).isFile()) return [];
      return [[name, { name, text: asText(readFileSync(file), name, 'the work tree') }] as const];
    });
    return {
      base: treeOf(base, left, this.read(left)),
      head: { label: 'the work tree', files: new Map(files) },
    };
  }

  private blobs(revision: string): readonly Blob[] {
    const tree = this.resolve(revision);
    if (tree === undefined) throw new SourceError(`${revision} is no revision of this repository.`);
    const blobs = this.git(['ls-tree', '-r', '-z', '--full-tree', tree])
      .toString('utf8')
      .split('\0')
      .flatMap((line): Blob[] => {
        const found = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
        const [, mode, id, name] = found ?? [];
        const isFile = mode !== undefined && mode !== '120000' && id !== undefined && name !== undefined;
        return isFile && isManifestPath(name) ? [{ name, id }] : [];
      });
    const kept = new Set(deployedOnly(withoutChartTemplates(blobs.map(({ name }) => name))));
    return blobs.filter(({ name }) => kept.has(name));
  }

  private resolve(revision: string): string | undefined {
    const { status, stdout } = spawnSync(
      'git',
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`],
      {
        cwd: this.root,
        encoding: 'utf8',
      },
    );
    // `main:dist` is a tree already, which git can't peel once more.
    if (status === 0) return stdout.trim();
    const plain = spawnSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', revision], {
      cwd: this.root,
      encoding: 'utf8',
    });
    return plain.status === 0 ? plain.stdout.trim() : undefined;
  }

  /** Texts by id; each distinct blob is read once, all in one call. */
  private read(blobs: readonly Blob[]): ReadonlyMap<string, string> {
    const names = new Map(blobs.map(({ id, name }) => [id, name]));
    const texts = new Map<string, string>();
    if (names.size === 0) return texts;
    const output = this.git(['cat-file', '--batch'], `${[...names.keys()].join('\n')}\n`);
    let at = 0;
    while (at < output.length) {
      const end = output.indexOf(10, at);
      const [id = '', , size = '0'] = output.toString('latin1', at, end).split(' ');
      const start = end + 1;
      at = start + Number(size) + 1;
      texts.set(id, asText(output.subarray(start, at - 1), names.get(id) ?? id, 'this revision'));
    }
    return texts;
  }

  private git(args: readonly string[], input?: string): Buffer {
    const { status, stdout, stderr, error } = spawnSync('git', args, {
      cwd: this.root,
      maxBuffer: MOST_BYTES,
      ...(input !== undefined && { input }),
    });
    if (status === 0) return stdout;
    const said = stderr.toString('utf8').trim().split('\n')[0];
    throw new SourceError(`git ${args[0] ?? ''} failed: ${error?.message ?? said ?? 'no reason given'}.`);
  }
}

function treeOf(label: string, blobs: readonly Blob[], texts: ReadonlyMap<string, string>): Tree {
  return { label, files: new Map(blobs.map(({ name, id }) => [name, { name, text: texts.get(id) ?? '' }])) };
}

function asText(bytes: Buffer, name: string, where: string): string {
  if (!isUtf8(bytes))
    throw new SourceError(`${name} in ${where} is not UTF-8 text. Save it as UTF-8, or leave it out.`);
  return bytes.toString('utf8');
}
