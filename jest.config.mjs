/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/.synth/'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    '\\.(lua|sh)$': '<rootDir>/scripts/text-transform.cjs',
    // It loads Node's own modules by import(), which Jest can't do in the CommonJS that it runs.
    '/wasmoon/.*\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!wasmoon/)'],
  snapshotResolver: '<rootDir>/scripts/snapshot-resolver.cjs',
};
