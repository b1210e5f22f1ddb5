import path from 'node:path';
import Ajv, { type SchemaObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

const SDK = path.join(__dirname, '../node_modules/@grafana/grafana-foundation-sdk/dist');

/**
 * A validator of what Grafana's SDK declares under a name. Grafana generates the SDK's types from the schemas of
 * Grafana itself; from those types this makes a JSON Schema again, in which what is not declared is not allowed.
 *
 * What it can't see: what Grafana calls `any` (`options` and `custom` of a panel, which have types of their own in the
 * folder of their kind; `query` of a variable), and whether a value makes sense to the panel that reads it.
 *
 * @param folder of the SDK: `dashboard`, or the kind of a panel or data source.
 */
export function grafanaSchema(folder: string, type: string): ValidateFunction {
  const schema = createGenerator({
    path: path.join(SDK, folder, 'types.gen.d.ts'),
    tsconfig: path.join(__dirname, 'grafana-schema.tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: false,
    functions: 'hide',
  }).createSchema(type);
  return new Ajv({ strict: false, allErrors: true }).compile(schema as SchemaObject);
}
