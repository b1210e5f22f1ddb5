import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { platform } from '../../platform/platform';
import { microUsd, pricesSchema, readPrices } from './prices';
import { PlatformError } from './problems';

const file = (name: string): string => readFileSync(path.join(__dirname, '../../platform', name), 'utf8');
const committed = file('prices.yaml');

function messageFor(text: string): string {
  try {
    readPrices(text, platform);
  } catch (error) {
    if (error instanceof PlatformError) return error.message;
    throw error;
  }
  throw new Error('the file was accepted');
}

test('C9: every price says where it was read and on which day', () => {
  const found: unknown[] = [];
  JSON.stringify(readPrices(committed, platform), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'usd' in value) found.push(value);
    return value;
  });
  expect(found.length).toBeGreaterThan(8);
  for (const price of found)
    expect(price).toMatchObject({
      source: expect.any(String) as string,
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    });
});

test.each([
  [
    'an amount that is a number',
    committed.replace("usd: '0.18604'", 'usd: 0.18604'),
    /prices\.yaml:\d+:14: nodes\.n2d-standard-4\.europe-west4\.on-demand\.usd: 0\.18604 is not what belongs here/,
  ],
  [
    'an amount with a currency',
    committed.replace("usd: '0.10'", "usd: '$0.10'"),
    /prices\.yaml:\d+:8: cluster\.usd: "\$0\.10" is no amount of dollars/,
  ],
  [
    'a price without a source',
    committed.replace(/ {2}source: GKE.*\n/, ''),
    /prices\.yaml:\d+:1: cluster\.source is missing\n.*source:/,
  ],
  ['a day that is none', committed.replace("date: '2026-08-03'", "date: '2026-13-03'"), /date: "2026-13-03" is no day/],
  [
    'another unit',
    committed.replace('unit: hour', 'unit: day'),
    /unit: "day" is none of the values.*\n.*write one of hour/,
  ],
  [
    'a machine that is not there',
    committed.replace('n2d-standard-4:', 'n2d-standard-5:'),
    /nodes\.n2d-standard-5 is no machine of platform\/machines\.ts/,
  ],
  [
    'a boot disk without a price',
    committed.replace('type: pd-balanced', 'type: pd-ssd'),
    /bootDisk\.type: "pd-ssd" has no price/,
  ],
  [
    'a machine that is both rented and bought',
    committed.replace('  edge-site:', '  n2d-standard-4:'),
    /has a price under nodes too/,
  ],
  ['a key twice', `${committed}\ndisks: {}\n`, /twice/],
])('%s is refused with line, column and remedy', (_, text, expected) => {
  expect(messageFor(text)).toMatch(expected);
});

test('dollars become exact millionths', () => {
  expect([microUsd({ usd: '0.18604' }), microUsd({ usd: '12' }), microUsd({ usd: '0.000001' })]).toEqual([
    186_040n,
    12_000_000n,
    1n,
  ]);
});

test('the schema for editors says what the program checks', () => {
  expect(JSON.parse(file('prices.schema.json'))).toEqual(z.toJSONSchema(pricesSchema));
});
