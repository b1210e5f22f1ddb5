import { groupOf, identityOf, type KubeObject } from '../model/kube-object';
import { parseDocuments } from '../model/manifest/parse';
import { canonicalQuantity, parseQuantity } from '../model/quantity';
import { platform } from '../platform/platform';
import { field, podSpecs } from '../testing/rendered';
import { manifestFileName } from './manifest-file';
import { renderPlatform } from './render';

const { cells } = renderPlatform(platform);
const all = cells.map(
  ({ phase, cluster, objects }) => [`${phase} on ${cluster.name}`, objects.map(({ object }) => object)] as const,
);

/** Kinds of ours that have no namespace. */
const CLUSTER_SCOPED = ['Namespace', 'PriorityClass', 'StorageClass', 'ResourceFlavor', 'ClusterQueue'];

function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, value]];
  return entries.flatMap(([key, entry]) => leaves(entry, `${path}/${key}`));
}

describe.each(all)('%s', (_, objects) => {
  test('nothing is null, and nothing that a filter has emptied is left', () => {
    for (const object of objects) {
      for (const [path, value] of leaves(object)) {
        expect([path, value]).not.toEqual([path, null]);
        // Empty on purpose: "all pods", and "nobody".
        const isMeant = path.endsWith('podSelector') || (object.kind === 'AuthorizationPolicy' && path === '/spec');
        if (!isMeant) expect([path, value]).not.toEqual([path, {}]);
      }
    }
  });

  test('no default of cdk8s or cdk8s-plus is in it', () => {
    const text = JSON.stringify(objects);
    expect(text).not.toContain('cdk8s.io');
    expect(text).not.toContain('"1500m"');
    expect(text).not.toContain('"25%"');
    expect(text).not.toContain('25000');
    expect(text).not.toContain('externalIPs');
  });

  test('every object has an identity of its own, a plain name, and a namespace exactly if its kind has one', () => {
    expect(new Set(objects.map(identityOf)).size).toBe(objects.length);
    for (const { kind, metadata } of objects) {
      expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      expect([kind, metadata.name, metadata.namespace]).toEqual([
        kind,
        metadata.name,
        CLUSTER_SCOPED.includes(kind) ? undefined : 'aia',
      ]);
    }
  });

  test('selectors hold the name of the workload and nothing that a refactoring could change', () => {
    const owners = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
    for (const owner of owners) {
      expect(field(owner, 'spec', 'selector')).toEqual({
        matchLabels: { 'app.kubernetes.io/name': owner.metadata.name },
      });
      expect(field(owner, 'spec', 'template', 'metadata', 'labels')).toMatchObject({
        'app.kubernetes.io/name': owner.metadata.name,
      });
    }
  });

  test('pods meet Pod Security restricted', () => {
    for (const { spec } of podSpecs(objects)) {
      expect(spec).toMatchObject({
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        automountServiceAccountToken: false,
      });
      for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) expect(spec[key]).toBeUndefined();
      for (const container of spec.containers as unknown[]) {
        expect(field(container, 'securityContext')).toEqual({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        });
      }
    }
  });

  test('every container says what it requests and may use, and every pod its priority and account', () => {
    for (const { owner, spec } of podSpecs(objects)) {
      for (const container of spec.containers as unknown[]) {
        for (const list of ['requests', 'limits']) {
          expect(Object.keys(field(container, 'resources', list) as object).sort()).toEqual(['cpu', 'memory']);
        }
      }
      expect(spec.priorityClassName).toMatch(/^aia-/);
      expect(spec.serviceAccountName).toBe(owner.split(' ')[1]);
    }
  });

  test('quantities are written as the API server hands them out', () => {
    for (const object of objects) {
      for (const [path, value] of leaves(object)) {
        if (!/\/(resources\/(requests|limits)|hard)\/|sizeLimit$/.test(path)) continue;
        expect([path, value]).toEqual([path, canonicalQuantity(parseQuantity(value as string))]);
      }
    }
  });

  test('pods that serve have a startup, a readiness and a liveness probe on ports they declare', () => {
    const serving = objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
    for (const { spec } of podSpecs(serving)) {
      for (const container of spec.containers as Record<string, unknown>[]) {
        const ports = container.ports as { name: string; containerPort: number }[];
        for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
          const port =
            field(container[kind], 'httpGet', 'port') ??
            field(container[kind], 'tcpSocket', 'port') ??
            field(container[kind], 'grpc', 'port');
          expect(ports.flatMap(({ name, containerPort }): unknown[] => [name, containerPort])).toContain(port);
        }
      }
    }
  });

  test('a disruption budget lets at least one pod go', () => {
    const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
    for (const budget of budgets) {
      const owner = objects.find(
        ({ kind, metadata }) => ['Deployment', 'StatefulSet'].includes(kind) && metadata.name === budget.metadata.name,
      );
      const replicas = field(owner, 'spec', 'replicas') as number;
      const { minAvailable, maxUnavailable } = budget.spec as { minAvailable?: number; maxUnavailable?: number };
      expect(maxUnavailable ?? replicas - (minAvailable ?? 0)).toBeGreaterThanOrEqual(1);
    }
  });

  test('the quota leaves room for every pod and for every surge', () => {
    const quota = objects.find(({ kind }) => kind === 'ResourceQuota');
    const cpu = parseQuantity(field(quota, 'spec', 'hard', 'requests.cpu') as string).nanos;
    const memory = parseQuantity(field(quota, 'spec', 'hard', 'requests.memory') as string).nanos;
    expect(cpu).toBeGreaterThanOrEqual(sumWithSurge(objects, 'cpu'));
    expect(memory).toBeGreaterThanOrEqual(sumWithSurge(objects, 'memory'));
  });
});

function sumWithSurge(objects: readonly KubeObject[], resource: string): bigint {
  let sum = 0n;
  for (const object of objects) {
    const template = field(object, 'spec', 'template') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template');
    if (template === undefined) continue;
    const replicas = (field(object, 'spec', 'replicas') ??
      field(object, 'spec', 'jobTemplate', 'spec', 'parallelism')) as number;
    const surge = (field(object, 'spec', 'strategy', 'rollingUpdate', 'maxSurge') ?? 0) as number;
    for (const container of field(template, 'spec', 'containers') as unknown[]) {
      sum +=
        parseQuantity(field(container, 'resources', 'requests', resource) as string).nanos * BigInt(replicas + surge);
    }
  }
  return sum;
}

test('what is written reads back as what was rendered, with the eyes of kubectl', () => {
  const { files } = renderPlatform(platform);
  const rendered = new Map<string, unknown>(
    cells.flatMap(({ phase, cluster, objects }) =>
      objects.map(
        ({ layer, object }) => [`${phase}/${cluster.name}/${layer}/${manifestFileName(object)}`, object] as const,
      ),
    ),
  );
  for (const [file, text] of files) expect([file, parseDocuments(text)]).toEqual([file, [rendered.get(file)]]);
});

test('every kind is rendered for one API group and version only', () => {
  const versions = new Map<string, Set<string>>();
  for (const [, objects] of all) {
    for (const { apiVersion, kind } of objects) {
      const key = `${groupOf(apiVersion)}/${kind}`;
      versions.set(key, (versions.get(key) ?? new Set()).add(apiVersion));
    }
  }
  for (const [kind, seen] of versions) expect([kind, seen.size]).toEqual([kind, 1]);
});
