/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
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
    // The Kubernetes client with what it logs in with, and preact, are modules only, which Jest can't load as they are.
    '/(@kubernetes/client-node|openid-client|oauth4webapi|jose|preact|preact-render-to-string)/.*\\.m?js$': [
      '@swc/jest',
      { jsc: { target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^client:(.*)$': '<rootDir>/html/client/$1.ts' },
  transformIgnorePatterns: [
    '/node_modules/(?!wasmoon/|@kubernetes/client-node/|openid-client/|oauth4webapi/|jose/|preact/|preact-render-to-string/)',
  ],
  snapshotResolver: '<rootDir>/scripts/snapshot-resolver.cjs',
};
