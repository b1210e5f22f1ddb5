import { load } from 'js-yaml';
import { platform } from '../platform/platform';
import { tinyPlatform } from '../testing/tiny-platform';
import { renderInfrastructure } from './render';
import { isRenderedFile } from './rendered-file';

const files = renderInfrastructure(platform);
const text = (file: string): string => {
  const found = files.get(file);
  if (found === undefined) throw new Error(`no ${file} among ${[...files.keys()].join(', ')}`);
  return found;
};

test('every file says that it is rendered and where it belongs; a copy elsewhere or a change of the head is told', () => {
  for (const [file, content] of files) {
    expect([file, isRenderedFile(file, content)]).toEqual([file, true]);
    expect(isRenderedFile(`copy-of-${file}`, content)).toBe(false);
    expect(isRenderedFile(file, content.replace('# Rendered', '# Written'))).toBe(false);
  }
});

test('scripts are programs, except what they share', () => {
  const programs = [...files].filter(([, content]) => content.startsWith('#!')).map(([file]) => file);
  expect(programs.sort()).toEqual([...files.keys()].filter((file) => /(?<!common)\.sh$/.test(file)).sort());
});

test('kind has a worker for each node of local, with the labels that the manifests ask for', () => {
  const { kind, apiVersion, nodes } = load(text('kind/local.yaml')) as {
    kind: string;
    apiVersion: string;
    nodes: { role: string; labels?: Record<string, string> }[];
  };
  expect([kind, apiVersion]).toEqual(['Cluster', 'kind.x-k8s.io/v1alpha4']);
  expect(nodes.map(({ role, labels }) => [role, labels?.['aia.io/pool'], labels?.['aia.io/capacity-spread']])).toEqual([
    ['control-plane', undefined, undefined],
    ['worker', 'core', '1'],
    ['worker', 'cognitive', '1'],
    ['worker', 'ml', '1'],
  ]);
});

test('kind gets taints through kubeadm, since it has no field for them', () => {
  const den = { ...tinyPlatform.clusters.den, build: { kind: 'kind' } } as (typeof tinyPlatform.clusters)[string];
  const rendered = renderInfrastructure({ ...tinyPlatform, clusters: { den } });
  const { nodes } = load(rendered.get('kind/den.yaml') ?? '') as { nodes: { kubeadmConfigPatches?: string[] }[] };
  // A control plane, two green nodes, two blue ones with the taint.
  expect(nodes.map(({ kubeadmConfigPatches }) => kubeadmConfigPatches?.length ?? 0)).toEqual([0, 0, 0, 1, 1]);
  expect(load(nodes[3]?.kubeadmConfigPatches?.[0] ?? '')).toEqual({
    kind: 'JoinConfiguration',
    nodeRegistration: { taints: [{ key: 'shop.test/blue', value: 'yes', effect: 'NoSchedule' }] },
  });
});

test('an edge site encrypts its Secrets and has the label and taint of its pool', () => {
  const script = text('edge/edge-1/install.sh');
  for (const flag of ['secrets-encryption', 'node-label=aia.io/pool=edge', 'node-taint=aia.io/edge=true:NoSchedule'])
    expect(script).toContain(`  --${flag}`);
});

test('a self-managed control plane encrypts by KMS v2 first and still reads what is not encrypted', () => {
  const configuration = load(text('self-managed/encryption-configuration.yaml')) as {
    resources: { resources: string[]; providers: Record<string, { apiVersion?: string }>[] }[];
  };
  expect(configuration).toMatchObject({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [{ resources: ['secrets'], providers: [{ kms: { apiVersion: 'v2' } }, { identity: {} }] }],
  });
});

test('a cluster that somebody else builds has nothing here', () => {
  expect([...renderInfrastructure(tinyPlatform).keys()]).toEqual(['self-managed/encryption-configuration.yaml']);
});
