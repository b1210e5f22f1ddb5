import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** The schema of SARIF 2.1.0 itself; the package brings it along with its matchers. */
const SCHEMA = require.resolve('@microsoft/jest-sarif').replace(/lib[\\/].*$/, 'lib/schemas/sarif-2.1.0-rtm.5.json');

/** What the schema finds wrong with a log; null where it is valid. */
export function faultsOf(log: unknown): unknown {
  // Draft 4, of which ajv 8 minds only the two keywords about the schema itself.
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'), (key, value: unknown) =>
    key === 'id' || key === '$schema' ? (typeof value === 'string' ? undefined : value) : value,
  ) as object;
  const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false }));
  ajv.validate(schema, log);
  return ajv.errors;
}
