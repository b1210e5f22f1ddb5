import { createColors } from 'picocolors';
import { describeObject } from '../../model/kube-object';
import { SCALES, type ScaleName } from '../../model/scales';
import { textTable } from '../../model/text-table';
import { amountText } from '../amount-text';
import { MOMENTS, type Amounts, type MomentName } from '../amounts';
import type { Capacity } from '../capacity';
import type { Loss } from '../losses';
import type { Placed } from '../placed';
import { listOf } from '../problems';
import type { Rollout } from '../rollouts';
import type { ScaleAnswer } from '../scale-answer';
import { picture, type PictureOptions } from './picture';

export interface TextOptions extends PictureOptions {
  /** Scale whose nodes are drawn. */
  readonly at: ScaleName;
  readonly color: boolean;
}

const TITLES: Readonly<Record<MomentName, string>> = {
  minimum: 'minimum',
  expected: 'expected',
  maximum: 'maximum',
  rollingUpdate: 'rolling update',
};

/** One set of objects, for people. */
export function renderText(title: string, capacity: Capacity, options: TextOptions): string {
  const { bold, red, green, yellow } = createColors(options.color);
  const { placed, problems } = capacity;
  const parts = [bold(title), totalsTable(capacity), workloadsTable(capacity)];
  if (placed === undefined) {
    parts.push('No nodes are known for these objects, so nothing is placed: --phase and --cluster name some.');
  } else {
    parts.push(
      `Nodes at the ${TITLES[options.at]}, DaemonSets included:\n${picture(placed, placed.scales[options.at], options)}`,
      lossTable(placed.losses),
      [...orderNotes(placed), ...rolloutNotes(placed.rollouts)].map((note) => `${yellow('note')}  ${note}`).join('\n'),
    );
  }
  parts.push(
    problems
      .map(({ scale, message, fix }) => `${red('no')}    at the ${scale}, ${message}\n  ${green('fix:')} ${fix}`)
      .join('\n'),
  );
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function totalsTable({ totals, placed }: Capacity): string {
  const rows = MOMENTS.map((moment) => {
    const { pods, cpuMillicores, memoryBytes } = totals[moment];
    const there = placed?.allocatable;
    return [
      TITLES[moment],
      String(pods),
      amountText('cpu', cpuMillicores),
      ...(there ? [shareOf(cpuMillicores, there.cpuMillicores)] : []),
      amountText('memory', memoryBytes),
      ...(there ? [shareOf(memoryBytes, there.memoryBytes)] : []),
      extendedText(totals[moment]),
      ...(placed && moment !== 'rollingUpdate' ? verdictOf(placed.scales[moment]) : placed ? ['', ''] : []),
    ];
  });
  const share = placed ? [`OF ${amountText('cpu', placed.allocatable.cpuMillicores).toUpperCase()}`] : [];
  const memory = placed ? [`OF ${amountText('memory', placed.allocatable.memoryBytes)}`] : [];
  const head = [
    '',
    'PODS',
    'CPU',
    ...share,
    'MEMORY',
    ...memory,
    'OTHER',
    ...(placed ? ['A PLACEMENT', 'SPREAD SCHEDULING'] : []),
  ];
  return withoutEmpty(head, rows, placed ? 'lrrrrrlll' : 'lrrrl');
}

function verdictOf({ placement, orders }: ScaleAnswer): string[] {
  const waits = placement.waiting.length === 0 ? '' : `, ${listOf(placement.waiting)} wait`;
  const strands = `strands ${orders.stranding === 0 ? 'none' : String(orders.stranding)} of ${orders.orders} orders`;
  return [`${placement.answer}${waits}`, orders.orders === 0 ? 'not asked' : strands];
}

function workloadsTable({ workloads, addons }: Capacity): string {
  const pods = (amounts: Readonly<Record<MomentName, Amounts>>): string[] =>
    MOMENTS.map((moment) => String(amounts[moment].pods));
  const rows = workloads.map(({ object, onePod, moments, role }) => [
    describeObject(object),
    amountText('cpu', onePod.cpuMillicores),
    amountText('memory', onePod.memoryBytes),
    extendedText(onePod),
    ...pods(moments),
    role === 'node' ? 'one a node' : '',
  ]);
  if (addons.maximum.cpuMillicores > 0n) {
    rows.push(['add-ons, together', ...addonCells(addons)]);
  }
  const head = [
    'WORKLOAD',
    'CPU OF A POD',
    'MEMORY',
    'OTHER',
    ...MOMENTS.map((name) => TITLES[name].toUpperCase()),
    '',
  ];
  return withoutEmpty(head, rows, 'lrrlrrrrl');
}

function addonCells(addons: Capacity['addons']): string[] {
  const { cpuMillicores, memoryBytes } = addons.maximum;
  const pods = SCALES.map((scale) => String(addons[scale].pods));
  return [
    amountText('cpu', cpuMillicores),
    amountText('memory', memoryBytes),
    '',
    ...pods,
    pods[2] ?? '',
    'with DaemonSets on each node',
  ];
}

function lossTable(losses: readonly Loss[]): string {
  if (losses.length === 0) return '';
  const keys = [...new Set(losses.map(({ kind, of }) => `${kind} ${of}`))];
  const rows = keys.map((key) => {
    const own = losses.filter(({ kind, of }) => `${kind} ${of}` === key);
    const title =
      own[0]?.kind === 'zone' ? `zone ${own[0].of} (${own[0].nodes.length} nodes)` : `one node of ${own[0]?.of ?? ''}`;
    return [title, ...SCALES.map((scale) => lossText(own.find((loss) => loss.scale === scale)))];
  });
  return textTable(['WHEN THIS IS LOST', ...SCALES.map((scale) => scale.toUpperCase())], rows, 'llll');
}

/** Names would not fit: the JSON has them. */
function lossText(loss: Loss | undefined): string {
  const pods = (list: Loss['pending']): number => list.reduce((sum, entry) => sum + entry.pods, 0);
  if (!loss) return '';
  if (loss.pending.length > 0) return `${pods(loss.pending)} pods Pending`;
  return loss.waiting.length > 0 ? `fits, ${pods(loss.waiting)} wait` : 'fits';
}

function orderNotes({ scales }: Placed): string[] {
  return SCALES.flatMap((scale) => {
    const { placement, orders } = scales[scale];
    const waits =
      placement.waiting.length > 0
        ? [
            `at the ${scale}, ${listOf(placement.waiting)} may have to wait, as the lowest priority may: ${placement.because ?? ''}`,
          ]
        : [];
    if (orders.stranding === 0) return waits;
    const worst = orders.stranded.slice(0, 3).map(({ owner, orders: times }) => `${owner} (${times})`);
    return [
      ...waits,
      `at the ${scale}, ${orders.stranding} of ${orders.orders} orders of arrival leave a pod Pending although ${placement.answer === 'exists' ? 'a placement exists' : 'others fit'}, most often ${worst.join(', ')}`,
    ];
  });
}

function rolloutNotes(rollouts: readonly Rollout[]): string[] {
  if (rollouts.length === 0) return [];
  const stuck = rollouts.filter(({ answer, stalls }) => answer !== 'exists' || stalls > 0);
  if (stuck.length === 0) return ['every rolling update finds room for its surge, at the minimum and at the maximum'];
  return stuck.map(({ owner, scale, surge, answer, because, stalls, orders }) => {
    const what = `at the ${scale}, the update of ${owner} starts ${surge} more`;
    const placed =
      answer === 'exists'
        ? 'a placement exists'
        : `no placement ${answer === 'impossible' ? 'exists' : 'was found'}: ${because ?? ''}`;
    return `${what}: ${placed}${orders > 0 ? `; it waits in ${stalls} of ${orders} orders` : ''}`;
  });
}

function shareOf(part: bigint, whole: bigint): string {
  return whole === 0n ? '' : `${((Number(part) * 100) / Number(whole)).toFixed(1)} %`;
}

function extendedText({ extended }: Amounts): string {
  return Object.entries(extended)
    .map(([name, amount]) => amountText(name, amount))
    .join(', ');
}

/** Leaves out columns in which nothing stands but a title. */
function withoutEmpty(head: readonly string[], rows: readonly (readonly string[])[], aligns: string): string {
  const kept = head.map((_, at) => at).filter((at) => rows.some((row) => (row[at] ?? '') !== ''));
  const pick = (row: readonly string[]): string[] => kept.map((at) => row[at] ?? '');
  return textTable(pick(head), rows.map(pick), kept.map((at) => aligns[at] ?? 'l').join(''));
}
