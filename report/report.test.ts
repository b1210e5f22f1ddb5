import { readObjects } from '../model/manifest/objects';
import { parseDocuments } from '../model/manifest/parse';
import { renderReportHtml } from './html/report-page';
import { elsewhere, mainSet, reportOf } from './report';
import type { Report, SetReport } from './report-model';

const FOREIGN = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: store
  namespace: shop
  labels: { example.org/data-class: personal }
  annotations: { example.org/purpose: Keep orders, example.org/retention-days: "30", kubernetes.io/description: The orders }
spec:
  replicas: 2
  selector: { matchLabels: { app: store } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, resources: { requests: { storage: 5Gi } } } }]
  template:
    metadata: { labels: { app: store } }
    spec:
      securityContext: { runAsNonRoot: true }
      containers:
        - name: store
          image: store:1
          securityContext: { readOnlyRootFilesystem: true }
          resources: { requests: { cpu: 500m, memory: 1Gi } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: store, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: store } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1, resources: { requests: { cpu: 100m, memory: 64Mi } } }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: store, namespace: shop }
spec:
  podSelector: { matchLabels: { app: store } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 5432 }] }]
`;

function reported(text: string): Report {
  const objects = readObjects(parseDocuments(text), 'all.yaml').objects.map(({ object }) => object);
  return reportOf({ paths: ['shop'], sets: [{ name: 'shop', objects }], checked: { findings: [], waived: [] } });
}

describe('manifests of others', () => {
  const report = reported(FOREIGN);
  const [set] = report.sets;
  const service = (name: string): Report['sets'][number]['services'][number] | undefined =>
    set?.services.find((one) => one.name === name);

  test('pods from replicas and autoscalers, requests from containers', () => {
    expect(service('web')).toMatchObject({
      pods: { minimum: 2, expected: 2, maximum: 5 },
      cpuMillicores: 100,
      memoryBytes: 64 * 1024 ** 2,
    });
    expect(set?.pods).toEqual({ minimum: 4, expected: 4, maximum: 7 });
    // 2 × 500m and 2 to 5 × 100m.
    expect(set?.cpuMillicores).toEqual({ minimum: 1200, expected: 1200, maximum: 1500 });
  });

  test('what guards each', () => {
    expect(service('store')?.guards).toEqual({
      ...{ ingress: true, egress: false, authorization: false },
      ...{ disruptionBudget: true, autoscaler: '', hardened: true },
    });
    expect(service('web')?.guards).toEqual({
      ...{ ingress: false, egress: false, authorization: false },
      ...{ disruptionBudget: false, autoscaler: 'HorizontalPodAutoscaler', hardened: false },
    });
  });

  test('what labels and annotations say of data, whatever domain they are under', () => {
    expect(service('store')).toMatchObject({
      role: 'store',
      description: 'The orders',
      data: { dataClass: 'personal', purpose: 'Keep orders', retentionDays: '30', storage: ['5Gi fast'] },
    });
    expect(service('web')?.data).toBeNull();
  });

  test('who calls whom is what the policies permit', () => {
    expect(set?.calls).toContainEqual({ from: 'shop/web', to: 'shop/store', ports: ['5432/TCP'], known: 'policy' });
  });

  test('no nodes, no prices, no phases: the page leaves those parts out', () => {
    const html = renderReportHtml(report);
    expect(set).toMatchObject({ nodes: [], cost: null, phase: null });
    expect(html).toContain('id="services"');
    for (const part of ['cost', 'capacity', 'phases']) expect(html).not.toContain(`id="${part}"`);
  });
});

test('the same objects in another order give the same page', () => {
  const turned = FOREIGN.split('---\n').reverse().join('---\n');
  expect(renderReportHtml(reported(turned))).toBe(renderReportHtml(reported(FOREIGN)));
});

test('what only an edge site has is told on the page about the region, with where it is', () => {
  const [sample] = reported(FOREIGN).sets;
  if (sample === undefined) throw new Error('no set');
  const set = (cluster: string, names: readonly string[]): SetReport => ({
    ...sample,
    ...{ cluster, phase: 'phase-3' },
    services: names.flatMap((name) => sample.services.slice(0, 1).map((one) => ({ ...one, id: `shop/${name}`, name }))),
  });
  const [region, site] = [set('region', ['api', 'store']), set('site-1', ['api', 'sensor'])];
  expect(elsewhere(region, [region, site]).map(({ name, only }) => [name, only])).toEqual([['sensor', 'site-1']]);
});

test('the set that the page is about is the fullest of the latest phase', () => {
  const set = (phase: string | null, services: number): { phase: string | null; services: number[] } => ({
    phase,
    services: [...Array(services).keys()],
  });
  expect(mainSet([set('phase-1', 9), set('phase-2', 2), set('phase-2', 5)])).toEqual(set('phase-2', 5));
  expect(mainSet([set(null, 1), set(null, 3)])).toEqual(set(null, 3));
  expect(mainSet<ReturnType<typeof set>>([])).toBeUndefined();
});
