/**
 * What Grafana puts in the place of its own variables before a query leaves for Prometheus. The durations are examples:
 * any would do, where only the form of the query is looked at.
 */
const GRAFANA_VARIABLES: Readonly<Record<string, string>> = {
  __rate_interval: '1m',
  __interval: '15s',
  __range: '6h',
};

/** A query as Prometheus gets it; a variable of the dashboard becomes a word of its own name. */
export function withoutVariables(query: string): string {
  return query.replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole: string, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    // `$1` of label_replace is none of Grafana's.
    return /^\d/.test(name) ? whole : (GRAFANA_VARIABLES[name] ?? name);
  });
}
