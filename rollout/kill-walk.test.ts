import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { buildSync } from 'esbuild';
import { stringify } from 'yaml';
import { ArgocdStub } from '../testing/argocd-stub';
import { KubeStub } from '../testing/kube-stub';
import { wantedDeployment } from '../testing/live-objects';
import { RemoteRepository } from '../testing/remote-repository';
import { field, textField } from './cluster/field';
import { readTrailers } from './git/trailers';

const ROOT = path.join(__dirname, '..');
const PROGRAM = path.join(ROOT, 'build', 'rollout-program.cjs');

beforeAll(() => {
  buildSync({
    entryPoints: [path.join(ROOT, 'testing/rollout-program.ts')],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['esbuild'],
    // CommonJS has no such address, and the preloaded module can wrap CommonJS only.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'silent',
  });
});

interface Run {
  readonly code: number | null;
  readonly killed: boolean;
  readonly said: string;
  readonly writes: readonly string[];
}

/** A cluster at phase 1 with its branch, on which rollouts to phase 3 run, and are killed. */
class World {
  readonly remote = new RemoteRepository();
  private runs = 0;

  private constructor(
    readonly api: KubeStub,
    private readonly sick: string | undefined,
  ) {}

  static async begin(sick: string | undefined): Promise<World> {
    const world = new World(await KubeStub.start(), sick);
    const manifest = stringify(wantedDeployment('web'));
    const phases = ['phase-1', 'phase-2', 'phase-3'];
    world.remote.commit(
      Object.fromEntries(phases.map((phase) => [`dist/${phase}/west/workloads/web.yaml`, manifest])),
      'Manifests',
    );
    new ArgocdStub(world.api, world.remote, sick);
    return world;
  }

  async end(): Promise<void> {
    await this.api.stop();
    this.remote.remove();
  }

  rollOut(killAt = '', to = 'phase-3'): Promise<Run> {
    const log = path.join(this.remote.folder, `writes-${++this.runs}`);
    const child = spawn(
      process.execPath,
      [
        ...['--import', path.join(ROOT, 'testing/kill-at-write.mjs'), PROGRAM],
        ...[this.api.url, this.remote.url, this.remote.colleague, to],
        // Where a gate must pass, no busy machine may make it late; where it can't, nobody wants to wait.
        this.sick === undefined ? '60' : '1',
      ],
      { env: { ...process.env, KILL_AT: killAt, KILL_LOG: log } },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    return new Promise((resolve) => {
      child.on('close', (code, signal) => {
        const writes = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
        resolve({ code, killed: signal === 'SIGKILL', said, writes });
      });
    });
  }

  /** What Git and the cluster hold; the steps oldest first. */
  async state(): Promise<unknown> {
    const find = (version: string, kind: string, name: string): ReturnType<ReturnType<KubeStub['connect']>['find']> =>
      this.api.connect().find(version, kind, name, 'argocd');
    const lease = await find('coordination.k8s.io/v1', 'Lease', 'shop-rollout-west');
    const layer = await find('argoproj.io/v1alpha1', 'Application', 'shop-workloads-west');
    return {
      steps: this.remote
        .log()
        .flatMap((message) => readTrailers(message)?.step ?? [])
        .reverse(),
      pin: /west:\n    phase: (.*)/.exec(this.remote.read('platform/clusters.yaml'))?.[1],
      runs: textField(layer, 'spec', 'source', 'path')?.split('/')[1],
      atHead:
        textField(layer, 'status', 'sync', 'revision') === this.remote.git(this.remote.url, 'rev-parse', 'main').trim(),
      holder: field(lease, 'spec', 'holderIdentity'),
      unfinished: textField(lease, 'metadata', 'annotations', 'aia-rollout/unfinished'),
    };
  }
}

const ENDS = [
  {
    title: 'every gate passes',
    sick: undefined,
    code: 0,
    end: { steps: ['phase-1..phase-2', 'phase-2..phase-3'], pin: 'phase-3', runs: 'phase-3' },
  },
  {
    title: 'the gate of phase 2 fails',
    sick: 'phase-2',
    code: 1,
    end: { steps: ['phase-1..phase-2', 'back-out'], pin: 'phase-1', runs: 'phase-1' },
  },
].map(({ end, ...rest }) => ({ ...rest, end: { ...end, atHead: true, holder: '', unfinished: undefined } }));

/** The n-th write of its name; a refresh that is only repeated leads nowhere new. */
function isRepeated(writes: readonly string[], index: number): boolean {
  const since = writes.slice(0, index).lastIndexOf('git push');
  return writes[index]?.startsWith('PATCH') === true && writes.slice(since + 1, index).includes(writes[index]);
}

describe.each(ENDS)('where $title', ({ sick, code, end }) => {
  let writes: readonly string[];

  test('a rollout that nobody kills makes each step once', async () => {
    const world = await World.begin(sick);
    const run = await world.rollOut();
    const state = await world.state();
    await world.end();
    if (run.code !== code) throw new Error(run.said);
    expect(state).toEqual(end);
    expect(run.writes.filter((name) => name === 'git push')).toHaveLength(2);
    writes = run.writes;
  }, 60_000);

  test.each(['before', 'after'])(
    'killed %s any write, the next run ends as if nothing had been',
    async (moment) => {
      const places = writes.flatMap((name, index) => (isRepeated(writes, index) ? [] : [{ name, index }]));
      const wrong: unknown[] = [];
      const walk = async (): Promise<void> => {
        for (let place = places.shift(); place !== undefined; place = places.shift()) {
          const { name, index } = place;
          const world = await World.begin(sick);
          const first = await world.rollOut(`${moment} ${index + 1}`);
          const over = moment === 'after' && index === writes.length - 1;
          const second = over ? undefined : await world.rollOut();
          const state = await world.state();
          await world.end();
          const good = first.killed && (over || second?.code === code) && isDeepStrictEqual(state, end);
          if (!good) wrong.push({ killed: `${moment} write ${index + 1}, ${name}`, state, first, second });
        }
      };
      // The programs wait most of the time, so several worlds are walked at once.
      await Promise.all(Array.from({ length: 4 }, walk));
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});

test.each([
  ['phase-3', true, ['phase-1..phase-2', 'phase-2..phase-3']],
  ['phase-1', false, ['phase-1..phase-2', 'phase-2..phase-1']],
])(
  'killed after the push to phase 2, a run to %s is held up by its gate: %s',
  async (to, held, steps) => {
    const world = await World.begin(undefined);
    const { writes } = await world.rollOut('after git push');
    const run = await world.rollOut('', to);
    const state = await world.state();
    await world.end();
    expect(writes.at(-1)).toBe('git push');
    expect(run.said.includes('the step to phase-2: its gate comes first')).toBe(held);
    expect(state).toMatchObject({ steps, pin: to, runs: to });
  },
  60_000,
);
