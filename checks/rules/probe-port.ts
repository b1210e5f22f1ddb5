import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { POD_KINDS, podOf, type Container } from '../pods';
import type { Report, Rule } from '../rule';
import { samplePod } from '../samples';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Probes that ask a port which the container does not have. */
export const probePort: Rule = {
  id: 'probe-port',
  title: 'probes ask a port that the container declares',
  severity: 'error',
  why: 'A probe on a port name that does not exist never succeeds: the pod is never ready or is restarted for ever. A number in quotes is taken for a name and refused.',
  fix: 'name a port of this container',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const container of podOf(object)?.containers ?? []) {
      for (const probe of PROBES) {
        for (const handler of ['httpGet', 'tcpSocket', 'grpc']) checkPort(container, probe, handler, report);
      }
    }
  },
  samples: {
    pass: samplePod(
      'ports:\n  - name: http\n    containerPort: 8080\nreadinessProbe:\n  httpGet:\n    path: /ready\n    port: http',
    ),
    fail: samplePod(
      'ports:\n  - name: http\n    containerPort: 8080\nreadinessProbe:\n  httpGet:\n    path: /ready\n    port: web',
    ),
  },
};

function checkPort({ container, keys }: Container, probe: string, handler: string, report: Report): void {
  const port = at(container, probe, handler, 'port');
  if (port === undefined) return;
  const ports = asList(container.ports);
  const place = [...keys, probe, handler, 'port'];
  if (typeof port === 'string') {
    if (/^\d+$/.test(port))
      report(place, `is the text "${port}", which is taken for the name of a port`, {
        fix: `write it without quotes: ${port}`,
      });
    else if (!ports.some((one) => textAt(one, 'name') === port)) {
      report(place, `is "${port}", which is no port of this container`, { fix: names(ports) });
    }
    return;
  }
  // Ports are only information to Kubernetes: a number that is not listed works where the process listens on it.
  const number = asNumber(port);
  if (ports.length > 0 && number !== undefined && !ports.some((one) => asRecord(one)?.containerPort === number)) {
    report(place, `is ${number}, which the container does not declare`, {
      severity: 'warning',
      fix: `declare it under ports, or ${names(ports)}`,
    });
  }
}

function names(ports: readonly unknown[]): string {
  const known = ports.flatMap((port) => textAt(port, 'name') ?? asNumber(at(port, 'containerPort')) ?? []);
  return known.length > 0 ? `use one of ${known.join(', ')}` : 'add a port of that name to the container';
}
