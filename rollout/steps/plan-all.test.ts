import type { PhaseId } from '../../model/platform/phase';
import { siteOf } from '../../testing/site';
import { planAll } from './plan-all';

const ALL = ['phase-1', 'phase-2', 'phase-3'] as const;
const clusters = ['europe-west4', 'europe-west1', 'edge-1'].map((name) => siteOf(name).cluster);

const way = (pins: Readonly<Record<string, PhaseId | 'none'>>, rendered: readonly PhaseId[] = ALL): string[] =>
  planAll(clusters, new Map(Object.entries(pins)), rendered).map(
    ({ cluster, from, to }) => `${cluster} ${from}..${to}`,
  );

test('the first time the region goes before the edge site that sends to it and the standby that follows it', () => {
  expect(way({ 'europe-west4': 'phase-1', 'europe-west1': 'none', 'edge-1': 'none' })).toEqual([
    'europe-west4 phase-1..phase-2',
    'europe-west4 phase-2..phase-3',
    'edge-1 none..phase-3',
    'europe-west1 none..phase-3',
  ]);
});

test('later edge and standby go before the region', () => {
  expect(way({ 'europe-west4': 'phase-2', 'europe-west1': 'phase-3', 'edge-1': 'phase-3' })).toEqual([
    'edge-1 phase-3..phase-3',
    'europe-west1 phase-3..phase-3',
    'europe-west4 phase-2..phase-3',
  ]);
});

test('from nothing the region begins with phase 1, and clusters of later phases wait until those are built', () => {
  expect(way({}, ['phase-1', 'phase-2'])).toEqual(['europe-west4 none..phase-1', 'europe-west4 phase-1..phase-2']);
});
