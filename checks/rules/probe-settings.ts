import { asNumber, asRecord } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];

/** Settings of probes that the API server refuses or that contradict each other. */
export const probeSettings: Rule = {
  id: 'probe-settings',
  title: 'a probe has one question and times that work',
  severity: 'error',
  why: 'The API server refuses a probe without a question or with two, and a liveness or startup probe that needs more than one success.',
  fix: 'correct the probe',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        const probe = asRecord(container[name]);
        if (!probe) continue;
        const handlers = HANDLERS.filter((handler) => asRecord(probe[handler]));
        if (handlers.length !== 1) {
          const found = handlers.length === 0 ? 'asks nothing' : `asks ${handlers.join(' and ')}`;
          report([...keys, name], `${found}, must have one of ${HANDLERS.join(', ')}`, {
            fix: handlers.length === 0 ? 'add one' : 'keep one',
          });
        }
        const success = asNumber(probe.successThreshold);
        if (name !== 'readinessProbe' && success !== undefined && success !== 1) {
          report([...keys, name, 'successThreshold'], `is ${success}, must be 1 for this probe`, {
            fix: 'write 1 or leave it out',
          });
        }
        const timeout = asNumber(probe.timeoutSeconds) ?? 1;
        const period = asNumber(probe.periodSeconds) ?? 10;
        if (timeout > period) {
          report([...keys, name, 'timeoutSeconds'], `is ${timeout} s, longer than the ${period} s between two probes`, {
            severity: 'info',
            fix: 'shorten the timeout or lengthen periodSeconds',
          });
        }
      }
    }
  },
  samples: {
    pass: samplePod('livenessProbe:\n  tcpSocket:\n    port: 8080'),
    fail: samplePod('livenessProbe:\n  successThreshold: 2\n  tcpSocket:\n    port: 8080'),
  },
};
