import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { KubeObject } from '../../model/kube-object';
import { KubeStub } from '../../testing/kube-stub';
import { liveDeployment, livePod, wantedDeployment } from '../../testing/live-objects';
import { podStates } from '../cluster/pods';
import { workloadStates } from '../cluster/workloads';
import { diagnose, type Diagnosis } from './diagnose';
import { RUNBOOKS, runbookFile, type RunbookId } from './runbooks';

let stub: KubeStub;
beforeEach(async () => {
  stub = await KubeStub.start();
});
afterEach(() => stub.stop());

async function diagnosisOf(
  pods: readonly KubeObject[],
  events: readonly KubeObject[] = [],
  status = {},
): Promise<Diagnosis> {
  stub.put(...events);
  const live = liveDeployment('ml-inference-service', 3, { availableReplicas: 1, ...status });
  const sample = {
    time: 0,
    workloads: workloadStates([wantedDeployment('ml-inference-service', 3)], [live]),
    pods: podStates(pods),
    blind: [],
    applications: [],
  };
  const [found] = await diagnose(stub.connect(), 'aia', sample);
  if (found === undefined) throw new Error('nothing was found');
  return found;
}

const event = (name: string, kind: string, object: string, reason: string, message: string): KubeObject => ({
  ...{ apiVersion: 'v1', kind: 'Event', metadata: { name, namespace: 'aia' } },
  ...{ involvedObject: { kind, name: object }, reason, message, lastTimestamp: '2026-08-01T12:00:00Z' },
});

const sick = (container: object, options = {}): KubeObject =>
  livePod('ml-inference-service-7d9-abc', 'ml-inference-service-7d9', { ready: false, ...options }, container);

/** States as the kubelet writes them (Kubernetes, "Pod Lifecycle"). */
const CASES: readonly (readonly [what: string, pod: KubeObject, reason: RegExp, runbook: RunbookId])[] = [
  [
    'a crash loop, with how the last run ended',
    sick({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { reason: 'Error', exitCode: 1 } },
    }),
    /main: CrashLoopBackOff, last exit 1 \(Error\)/,
    'crash-loop',
  ],
  [
    'a crash loop whose cause is memory',
    sick({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    }),
    /killed at its memory limit/,
    'out-of-memory',
  ],
  [
    'an image that can not be pulled',
    sick({ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
    /ImagePullBackOff of registry.example.com\/main:1: not found/,
    'image-pull',
  ],
  [
    'a Secret that is missing',
    sick({ state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "db" not found' } } }),
    /secret "db" not found/,
    'container-config',
  ],
  ['no room', sick({}, { node: '' }), /8 Insufficient cpu/, 'no-node'],
  ['running and not ready', sick({}), /do not become ready/, 'not-ready'],
];

test.each(CASES)('%s', async (_, pod, reason, runbook) => {
  const found = await diagnosisOf([pod]);
  expect(found.reason).toMatch(reason);
  expect(found.runbook).toBe(runbook);
  expect(found).toMatchObject({ workload: 'ml-inference-service', available: 1, desired: 3 });
  expect(found.look[0]).toBe('kubectl --context loaded-context -n aia describe deployment ml-inference-service');
});

test('pods that are refused have no pod to look at: the ReplicaSet says why', async () => {
  const refused = event('e1', 'ReplicaSet', 'ml-inference-service-7d9', 'FailedCreate', 'exceeded quota: aia');
  expect(await diagnosisOf([], [refused], { updatedReplicas: 0 })).toMatchObject({
    reason: 'FailedCreate: exceeded quota: aia',
    runbook: 'pods-refused',
  });
});

test('events of other workloads are not told, nor pods of one whose name begins alike', async () => {
  const other = livePod('ml-inference-service-v2-1-x', 'ml-inference-service-v2-1', { ready: false });
  const events = [
    event('e1', 'Deployment', 'api', 'Odd', 'not ours'),
    event('e2', 'Pod', 'ml-inference-service-7d9-abc', 'Unhealthy', 'probe failed'),
  ];
  const found = await diagnosisOf([sick({}), other], events);
  expect(found.events).toEqual(['Unhealthy: probe failed']);
  expect(found.pods).toHaveLength(1);
});

test('every runbook is there, and begins with what the user feels', () => {
  for (const id of Object.keys(RUNBOOKS) as RunbookId[]) {
    const file = path.join(__dirname, '../..', runbookFile(id));
    expect([id, existsSync(file)]).toEqual([id, true]);
    const text = readFileSync(file, 'utf8');
    for (const part of ['**What users feel.**', '## First checks', '## Remedies', 'kubectl']) {
      expect([id, text.includes(part) ? part : 'missing']).toEqual([id, part]);
    }
  }
});
