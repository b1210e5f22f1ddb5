import { resultText } from './result-text';
import type { StepResult } from './run-step';

const failed: StepResult = {
  step: { rollout: 'r', cluster: 'europe-west4', from: 'phase-3', to: 'phase-3' },
  passed: false,
  why: 'api has no pod',
  diagnoses: [],
  runbooks: [],
};

test('a step that stays since the old nodes are gone says so, and not that Git holds no older phase', () => {
  const text = resultText({ ...failed, kept: 'the nodes of phase-2 are not there' }, 'aia');
  expect(text).toContain('Nothing is taken back: the nodes of phase-2 are not there.');
  expect(text).not.toContain('Git holds no phase');
});

test('a cluster whose gate was only asked has nothing to take back', () => {
  expect(resultText(failed, 'aia')).toContain('Git holds no phase');
});
