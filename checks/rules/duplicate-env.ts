import { asList, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** An environment variable set twice. */
export const duplicateEnv: Rule = {
  id: 'duplicate-env',
  title: 'each environment variable is set once',
  severity: 'warning',
  why: 'The last one wins without a word, and a server-side apply refuses the list. Whoever edits the first wonders why nothing changes.',
  fix: 'keep one of the two',
  sources: ['https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const names = new Set<string>();
      asList(container.env).forEach((variable, index) => {
        const name = textAt(variable, 'name');
        if (name === undefined) return;
        if (names.has(name)) report([...keys, 'env', index], `sets ${name} a second time; this one wins`);
        names.add(name);
      });
    }
  },
  samples: {
    pass: samplePod('env:\n  - name: LOG_LEVEL\n    value: info'),
    fail: samplePod('env:\n  - name: LOG_LEVEL\n    value: info\n  - name: LOG_LEVEL\n    value: debug'),
  },
};
