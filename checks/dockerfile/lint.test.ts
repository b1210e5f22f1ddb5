import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatProblem } from '../../model/platform/problems';
import { lintDockerfile, RULES } from './lint';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const GOOD = `# syntax=docker/dockerfile:1.12
ARG NODE_DIGEST
FROM docker.io/library/node:24-trixie-slim@\${NODE_DIGEST} AS deps
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
FROM deps AS build
COPY src ./src
RUN npm run build
FROM gcr.io/distroless/nodejs24-debian13:nonroot@${DIGEST} AS runtime
ENV NODE_ENV=production
COPY --from=build --chown=65532:65532 /app/dist ./dist
EXPOSE 8080
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "dist/server.js"]
`;

const run = (command: string): [string, string] => ['RUN npm run build', command];
const APT = 'RUN apt-get update && apt-get install --no-install-recommends -y g++ && rm -rf /var/lib/apt/lists/*';

/** Samples by rule: one change of a Dockerfile that is right, and whether it is right afterwards. */
const SAMPLES: Readonly<Record<string, { bad: readonly [string, string][]; good: readonly [string, string][] }>> = {
  'syntax-line': {
    bad: [
      ['# syntax=docker/dockerfile:1.12\n', ''],
      ['# syntax', '# A comment before it.\n# syntax'],
      ['dockerfile:1.12', 'dockerfile:latest'],
    ],
    good: [
      ['dockerfile:1.12', 'dockerfile:1'],
      ['1.12\n', '1.12\n# check=skip=InvalidDefaultArgInFrom\n\n'],
    ],
  },
  'multi-stage': { bad: [[GOOD.slice(GOOD.indexOf('ARG'), GOOD.indexOf('FROM gcr')), '']], good: [] },
  'no-latest': {
    bad: [
      ['debian13:nonroot', 'debian13:latest'],
      ['debian13:nonroot', 'debian13'],
    ],
    good: [['gcr.io/distroless/nodejs24-debian13:nonroot', 'localhost:5000/base:7']],
  },
  'pinned-base': {
    bad: [
      [`@${DIGEST}`, ''],
      [`@${DIGEST}`, '@sha256:abc'],
      [`@${DIGEST}`, '@${OTHER_DIGEST}'],
      ['ARG NODE_DIGEST', 'ARG NODE_DIGEST=unknown'],
    ],
    good: [
      ['ARG NODE_DIGEST', `ARG NODE_DIGEST=${DIGEST}`],
      [`docker.io/library/node:24-trixie-slim@\${NODE_DIGEST}`, 'scratch'],
    ],
  },
  'lockfile-first': {
    bad: [
      ['COPY package.json package-lock.json ./', 'COPY package.json ./'],
      ['COPY package.json package-lock.json ./', 'COPY package.json package-lock.json src ./'],
      run('RUN --mount=type=cache,target=/root/.npm npm ci\nRUN npm run build'),
    ],
    good: [
      ['COPY src ./src\n', 'RUN --mount=type=cache,target=/root/.npm npm ci\nCOPY src ./src\n'],
      [
        'COPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev',
        'COPY requirements.lock ./\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.lock',
      ],
    ],
  },
  'cache-mount': {
    bad: [
      ['--mount=type=cache,target=/root/.npm ', ''],
      ['--mount=type=cache,target=/root/.npm ', '--mount=type=tmpfs,target=/root/.npm '],
    ],
    good: [['--mount=type=cache,target=/root/.npm ', '--mount=target=/root/.npm,type=cache,sharing=locked ']],
  },
  'apt-hygiene': {
    bad: [run(APT.replace('--no-install-recommends ', '')), run(APT.replace(/ && rm.*/, ''))],
    good: [
      run(APT),
      run(
        'RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install --no-install-recommends -y g++',
      ),
    ],
  },
  'no-add-url': {
    bad: [run('ADD https://example.com/tool.tar.gz /opt/'), run('ADD git@example.com:tool.git /opt/tool')],
    good: [run('ADD tool.tar.gz /opt/')],
  },
  'no-whole-context': {
    bad: [
      ['COPY src ./src', 'COPY . .'],
      ['COPY src ./src', 'COPY ./ /app'],
    ],
    good: [['COPY src ./src', 'COPY --from=deps . .']],
  },
  'no-secret-value': {
    bad: [
      ['ENV NODE_ENV', 'ENV DB_PASSWORD=x NODE_ENV'],
      ['ARG NODE_DIGEST', 'ARG NODE_DIGEST\nARG NPM_TOKEN'],
      ['ENV NODE_ENV', 'ENV AWS_SECRET_ACCESS_KEY x\nENV NODE_ENV'],
    ],
    good: [
      ['ENV NODE_ENV', 'ENV DB_PASSWORD_FILE=/var/run/secrets/db NODE_ENV'],
      ['ENV NODE_ENV', 'ENV TOKENIZERS_PARALLELISM=false NODE_ENV'],
      run('RUN --mount=type=secret,id=npm npm run build'),
    ],
  },
  'non-root-user': {
    bad: [
      ['USER 65532:65532\n', ''],
      ['USER 65532:65532', 'USER root'],
      ['USER 65532:65532', 'USER 0:0'],
      ['USER 65532:65532', 'USER nonroot'],
      ['USER 65532:65532', 'USER 65532:65532\nUSER root'],
      ['USER 65532:65532', 'USER ${WHO}'],
    ],
    good: [['EXPOSE 8080', 'USER root\nEXPOSE 8080']],
  },
  'exec-form': {
    bad: [
      ['ENTRYPOINT ["/nodejs/bin/node", "dist/server.js"]', 'ENTRYPOINT node dist/server.js'],
      ['ENTRYPOINT ["/nodejs/bin/node", "dist/server.js"]', ''],
      ['EXPOSE 8080', 'EXPOSE 8080\nCMD --port 8080'],
    ],
    good: [['EXPOSE 8080', 'EXPOSE 8080\nCMD ["--port", "8080"]']],
  },
  'expose-port': {
    bad: [
      ['EXPOSE 8080\n', ''],
      ['EXPOSE 8080\n', '# EXPOSE 8080\n'],
    ],
    good: [
      ['EXPOSE 8080', 'ARG PORT\nEXPOSE ${PORT}'],
      ['ENTRYPOINT ["/nodejs/bin/node", "dist/server.js"]', 'ENTRYPOINT ["node"]\nFROM runtime AS service'],
      [
        'AS runtime\nENV NODE_ENV=production\nCOPY --from=build --chown=65532:65532 /app/dist ./dist\nEXPOSE 8080\n',
        'AS job\nENV NODE_ENV=production\nCOPY --from=build --chown=65532:65532 /app/dist ./dist\n',
      ],
    ],
  },
  'copy-chown': {
    bad: [['--chown=65532:65532 ', '']],
    good: [['COPY --from=build --chown', 'COPY --link --from=build --chown']],
  },
};

