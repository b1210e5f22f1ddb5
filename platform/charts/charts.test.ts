import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { valueAt } from '../../model/platform/chart';
import { chartFile } from '../../model/platform/sources';
import { platform } from '../platform';
import { charts } from '.';

const root = path.join(__dirname, '../..');

/** Millicores that the charts' values request for an add-on, summed here by hand so that the model's sum is not its own proof. */
function millicores(addon: string, perNode: boolean): number {
  return Object.values(platform.charts)
    .flatMap((chart) => chart.parts.map((part) => ({ ...part, values: chart.values })))
    .filter((part) => part.addon === addon && (part.count === 'perNode') === perNode)
    .map(({ values, resourcesAt, count }) => {
      const cpu = valueAt(values, `${resourcesAt}.requests.cpu`) as string;
      expect(cpu).toMatch(/^\d+m$/);
      return parseInt(cpu, 10) * (count === 'perNode' ? 1 : count);
    })
    .reduce((sum, amount) => sum + amount, 0);
}

// Platform design, section 6, table "Platform": CPU without the ingress controller. Beside metrics-server the 300m hold
// the cluster's DNS, beside exporter and collector the 200m of a node hold the cloud's drivers.
test.each([
  ['monitoring', false, 850],
  ['logging', false, 250],
  ['certificates-and-secrets', false, 200],
  ['dns-and-metrics', false, 300 - 200],
  ['node-agents', true, 200 - 100],
] as const)('values of the charts of %s (per node: %s) request %dm', (addon, perNode, expected) => {
  expect(millicores(addon, perNode)).toBe(expected);
});

test('every chart has a file of its name and says where its version was read', () => {
  const files = readdirSync(__dirname).filter((name) => !/^(index|placement|.*\.test)\.ts$/.test(name));
  expect(files.map((name) => name.replace('.ts', '')).sort()).toEqual(Object.keys(charts).sort());
  for (const [name, { readAt }] of Object.entries(charts)) {
    expect(existsSync(path.join(root, chartFile(name)))).toBe(true);
    expect([name, readAt.commit]).toEqual([name, expect.stringMatching(/^[0-9a-f]{40}$/)]);
  }
});

test('definitions outlive their chart: deleting one deletes every object of its kind', () => {
  const kept = {
    'argocd.argoproj.io/sync-options': 'Prune=false',
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  };
  expect(charts['external-secrets'].values.crds.annotations).toEqual(kept);
  expect(charts['prometheus-operator-crds'].values.crds.annotations).toEqual(kept);
  expect(charts['cert-manager'].values.crds.keep).toBe(true);
  expect(charts['kube-prometheus-stack'].values.crds.enabled).toBe(false);
});

test('classes that a chart names are there before it: priority classes belong to the platform layer', () => {
  for (const [name, chart] of Object.entries(platform.charts)) {
    const classes = JSON.stringify(chart.values).match(/(?<="(?:p|podP)riorityClassName":")[^"]+/g) ?? [];
    for (const priority of classes) expect(Object.keys(platform.priorities)).toContain(priority);
    if (classes.length > 0 || chart.storageClassAt !== undefined) expect([name, chart.stage]).toEqual([name, 'after']);
  }
});
