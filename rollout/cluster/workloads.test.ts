import { liveDeployment, wantedDeployment } from '../../testing/live-objects';
import { workloadStates } from './workloads';

const stateOf = (...live: ReturnType<typeof liveDeployment>[]): ReturnType<typeof workloadStates>[0] | undefined =>
  workloadStates([wantedDeployment('api', 3)], live)[0];

test('a Deployment whose pods are all new is complete, ready or not', () => {
  expect(stateOf(liveDeployment('api', 3))).toMatchObject({ desired: 3, available: 3, old: 0, complete: true });
  expect(stateOf(liveDeployment('api', 3, { availableReplicas: 1 }))).toMatchObject({ available: 1, complete: true });
});

test('old pods, missing pods and a generation that nobody has seen yet are not complete', () => {
  expect(stateOf(liveDeployment('api', 3, { updatedReplicas: 1 }))).toMatchObject({ old: 2, complete: false });
  expect(stateOf(liveDeployment('api', 3, { replicas: 2, updatedReplicas: 2 }))?.complete).toBe(false);
  expect(stateOf(liveDeployment('api', 3, { observedGeneration: 0 }))?.complete).toBe(false);
});

test('pods that surge make nothing healthier than whole', () => {
  expect(stateOf(liveDeployment('api', 3, { availableReplicas: 4 }))?.available).toBe(3);
});

test('the live number of replicas counts, which an autoscaler may have raised', () => {
  expect(stateOf(liveDeployment('api', 5, { availableReplicas: 3 }))).toMatchObject({ desired: 5, available: 3 });
});

test('what is not there has none of the pods that Git wants', () => {
  expect(stateOf()).toMatchObject({ desired: 3, available: 0, complete: false });
});

test('a passed progress deadline is told, but not one of an older generation', () => {
  const conditions = [
    { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' },
  ];
  expect(stateOf(liveDeployment('api', 3, { conditions }))?.stuck).toBe('ProgressDeadlineExceeded: timed out');
  expect(stateOf(liveDeployment('api', 3, { conditions, observedGeneration: 0 }))?.stuck).toBeUndefined();
});

test('a StatefulSet counts its updated pods only while its revisions differ', () => {
  const wanted = { ...wantedDeployment('store', 2), kind: 'StatefulSet' };
  const live = (status: object): ReturnType<typeof liveDeployment> => ({
    ...liveDeployment('store', 2, { updatedReplicas: undefined, ...status }),
    kind: 'StatefulSet',
  });
  const state = (status: object): unknown => workloadStates([wanted], [live(status)])[0]?.complete;
  // Kubernetes leaves updatedReplicas out once every pod is new.
  expect(state({ currentRevision: 'a', updateRevision: 'a' })).toBe(true);
  expect(state({ currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1 })).toBe(false);
});
