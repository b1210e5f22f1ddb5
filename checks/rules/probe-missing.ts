import { asList } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Rule } from '../rule';
import { sampleDeployment } from '../samples';

/** A container with ports that nobody asks whether it is ready. */
export const probeMissing: Rule = {
  id: 'probe-missing',
  title: 'containers with ports have a readiness probe',
  severity: 'warning',
  why: 'Without a readiness probe a pod gets traffic as soon as its process starts, so every rollout answers some requests with errors.',
  fix: 'add a readinessProbe that answers once requests can be served',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'],
  check(object, report) {
    for (const { container, keys, role } of podOf(object)?.containers ?? []) {
      if (role === 'app' && asList(container.ports).length > 0 && !container.readinessProbe) {
        report([...keys], 'has ports and no readinessProbe');
      }
    }
  },
  samples: {
    pass: `${sampleDeployment('')}          ports:\n            - containerPort: 8080\n          readinessProbe:\n            tcpSocket:\n              port: 8080\n`,
    fail: `${sampleDeployment('')}          ports:\n            - containerPort: 8080\n`,
  },
};
