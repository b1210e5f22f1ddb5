/**
 * Which file of `platform/` a piece of data stands in. Messages name it; `platform/platform.test.ts` proves that the
 * files are where this says.
 */
export const SOURCES = {
  settings: 'platform/settings.ts',
  schedule: 'platform/schedule.ts',
  mesh: 'platform/mesh.ts',
  clusters: 'platform/clusters.ts',
  infrastructure: 'platform/infrastructure.ts',
  machines: 'platform/machines.ts',
  images: 'platform/images.ts',
  priorities: 'platform/priorities.ts',
  addons: 'platform/addons.ts',
  promises: 'platform/promises.ts',
  dataProtection: 'platform/data-protection.ts',
  recovery: 'platform/recovery.ts',
  routing: 'platform/routing.ts',
  globalDns: 'platform/global-dns.ts',
  charts: 'platform/charts/index.ts',
  gates: 'platform/gates.ts',
  metrics: 'platform/metrics/index.ts',
  workloads: 'platform/workloads/index.ts',
  pins: 'platform/clusters.yaml',
  digests: 'platform/digests.yaml',
  prices: 'platform/prices.yaml',
} as const;

/** The file of one workload. */
export function workloadFile(name: string): string {
  return `platform/workloads/${name}.ts`;
}

/** The file of one chart. */
export function chartFile(name: string): string {
  return `platform/charts/${name}.ts`;
}
