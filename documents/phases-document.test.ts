import { existsSync } from 'node:fs';
import path from 'node:path';
import { renderPlatform } from '../phases/render';
import { platform } from '../platform/platform';
import { phasesDocument } from './phases-document';

const { cells } = renderPlatform(platform);
const text = phasesDocument(platform, cells);
const root = path.join(__dirname, '..');

test('every line of the strategy stands in it, with a link to a file that is there', () => {
  for (const { seed } of platform.promises) expect(text).toContain(seed);
  const links = [...text.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(platform.promises.length);
  for (const link of links) expect([link, existsSync(path.join(root, 'docs', link))]).toEqual([link, true]);
});

/** The seed's own words: its priority actions, its bullets and its four recommendations on cost. */
const STRATEGY = [
  'Fix ML Inference CrashLoopBackOff',
  'Optimize Biometric Processor',
  'Scale Cognitive Processor',
  'Dynamic CPU/Memory adjustment based on workload',
  'Horizontal Pod Autoscaling for ML services',
  'Node affinity for cognitive processing workloads',
  'Lightweight base images for faster startup',
  'Multi-stage builds for reduced footprint',
  'Cached dependency layers for quicker deployment',
  'Istio service mesh for advanced traffic management',
  'Circuit breakers for ML service resilience',
  'Distributed tracing for cognitive workflows',
  'Cognitive workload performance metrics',
  'Predictive failure detection for ML services',
  'Auto-healing deployment strategies',
  'Zero-trust networking for cognitive data',
  'Encryption at rest for neural processing',
  'GDPR-compliant data handling workflows',
  'Multi-region deployment readiness',
  'Edge computing integration for biometrics',
  'Global load balancing with cognitive awareness',
  'Spot Instance Integration: 40% cost reduction for ML workloads',
  'Preemptible Node Pools: Non-critical processing savings',
  'Smart Resource Scheduling: Peak/off-peak optimization',
  'Cognitive Workload Batching: Efficient ML processing',
];

test.each(STRATEGY)('the strategy says "%s", and there is a row for it', (line) => {
  expect(platform.promises.map(({ seed }) => seed)).toContain(line);
});

test('it says what restarts at a step, and what does not', () => {
  expect(text).toMatch(/### The step from `phase-1`, and back/);
  expect(text).toMatch(/\| `api` +\| annotations, resources +\|/);
  expect(text).toContain('Not restarted: none.');
  expect(text).toMatch(/every pod restarts once to get its proxy/);
});

test('a promise of an object that is not rendered is refused, with the file to mend', () => {
  const broken = {
    ...platform,
    promises: [{ ...platform.promises[0], objects: ['Deployment/ml-inference'] }],
  } as typeof platform;
  expect(() => phasesDocument(broken, cells)).toThrow(
    /platform\/promises\.ts: objects: "Deployment\/ml-inference" is not rendered for europe-west4 in phase-1\n {2}Fix: write Kind\/name/,
  );
});
