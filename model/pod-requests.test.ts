import fc from 'fast-check';
import { addRequests, podRequests, scaleRequests, type PodResources } from './pod-requests';

const cpu = (requests: string): { resources: { requests: { cpu: string } } } => ({
  resources: { requests: { cpu: requests } },
});
const sidecar = (
  requests: string,
): PodResources['containers'] extends readonly (infer C)[] | undefined ? C : never => ({
  ...cpu(requests),
  restartPolicy: 'Always',
});

test('C1: a sidecar of 100m, then an init container of 200m, and an app of 100m request 300m: they meet during the start', () => {
  expect(podRequests({ initContainers: [sidecar('100m'), cpu('200m')], containers: [cpu('100m')] }).cpuMillicores).toBe(
    300n,
  );
});

test('an init container before the sidecar runs alone', () => {
  expect(podRequests({ initContainers: [cpu('150m'), sidecar('100m')], containers: [cpu('100m')] }).cpuMillicores).toBe(
    200n,
  );
});

test('sidecars keep running, so they add to the containers', () => {
  expect(podRequests({ initContainers: [sidecar('100m')], containers: [cpu('1'), cpu('500m')] }).cpuMillicores).toBe(
    1600n,
  );
});

test('the overhead of the runtime comes on top', () => {
  expect(podRequests({ containers: [cpu('1')], overhead: { cpu: '250m', memory: '64Mi' } })).toEqual({
    cpuMillicores: 1250n,
    memoryBytes: 64n * 1024n ** 2n,
  });
});

test('a limit without a request is the request', () => {
  expect(podRequests({ containers: [{ resources: { limits: { cpu: '2' } } }] }).cpuMillicores).toBe(2000n);
});

test('resources of the pod as a whole win over those of its containers', () => {
  expect(podRequests({ resources: { requests: { cpu: '3' } }, containers: [cpu('1')] }).cpuMillicores).toBe(3000n);
});

test('C10: 0.1 and 100m, 128974848 and 123Mi are the same amounts', () => {
  const one = (amounts: Record<string, string>): ReturnType<typeof podRequests> =>
    podRequests({ containers: [{ resources: { requests: amounts } }] });
  expect(one({ cpu: '0.1', memory: '128974848' })).toEqual(one({ cpu: '100m', memory: '123Mi' }));
});

test('sums are exact: ten thousand pods of 0.1 cores are a thousand cores', () => {
  expect(scaleRequests(podRequests({ containers: [cpu('0.1')] }), 10_000).cpuMillicores).toBe(1_000_000n);
});

test('adding is commutative and scaling is repeated adding', () => {
  const requests = fc.record({ cpuMillicores: fc.bigInt(0n, 10n ** 12n), memoryBytes: fc.bigInt(0n, 10n ** 18n) });
  fc.assert(
    fc.property(requests, requests, (a, b) => {
      expect(addRequests(a, b)).toEqual(addRequests(b, a));
      expect(scaleRequests(a, 3)).toEqual(addRequests(a, addRequests(a, a)));
    }),
  );
});
