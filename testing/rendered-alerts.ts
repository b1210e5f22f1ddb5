import type { KubeObject } from '../model/kube-object';
import type { Platform } from '../model/platform/platform';
import { renderPlatform } from '../phases/render';

/** An alert of a PrometheusRule, as Prometheus will know it. */
export interface RenderedAlert {
  readonly alert: string;
  /** Labels that the rule adds; those of its expression come beside them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every alert that is rendered in any phase for any cluster, each with the same labels and annotations once. */
export function renderedAlerts(platform: Platform): RenderedAlert[] {
  const all = renderPlatform(platform).cells.flatMap(({ objects }) =>
    objects.flatMap(({ object }) => alertsOf(object)),
  );
  return [...new Map(all.map((alert) => [JSON.stringify(alert), alert])).values()];
}

function alertsOf({ kind, spec }: KubeObject): RenderedAlert[] {
  if (kind !== 'PrometheusRule') return [];
  const { groups } = spec as { groups: { rules: Partial<RenderedAlert>[] }[] };
  return groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, labels = {}, annotations = {} }) =>
      alert === undefined ? [] : [{ alert, labels, annotations }],
    ),
  );
}
