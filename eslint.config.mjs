import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { rooms } from './scripts/rooms.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

const BROWSER = ['document', 'window', 'self', 'name', 'event', 'status', 'location', 'history', 'parent', 'top'];

export default tseslint.config(
  { ignores: ['node_modules/', 'build/', 'dist/', '.synth/', 'imports/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/order': [
        'error',
        { alphabetize: { order: 'asc' }, groups: ['builtin', 'external', 'parent', 'sibling'] },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: root, zones: rooms }],
      // Types of JSX bring those of a browser: none of these is there when the program runs.
      'no-restricted-globals': ['error', ...BROWSER],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  // What a browser runs, here or in a page that a test looks at.
  { files: ['html/client/*.ts', 'testing/browser.ts', 'cli/pages.test.ts'], rules: { 'no-restricted-globals': 'off' } },
);
