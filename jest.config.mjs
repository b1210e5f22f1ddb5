import { availableParallelism } from 'node:os';

const MODULES_ONLY = [
  ...['@kubernetes/client-node', 'openid-client', 'oauth4webapi', 'jose'],
  ...['@octokit/[^/]+', 'universal-user-agent', 'before-after-hook', 'marked', '@actions/[^/]+'],
  ...['preact', 'preact-render-to-string'],
].join('|');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Many tests wait for programs that they start: on two cores, Jest's own default would be one at a time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    ...['/node_modules/', '/e2e/'],
    // Minutes of real programs against the clock: `npm run test:kills`, on a machine that does nothing else.
    ...(process.env.AIA_KILL_WALK === undefined ? ['/rollout/kill-walk\\.test'] : []),
  ],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.synth/'],
  transform: {
    '/html/client/page\\.ts$': '<rootDir>/scripts/client-transform.mjs',
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    '\\.tsx$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
      },
    ],
    '\\.(lua|sh|css)$': '<rootDir>/scripts/text-transform.cjs',
    // It loads Node's own modules by import(), which Jest can't do in the CommonJS that it runs.
    '/wasmoon/.*\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
    // The Kubernetes client and what it logs in with, GitHub's, and preact, are modules only, which Jest can't load as they are.
    [`/(${MODULES_ONLY})/.*\\.m?js$`]: ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(wasmoon|${MODULES_ONLY})/)`],
  moduleNameMapper: {
    '^client:(.*)$': '<rootDir>/html/client/$1.ts',
    // GitHub's own parsers name no file for require().
    '^@actions/(expressions|workflow-parser)$': '<rootDir>/node_modules/@actions/$1/dist/index.js',
    '^@actions/(expressions|workflow-parser)/(.+)$': '<rootDir>/node_modules/@actions/$1/dist/$2.js',
  },
  snapshotResolver: '<rootDir>/scripts/snapshot-resolver.cjs',
};
