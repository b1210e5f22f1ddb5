import { at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** A probe that runs a command in the container. */
export const execProbe: Rule = {
  id: 'exec-probe',
  title: 'probes ask over the network',
  severity: 'info',
  why: 'An exec probe needs its program in the image, which distroless images lack, and starts a process for every probe.',
  fix: 'ask with httpGet, grpc or tcpSocket where the program can answer',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/#check-mechanisms'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        if (at(container, probe, 'exec') !== undefined)
          report([...keys, probe, 'exec'], 'starts a process for every probe');
      }
    }
  },
  samples: {
    pass: samplePod('readinessProbe:\n  tcpSocket:\n    port: 8080'),
    fail: samplePod('readinessProbe:\n  exec:\n    command:\n      - cat\n      - /tmp/ready'),
  },
};
