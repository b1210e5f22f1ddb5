import { asNumber, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Seconds that a program may need to start before a startup probe is worth its lines. */
const LONG_START = 30;

const probe = (name: string, lines: string): string => `${name}:\n  tcpSocket:\n    port: 8080\n${lines}`;

/** A slow start that is bridged by a long delay instead of a startup probe. */
export const startupProbe: Rule = {
  id: 'startup-probe',
  title: 'programs that start slowly have a startup probe',
  severity: 'warning',
  why: 'A fixed delay is too long on a good day and too short on a bad one: then the kubelet restarts a program that is still starting, for ever (CrashLoopBackOff).',
  fix: 'add a startupProbe with failureThreshold times periodSeconds as long as the slowest start, and remove the delay',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/#startup-probe'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const delay = asNumber(at(container, 'livenessProbe', 'initialDelaySeconds')) ?? 0;
      if (delay > LONG_START && at(container, 'startupProbe') === undefined)
        report([...keys, 'livenessProbe', 'initialDelaySeconds'], `is ${delay} s, and there is no startupProbe`);
    }
  },
  samples: {
    pass: samplePod(`${probe('startupProbe', '  failureThreshold: 30\n')}${probe('livenessProbe', '')}`),
    fail: samplePod(probe('livenessProbe', '  initialDelaySeconds: 60')),
  },
};
