/** Units that panels may have, by the name that Grafana gives them. */
export const UNITS = {
  count: 'short',
  ratio: 'percentunit',
  milliseconds: 'ms',
  seconds: 's',
  bytes: 'bytes',
  bytesPerSecond: 'binBps',
  requestsPerSecond: 'reqps',
  perSecond: 'ops',
  cores: 'none',
} as const;

export interface Query {
  /** PromQL, with Grafana's variables. */
  readonly expr: string;
  /** What a series is called: text with `{{label}}`, or one label. */
  readonly legend?: string;
}

/** From this value on the panel changes its colour; below the first it is green. */
export interface Step {
  readonly from: number;
  readonly color: 'green' | 'yellow' | 'orange' | 'red';
}

export interface PanelSpec {
  readonly kind: 'timeseries' | 'stat' | 'table';
  readonly title: string;
  /** In plain words: what it shows, and what to think of it. */
  readonly description: string;
  readonly unit: keyof typeof UNITS;
  readonly queries: readonly Query[];
  /** Of the platform's own data, never guessed. The colour below the first is green, unless the first says `from: 0`. */
  readonly steps?: readonly Step[];
  /** Page of docs/runbooks/ for whoever does not like what it shows. */
  readonly runbook?: string;
  /** Series on top of each other. */
  readonly stacked?: boolean;
  /** Of 24 columns. */
  readonly width?: number;
  /** In rows of Grafana's grid. */
  readonly height?: number;
  /** Top of the axis. */
  readonly max?: number;
}

export interface RowSpec {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

/** A choice above the dashboard. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
}

export interface BoardSpec {
  /** Part of the address in Grafana: it must never change, or bookmarks and links break. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly choices?: readonly Choice[];
  readonly rows: readonly RowSpec[];
}
