// Times aia review beside `dyff between` and `git diff --no-index` on the same pairs of files, in turns, every run a
// new process, and counts how many of 30 planted changes stand in the first screen among 300 that mean nothing:
//   node bench/review.mjs [rounds]
// dyff is built from its Go module into a temporary folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../scripts/bundle.mjs';
import { median, peakMemory } from './measure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROUNDS = Number(process.argv[2] ?? 5);
const MODULE = 'github.com/homeport/dyff/cmd/dyff@latest';
const SCREEN = 40;
const PAIRS = [
  [100, 10],
  [1_000, 100],
  [10_000, 100],
  [10_000, 10_000],
];

await bundle();
const temp = await mkdtemp(path.join(os.tmpdir(), 'bench-review-'));
try {
  const dyff = buildDyff();
  const aia = (...args) => [process.execPath, path.join(root, 'build', 'aia.mjs'), 'review', ...args];
  await timeRepository(aia);
  for (const [objects, changed] of PAIRS) {
    const [base, head] = await writePair(objects, changed);
    const rivals = {
      'aia review': aia(base, head, '--fail-on', 'error'),
      ...(dyff && { 'dyff between': [dyff, 'between', base, head] }),
      'git diff': ['git', 'diff', '--no-index', '--stat', base, head],
    };
    const times = Object.fromEntries(Object.keys(rivals).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, command] of Object.entries(rivals)) times[name].push(timed(command));
    }
    console.log(
      `${objects} objects beside ${objects}, ${changed} changed, seconds of CPU and by the clock, medians of ${ROUNDS}:`,
    );
    for (const [name, runs] of Object.entries(times)) {
      const [cpu, clock] = ['cpu', 'clock'].map((key) => median(runs.map((run) => run[key])).toFixed(2));
      console.log(`  ${name.padEnd(14)} ${cpu} ${clock}`);
    }
    console.log(`  memory of aia review: ${Math.round(peakMemory(aia(base, head).slice(1), temp) / 1024)} MiB`);
  }
  await signal(aia);
} finally {
  await rm(temp, { recursive: true, force: true });
}

function buildDyff() {
  if (spawnSync('go', ['version']).status !== 0) {
    console.log('Go is missing: without dyff.');
    return undefined;
  }
  console.log(`building ${MODULE}`);
  execFileSync('go', ['install', MODULE], {
    env: { ...process.env, GOBIN: temp },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(temp, 'dyff');
}

/** CPU seconds of a child too, since the clock of a busy machine says little. */
function timed([program, ...args], cwd = temp) {
  const started = performance.now();
  const script = 'exec 3>&1; TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&3';
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', program, ...args], { cwd, encoding: 'utf8' });
  const [user, system] = stdout.trim().split('\n').at(-1).split(' ').map(Number);
  return { clock: (performance.now() - started) / 1000, cpu: user + system };
}

/** This repository, its oldest commit that has manifests beside what is there now. */
async function timeRepository(aia) {
  const commits = execFileSync('git', ['log', '--format=%h', '--', 'dist'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
  const command = aia(commits.at(-1), 'HEAD', '--fail-on', 'error');
  const runs = Array.from({ length: ROUNDS }, () => timed(command, root));
  const [cpu, clock] = ['cpu', 'clock'].map((key) => median(runs.map((run) => run[key])).toFixed(2));
  console.log(`this repository, ${commits.at(-1)} beside HEAD, cold: ${cpu} s of CPU, ${clock} s by the clock`);
}

async function writePair(objects, changed) {
  const step = objects / changed;
  const all = (tag) =>
    Array.from({ length: objects }, (_, index) =>
      document(index, tag !== undefined && index % step === 0 ? tag : '1.0.0'),
    );
  const names = [`base-${objects}-${changed}.yaml`, `head-${objects}-${changed}.yaml`];
  await writeFile(path.join(temp, names[0]), all().join('---\n'));
  await writeFile(path.join(temp, names[1]), all('1.0.1').join('---\n'));
  return names;
}

function document(index, tag) {
  if (index % 5 === 0) return deployment(`app-${index}`, { tag });
  if (index % 5 === 1)
    return `apiVersion: v1\nkind: Service\nmetadata:\n  name: svc-${index}\n  namespace: bench\nspec:\n  selector:\n    app: app-${index}\n  ports:\n    - name: http-${tag.replaceAll('.', '-')}\n      port: 80\n      targetPort: http\n`;
  const lines = Array.from({ length: 15 }, (_, line) => `    setting.${line} = some value of ${index}`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf-${index}\n  namespace: bench\ndata:\n  version: '${tag}'\n  app.properties: |\n${lines.join('\n')}\n`;
}

function deployment(
  name,
  { tag = '1.0.0', cpu = '250m', memory = '256Mi', replicas = 3, more = '', label = 'one' } = {},
) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: bench
  labels:
    chart: ${label}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: app
          image: registry.example.org/${name}:${tag}
          securityContext:
            runAsNonRoot: ${more === 'root' ? 'false' : 'true'}
          ports:
            - containerPort: 8080
              name: http
          resources:
            requests:
              cpu: ${cpu}
              memory: ${memory}
            limits:
              memory: ${more === 'limit' ? '128Mi' : memory}
`;
}

/** 300 Deployments with another spelling, a default or a chart label; 30 of them with a change that matters. */
async function signal(aia) {
  const planted = ['root', 'limit', 'replicas'];
  const base = Array.from({ length: 330 }, (_, index) => deployment(`app-${index}`)).join('---\n');
  const head = Array.from({ length: 330 }, (_, index) => {
    const noise = {
      label: 'two',
      ...(index % 3 === 1 && { cpu: '0.25' }),
      ...(index % 3 === 2 && { memory: '268435456' }),
    };
    if (index % 11 !== 5) return deployment(`app-${index}`, noise);
    const more = planted[index % 3];
    return deployment(`app-${index}`, { label: 'two', more, ...(more === 'replicas' && { replicas: 0 }) });
  }).join('---\n');
  await writeFile(path.join(temp, 'quiet.yaml'), base);
  await writeFile(path.join(temp, 'loud.yaml'), head);
  const [program, ...args] = aia('quiet.yaml', 'loud.yaml', '--format', 'json');
  const { changes } = JSON.parse(spawnSync(program, args, { cwd: temp, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout);
  const text = spawnSync(program, args.slice(0, -2), { cwd: temp, encoding: 'utf8' })
    .stdout.split('\n')
    .slice(0, SCREEN)
    .join('\n');
  let seen = 0;
  for (const { risk, places, object } of changes) {
    if (risk === 'high' && text.includes(`Deployment ${object.namespace}/${object.name}`)) seen += places.length;
  }
  console.log(`of 30 planted changes among 300 of noise, ${seen} are told in the first ${SCREEN} lines`);
}
