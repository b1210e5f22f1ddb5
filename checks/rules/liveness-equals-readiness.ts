import { asRecord, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** Both probes ask the same page. */
export const livenessEqualsReadiness: Rule = {
  id: 'liveness-equals-readiness',
  title: 'liveness asks something else than readiness',
  severity: 'warning',
  why: 'A pod that is only busy or waits for a dependency should get no traffic; with the same question in the liveness probe it is restarted instead, and the others get its load.',
  fix: 'let liveness ask only whether the process still works, such as /livez',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const live = asRecord(at(container, 'livenessProbe', 'httpGet'));
      const ready = asRecord(at(container, 'readinessProbe', 'httpGet'));
      if (!live || !ready || (live.path ?? '/') !== (ready.path ?? '/') || live.port !== ready.port) continue;
      report([...keys, 'livenessProbe', 'httpGet'], 'asks the same page as readinessProbe');
    }
  },
  samples: {
    pass: samplePod(
      'livenessProbe:\n  httpGet:\n    path: /livez\n    port: 8080\nreadinessProbe:\n  httpGet:\n    path: /readyz\n    port: 8080',
    ),
    fail: samplePod(
      'livenessProbe:\n  httpGet:\n    path: /health\n    port: 8080\nreadinessProbe:\n  httpGet:\n    path: /health\n    port: 8080',
    ),
  },
};
