import * as z from 'zod';
import { memoryQuantity } from './fields';
import type { Platform } from './platform';
import { PlatformError, type Problem } from './problems';
import { SOURCES } from './sources';
import { readYamlSource } from './yaml-source';

const dollars = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'is no amount of dollars in quotes, such as "0.18604"');
const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'is no day, such as "2026-08-03"');

/** A price with where and when it was read. */
function priced<Unit extends string>(
  unit: Unit,
): z.ZodObject<{ usd: typeof dollars; unit: z.ZodLiteral<Unit>; source: z.ZodString; date: typeof day }> {
  return z.strictObject({ usd: dollars, unit: z.literal(unit), source: z.string().min(5), date: day });
}

const capacities = z.strictObject({ 'on-demand': priced('hour'), spot: priced('hour').exactOptional() });
const gate = z.strictObject({ limit: z.int().min(1), source: z.string().min(5) });

/** Shape of `platform/prices.yaml`; `platform/prices.schema.json` is the same for editors. */
export const pricesSchema = z.strictObject({
  hoursPerMonth: z.int().min(672).max(744),
  nodes: z.record(z.string(), z.record(z.string(), capacities)),
  devices: z.record(z.string(), priced('hour')),
  cluster: priced('hour'),
  forwardingRules: z.strictObject({ firstFive: priced('hour'), further: priced('hour') }),
  loadBalancerData: priced('GiB'),
  egress: priced('GiB'),
  disks: z.record(z.string(), priced('GiB-month')),
  bootDisk: z.strictObject({ type: z.string(), size: memoryQuantity, reason: z.string().min(5) }),
  traffic: z.strictObject({
    inGiBPerMonth: z.int().min(0),
    outGiBPerMonth: z.int().min(0),
    reason: z.string().min(5),
  }),
  ownHardware: z.record(z.string(), z.string().min(5)),
  notPriced: z.record(z.string(), z.string().min(5)),
  gates: z.strictObject({ usdPerMonth: gate, spotSavingPercent: gate }),
});

/** The price table: what is paid for, in dollars as text; `microUsd` makes exact integers of them. */
export type Prices = z.infer<typeof pricesSchema>;

/**
 * Reads what things cost.
 *
 * @param text content of `platform/prices.yaml`
 * @throws PlatformError with line and column of every problem.
 */
export function readPrices(text: string, platform: Platform): Prices {
  const { data, report } = readYamlSource(SOURCES.prices, text, pricesSchema, {
    invalidValue: 'is none of the values this field takes',
    form: 'write "{ usd: \'0.10\', unit: hour, source: <where it was read>, date: <YYYY-MM-DD> }" for a price',
  });
  const problems: Problem[] = ['nodes', 'ownHardware'].flatMap((section) =>
    Object.keys(data[section as 'nodes' | 'ownHardware']).flatMap((machine) =>
      Object.hasOwn(platform.machines, machine)
        ? []
        : report(
            [section, machine],
            undefined,
            `is no machine of ${SOURCES.machines}`,
            `write one of ${Object.keys(platform.machines).join(', ')}, or remove it`,
          ),
    ),
  );
  for (const machine of Object.keys(data.ownHardware)) {
    if (!Object.hasOwn(data.nodes, machine)) continue;
    problems.push(report(['ownHardware', machine], undefined, 'has a price under nodes too', 'remove one of the two'));
  }
  if (!Object.hasOwn(data.disks, data.bootDisk.type)) {
    const fix = `write one of ${Object.keys(data.disks).join(', ')}, or add it to disks`;
    problems.push(report(['bootDisk', 'type'], data.bootDisk.type, 'has no price under disks', fix));
  }
  if (problems.length > 0) throw new PlatformError(problems);
  return data;
}

/** Dollars as text in exact millionths: `0.18604` is 186040. */
export function microUsd({ usd }: { readonly usd: string }): bigint {
  const [whole = '0', fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}
