import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { platform as aia } from '../platform/platform';
import { field, findObject, objectsOf } from '../testing/rendered';
import { tinyPlatform } from '../testing/tiny-platform';

const objects = objectsOf(tinyPlatform, 'phase-1', 'den');

describe('the constructs render a platform that has nothing in common with AIA', () => {
  test('with its own names, labels and namespace, and none of ours', () => {
    expect(JSON.stringify(objects)).not.toMatch(/aia/i);
    expect(findObject(objects, 'Namespace', 'storefront').metadata.labels).toMatchObject({
      'shop.test/cluster': 'den',
    });
    expect(findObject(objects, 'Deployment', 'basket').metadata.labels).toMatchObject({
      'app.kubernetes.io/part-of': 'shop',
      'shop.test/data-class': 'personal',
    });
  });

  test('with its own pools, tolerating the taints of those it may use', () => {
    const spec = field(findObject(objects, 'Deployment', 'basket'), 'spec', 'template', 'spec');
    const affinity = field(spec, 'affinity', 'nodeAffinity');
    expect(field(affinity, 'requiredDuringSchedulingIgnoredDuringExecution')).toEqual({
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'shop.test/pool', operator: 'In', values: ['green', 'blue'] }] }],
    });
    expect(field(affinity, 'preferredDuringSchedulingIgnoredDuringExecution')).toEqual([
      { weight: 100, preference: { matchExpressions: [{ key: 'shop.test/pool', operator: 'In', values: ['green'] }] } },
    ]);
    expect(field(spec, 'tolerations')).toEqual([
      { key: 'shop.test/blue', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
    ]);
  });

  test('with several containers and ports, from several registries', () => {
    const containers = field(findObject(objects, 'Deployment', 'basket'), 'spec', 'template', 'spec', 'containers') as {
      image: string;
    }[];
    expect(containers.map(({ image }) => image)).toEqual([
      'images.example.com/basket:7',
      'other.example.com/helper:1.2',
    ]);
    expect(field(findObject(objects, 'Service', 'basket'), 'spec', 'ports')).toEqual([
      { name: 'http', port: 1234, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' },
      { name: 'tcp-side', port: 4321, targetPort: 'tcp-side', protocol: 'TCP', appProtocol: 'tcp' },
    ]);
  });

  test('without a front door where the cluster has none, though a route is declared', () => {
    expect(objects.map(({ kind }) => kind)).not.toContain('Ingress');
  });
});

test('nothing about AIA stands in constructs/', () => {
  const names = [
    ...Object.keys(aia.workloads),
    ...Object.keys(aia.clusters),
    ...Object.keys(aia.images),
    aia.settings.labelDomain,
  ];
  for (const file of readdirSync(__dirname).filter((name) => !name.endsWith('.test.ts'))) {
    // Comments may give AIA as an example; strings may not.
    const code = readFileSync(path.join(__dirname, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    for (const name of names)
      expect([file, new RegExp(`['"\`/]${name}['"\`/]`).exec(code)?.[0]]).toEqual([file, undefined]);
  }
});
