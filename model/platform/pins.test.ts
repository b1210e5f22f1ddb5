import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { platform } from '../../platform/platform';
import { pinsSchema, readPins } from './pins';
import { PlatformError } from './problems';

const committed = readFileSync(path.join(__dirname, '../../platform/clusters.yaml'), 'utf8');

function messageFor(text: string): string {
  try {
    readPins(text, platform, ['phase-1', 'phase-2', 'phase-3']);
  } catch (error) {
    if (error instanceof PlatformError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

test('committed: europe-west4 runs phase 1, the other clusters nothing yet', () => {
  expect(Object.fromEntries(readPins(committed, platform, ['phase-1']))).toEqual({
    'europe-west4': 'phase-1',
    'europe-west1': 'none',
    'edge-1': 'none',
    local: 'none',
  });
});

test('a cluster without a pin is a new one: it runs nothing yet', () => {
  const without = committed.replace(/ {2}local:\n.*\n/, '');
  expect(readPins(without, platform, ['phase-1']).get('local')).toBe('none');
});

test.each([
  [
    'a phase that the cluster does not take part in',
    committed.replace('europe-west1:\n    phase: none', 'europe-west1:\n    phase: phase-1'),
    /clusters\.yaml:\d+:12: clusters\.europe-west1\.phase: "phase-1" is before phase-3.*\n.*none, or phase-3/,
  ],
  [
    'an unknown phase',
    committed.replace('phase: phase-1', 'phase: phase-9'),
    /clusters\.yaml:\d+:12: clusters\.europe-west4\.phase: "phase-9" is no phase\n.*none, phase-1/,
  ],
  [
    'an unknown cluster',
    committed.replace('  local:', '  mars:'),
    /clusters\.yaml:\d+:3: clusters\.mars is no cluster of platform\/clusters\.ts/,
  ],
  ['a key twice', `${committed}  local:\n    phase: none\n`, /clusters\.yaml:\d+:3: .*twice.*\n.*remove one/],
  ['a tab', committed.replace('  local:', '\tlocal:'), /clusters\.yaml:\d+:1: .*tab.*\n.*spaces/],
  ['a syntax error', committed.replace('  local:', '  local: ['), /clusters\.yaml:\d+:\d+: the file is not YAML/],
  [
    'a misspelt field',
    committed.replace('phase: phase-1', 'fase: phase-1'),
    /clusters\.yaml:\d+:\d+: clusters\.europe-west4\.phase is missing/,
  ],
  [
    'an unknown field',
    committed.replace('phase: phase-1', 'phase: phase-1\n    note: x'),
    /clusters\.yaml:\d+:11: clusters\.europe-west4\.note is not a field/,
  ],
  ['an empty file', '', /clusters\.yaml:1:1: the file is not what belongs here/],
])('%s is refused with line, column, value and remedy', (_, text, expected) => {
  expect(messageFor(text)).toMatch(expected);
});

test('a phase that has no row in the phase table yet is refused: its folder would be empty', () => {
  const text = committed.replace('phase: phase-1', 'phase: phase-2');
  expect(() => readPins(text, platform, ['phase-1'])).toThrow(/"phase-2" is not built yet\n.*none, phase-1/);
});

test('the schema for editors says what the program checks', () => {
  const file: unknown = JSON.parse(readFileSync(path.join(__dirname, '../../platform/clusters.schema.json'), 'utf8'));
  expect(file).toEqual(z.toJSONSchema(pinsSchema));
});
