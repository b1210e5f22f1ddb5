import { asNumber, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const DEFAULT_GRACE = 30;
const stop = (seconds: number): string =>
  `lifecycle:\n  preStop:\n    exec:\n      command:\n        - sleep\n        - "${seconds}"`;

/** A preStop sleep that takes the whole grace period. */
export const gracePeriod: Rule = {
  id: 'grace-period',
  title: 'the grace period is longer than the preStop hook',
  severity: 'warning',
  why: 'The clock runs during the hook: when it is over, the process is killed without a chance to finish its requests.',
  fix: 'raise terminationGracePeriodSeconds above the sleep and the time that the process needs',
  sources: ['https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    const grace = asNumber(pod?.spec.terminationGracePeriodSeconds) ?? DEFAULT_GRACE;
    for (const { container, keys } of pod?.containers ?? []) {
      const command = at(container, 'lifecycle', 'preStop', 'exec', 'command');
      const text = Array.isArray(command) ? command.join(' ') : '';
      const slept = /(?:^|\s)sleep\s+(\d+)/.exec(text)?.[1];
      const seconds =
        asNumber(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds')) ??
        (slept === undefined ? undefined : Number(slept));
      if (seconds !== undefined && seconds >= grace)
        report([...keys, 'lifecycle', 'preStop'], `sleeps ${seconds} s of a grace period of ${grace} s`);
    }
  },
  samples: { pass: samplePod(stop(5)), fail: samplePod(stop(45)) },
};
