import { asList, asRecord } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** A variable with a value and a source for it. */
export const envValue: Rule = {
  id: 'env-value',
  title: 'a variable has a value or a source for it, not both',
  severity: 'error',
  why: 'The API server refuses a variable that has value and valueFrom.',
  fix: 'keep value or valueFrom',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      asList(container.env).forEach((variable, index) => {
        const fields = asRecord(variable);
        if (fields?.valueFrom && (fields.value ?? '') !== '')
          report([...keys, 'env', index], 'has value and valueFrom');
      });
    }
  },
  samples: {
    pass: samplePod('env:\n  - name: POD\n    valueFrom:\n      fieldRef:\n        fieldPath: metadata.name'),
    fail: samplePod(
      'env:\n  - name: POD\n    value: web-0\n    valueFrom:\n      fieldRef:\n        fieldPath: metadata.name',
    ),
  },
};
