import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  argumentsOf,
  instructionsOf,
  lastOf,
  parseDockerfile,
  stageChain,
  wordsOf,
  type Stage,
} from '../checks/dockerfile/dockerfile';
import { STACKS } from '../model/platform/image';
import { imageBuild } from '../model/platform/image-build';
import { named } from '../model/platform/named';
import { claimsOf } from '../model/platform/workload';
import { platform } from '../platform/platform';

const read = (stack: string, file = 'Dockerfile'): string => readFileSync(path.join(__dirname, stack, file), 'utf8');
const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Each image with what its Dockerfile makes of it, and the container that runs it. */
const cases = named(platform.images).map(({ name, stack, target, digest, ...image }) => {
  const owner = named(platform.workloads).find(({ containers }) => containers.some((entry) => entry.image === name));
  const container = owner?.containers.find((entry) => entry.image === name);
  if (owner === undefined || container === undefined) throw new Error(`no workload runs ${name}`);
  const dockerfile = parseDockerfile(read(stack));
  return { name, stack, target, digest, image, owner, container, dockerfile, chain: stageChain(dockerfile, target) };
});

test('every stack has a folder with a Dockerfile and what it ignores, and every folder is a stack', () => {
  expect(folders.map(({ name }) => name).sort()).toEqual([...STACKS].sort());
  for (const stack of STACKS) {
    for (const file of ['Dockerfile', 'Dockerfile.dockerignore']) {
      expect([stack, file, existsSync(path.join(__dirname, stack, file))]).toEqual([stack, file, true]);
    }
  }
});

test('every stack is used', () => {
  expect(STACKS.filter((stack) => cases.every((entry) => entry.stack !== stack))).toEqual([]);
});

describe.each(cases)('$name', ({ name, target, stack, owner, container, dockerfile, chain }) => {
  test('its target is a stage of the Dockerfile', () => {
    expect(dockerfile.stages.map((stage) => stage.name)).toContain(target ?? chain.at(-1)?.name);
  });

  test('it exposes the ports of its workload and no other', () => {
    const values = new Map([['${PORT}', String(imageBuild(platform, name).port)]]);
    const exposed = instructionsOf(chain, 'EXPOSE').flatMap(wordsOf);
    expect(exposed.map((word) => Number(values.get(word) ?? word))).toEqual(container.ports.map(({ port }) => port));
  });

  test('it runs as the user of its workload', () => {
    const user = lastOf(chain, 'USER');
    expect(user && argumentsOf(user)).toBe(`${owner.runAsUser}:${owner.runAsUser}`);
  });

  test('what it writes to is a volume of a workload that runs it: the root file system is read-only', () => {
    const writable = named(platform.workloads)
      .filter(({ containers }) => containers.some((entry) => entry.image === name))
      .flatMap((workload) => [
        ...workload.containers.flatMap(({ scratch }) => scratch.map((entry) => entry.path)),
        ...claimsOf(workload).map(({ mountPath }) => mountPath),
      ]);
    const written = environmentOf(chain, ['HOME', 'MODEL_DIR', 'PGDATA']);
    for (const folder of written) {
      expect([folder, writable.some((top) => folder === top || folder.startsWith(`${top}/`))]).toEqual([folder, true]);
    }
  });

  test('its Dockerfile names it and says what the build context must hold', () => {
    const header = read(stack).split('\nARG ')[0] ?? '';
    expect(header).toContain(name);
    expect(header).toMatch(/^# Build context: /m);
  });

  test('what the Dockerfile copies from the context is named there and not ignored', () => {
    const kept = read(stack, 'Dockerfile.dockerignore').match(/^!.*$/gm) ?? [];
    const copied = dockerfile.instructions
      .filter((entry) => entry.getKeyword() === 'COPY' && !entry.toString().includes('--from='))
      .flatMap((copy) => wordsOf(copy).slice(0, -1));
    expect([...new Set(copied)].sort()).toEqual(kept.map((line) => line.slice(1)).sort());
  });
});

test('what is not named is left out of the context', () => {
  for (const stack of STACKS) {
    const lines = read(stack, 'Dockerfile.dockerignore').split('\n');
    expect(lines.find((line) => !line.startsWith('#'))).toBe('*');
  }
});

test('a context in this repository holds what is copied from it', () => {
  for (const { image, dockerfile } of cases) {
    if (image.source === undefined || image.source.repository !== undefined) continue;
    for (const copy of instructionsOf(dockerfile.stages, 'COPY').filter((one) => !one.toString().includes('--from='))) {
      const [source = ''] = wordsOf(copy);
      const file = path.join(image.source.context, source);
      expect([file, existsSync(path.join(__dirname, '..', file))]).toEqual([file, true]);
    }
  }
});

test('the machine-learning image leaves model weights out', () => {
  expect(read('python-ml', 'Dockerfile.dockerignore')).toMatch(/^\*\*\/\*\.safetensors$/m);
});

/** Values of environment variables that name a folder to write to. */
function environmentOf(chain: readonly Stage[], names: readonly string[]): string[] {
  const pairs = instructionsOf(chain, 'ENV').flatMap(wordsOf);
  return pairs.flatMap((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return names.includes(name) ? [value] : [];
  });
}
