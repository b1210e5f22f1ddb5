import Table from 'cli-table3';
import { percent } from '../gates/verdict';
import { gateText } from '../steps/result-text';
import type { ClusterStatus } from './cluster-status';

const NO_BORDERS = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
  ...{ 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
};

/** One row a cluster, then the gate of each that was looked at. */
export function statusText(statuses: readonly ClusterStatus[]): string {
  const table = new Table({
    head: ['CLUSTER', 'PINNED', 'RUNNING', 'HEALTH', 'ARGO CD', 'COST A MONTH', 'NEXT'],
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const status of statuses) {
    const { cluster, pinned, running, sync, next } = status;
    table.push([cluster, pinned, running ?? '–', healthText(status), sync ?? '–', costText(status), next ?? '–']);
  }
  const details = statuses.flatMap(({ cluster, pinned, gate, heldBackBy, lastStep }) => [
    ...(gate === undefined ? [] : ['', `${cluster}, gate of ${pinned} as of now:`, gateText(gate)]),
    ...(heldBackBy.length === 0
      ? []
      : [`${gate === undefined ? `${cluster}: ` : '  '}held back by: ${heldBackBy.join('; ')}`]),
    ...(lastStep === undefined ? [] : [`  last step: ${lastStep}`]),
  ]);
  return [
    table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n'),
    ...details,
  ].join('\n');
}

function healthText({ health, available, desired }: ClusterStatus): string {
  return health === undefined ? '–' : `${percent(health)} (${available ?? 0} of ${desired ?? 0})`;
}

function costText({ cost }: ClusterStatus): string {
  if (cost === undefined) return '–';
  const [min, max] = [cost.min, cost.max].map((usd) => usd.toFixed(2));
  return min === max ? `${min ?? ''} USD` : `${min ?? ''} – ${max ?? ''} USD`;
}