function rulesBroken(text: string): string[] {
  return [...new Set(lintDockerfile('Dockerfile', text).map(({ rule }) => rule))];
}

function edited([before, after]: readonly [string, string]): string {
  if (!GOOD.includes(before)) throw new Error(`the sample does not contain ${before}`);
  return GOOD.replace(before, () => after);
}

test('a Dockerfile that keeps to every rule has no finding', () => {
  expect(lintDockerfile('Dockerfile', GOOD)).toEqual([]);
});

test('every rule has samples, and a name of its own', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

describe.each(Object.entries(SAMPLES))('%s', (rule, { bad, good }) => {
  test.each(bad)('refuses %j → %j, and nothing else does', (...change) => {
    expect(rulesBroken(edited(change))).toEqual([rule]);
  });

  if (good.length > 0) {
    test.each(good)('accepts %j → %j', (...change) => {
      expect(rulesBroken(edited(change))).toEqual([]);
    });
  }
});

test('a stage that nobody asks for by name is checked like the last one', () => {
  const job = GOOD.replace('FROM gcr', 'FROM build AS job\nUSER root\nENTRYPOINT ["/job"]\nFROM gcr');
  expect(rulesBroken(job)).toContain('non-root-user');
});

test('a finding says file, line, what stands there, and the remedy', () => {
  const [finding, ...rest] = lintDockerfile('images/x/Dockerfile', GOOD.replace('USER 65532:65532', 'USER root'));
  expect(rest).toEqual([]);
  expect(finding && formatProblem(finding)).toBe(
    'images/x/Dockerfile:14:1: USER root is root [non-root-user]\n  Fix: end the stage with USER 65532:65532',
  );
});

test.each([
  '',
  '\n\n',
  'not a Dockerfile',
  'FROM',
  'FROM x AS',
  'RUN',
  'COPY',
  'USER',
  'ENV',
  'ENTRYPOINT',
  'FROM a\r\nRUN b\r\n',
])('text that is no whole Dockerfile (%j) is refused, not a crash', (text) => {
  expect(rulesBroken(text)).toContain('multi-stage');
});

test('every Dockerfile in images/ keeps to every rule', () => {
  const images = path.join(__dirname, '../../images');
  const stacks = readdirSync(images, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(stacks).not.toEqual([]);
  const findings = stacks.flatMap(({ name }) =>
    lintDockerfile(`images/${name}/Dockerfile`, readFileSync(path.join(images, name, 'Dockerfile'), 'utf8')),
  );
  expect(findings.map(formatProblem)).toEqual([]);
});
