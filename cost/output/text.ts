import { createColors } from 'picocolors';
import { describeObject } from '../../model/kube-object';
import { SCALES, type PerScale } from '../../model/scales';
import { textTable } from '../../model/text-table';
import type { Cost } from '../cost';
import type { ClusterCost, Gate } from '../gates';
import { dollarText, type MicroUsd } from '../money';
import type { Saving } from '../saving';

const HEAD = SCALES.map((scale) => scale.toUpperCase());

/** One set of objects, for people: the bill, whose share is what, the saving, what is not priced. */
export function renderText(title: string, cost: Cost, color: boolean): string {
  const { bold } = createColors(color);
  const parts = [
    bold(title),
    billTable(cost),
    sharesTable(cost),
    savingText(cost.saving),
    assumptions(cost),
    missing(cost),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** All clusters together, the limits, and what no sum has in it. */
export function renderSummary(
  costs: readonly ClusterCost[],
  gates: readonly Gate[],
  notPriced: readonly string[],
  color: boolean,
): string {
  const { bold, green, red, dim } = createColors(color);
  const rows = costs.map(({ phase, cluster, cost }) => [phase, cluster, ...cells(cost.total)]);
  const table = textTable(['PHASE', 'CLUSTER', ...HEAD], rows, 'llrrr');
  const lines = gates.map(({ gate, answer, message, fix }) => {
    const mark = answer === 'kept' ? green('kept') : answer === 'none' ? dim('none') : red(answer);
    return `${mark}  ${gate}: ${message}${fix === '' ? '' : `\n  ${green('fix:')} ${fix}`}`;
  });
  const parts = [
    ...(costs.length > 0 ? [`${bold('USD a month')}\n\n${table}`] : []),
    lines.join('\n'),
    `Not in any of these sums: ${notPriced.join('; ')}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function billTable({ lines, total }: Cost): string {
  if (lines.length === 0) return '';
  const rows = lines.map(({ text, microUsdPerMonth, assumption }) => [
    assumption === undefined ? text : `${text} *`,
    ...cells(microUsdPerMonth),
  ]);
  return textTable(['USD A MONTH', ...HEAD], [...rows, ['total', ...cells(total)]], 'lrrr');
}

function sharesTable({ workloads, shared, lines }: Cost): string {
  if (lines.length === 0) return '';
  const rows = workloads
    .filter(({ microUsdPerMonth }) => microUsdPerMonth.maximum > 0n)
    .map(({ object, microUsdPerMonth }) => [describeObject(object), ...cells(microUsdPerMonth)]);
  return textTable(
    ['OF WHICH FOR', ...HEAD],
    [
      ...rows,
      ['add-ons on the nodes', ...cells(shared.addons)],
      ['idle nodes', ...cells(shared.idle)],
      ['shared: boot disks, load balancers, fees', ...cells(shared.other)],
    ],
    'lrrr',
  );
}

function savingText(saving: Saving | undefined): string {
  if (saving === undefined) return '';
  const slots = saving.workloads.map(({ object, slots: at }) => [
    describeObject(object),
    ...SCALES.map(
      (scale) => `${percent(at[scale].basisPoints)} (${at[scale].onSpot} of ${at[scale].replicas} on spot)`,
    ),
  ]);
  const table = slots.length === 0 ? '' : `${textTable(['SPOT SAVES ON REPLICA SLOTS', ...HEAD], slots, 'lrrr')}\n`;
  return `${table}Spot saves ${percent(saving.nodeBasisPoints)} on the whole node bill.`;
}

function assumptions({ lines }: Cost): string {
  const reasons = [...new Set(lines.flatMap(({ assumption }) => assumption ?? []))];
  return reasons.map((reason) => `* not measured: ${reason}`).join('\n');
}

/** What belongs to this set; what no set ever has stands at the end. */
function missing({ notPriced }: Cost): string {
  const own = notPriced.filter(({ missing: isMissing, what }) => isMissing || /^\d|^everything/.test(what));
  return own.map(({ what, reason }) => `not priced: ${what} (${reason})`).join('\n');
}

function cells(amounts: PerScale<MicroUsd>): string[] {
  return SCALES.map((scale) => dollarText(amounts[scale]));
}

function percent(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)} %`;
}
