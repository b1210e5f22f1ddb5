import { referenceTo } from '../../model/kube-object';
import type { Cost } from '../cost';

/** One set as `docs/cost.md` documents it; bigints are left to the writer. */
export function costJson(
  name: string,
  cell: { readonly phase: string; readonly cluster: string } | undefined,
  { lines, total, workloads, shared, saving, notPriced }: Cost,
): Record<string, unknown> {
  return {
    set: name,
    phase: cell?.phase ?? null,
    cluster: cell?.cluster ?? null,
    microUsdPerMonth: total,
    lines: lines.map(({ kind, text, microUsdPerMonth, object, assumption }) => ({
      kind,
      text,
      microUsdPerMonth,
      object: object === undefined ? null : referenceTo(object),
      assumption: assumption ?? null,
    })),
    workloads: workloads.map(({ object, microUsdPerMonth }) => ({ object: referenceTo(object), microUsdPerMonth })),
    shared,
    saving:
      saving === undefined
        ? null
        : {
            nodeBasisPoints: saving.nodeBasisPoints,
            workloads: saving.workloads.map(({ object, slots }) => ({ object: referenceTo(object), ...slots })),
          },
    notPriced,
  };
}
