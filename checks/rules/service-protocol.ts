import { asList, asRecord, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const PROTOCOLS = /^(grpc|grpc-web|http|http2|https|mongo|mysql|redis|tcp|tls|udp|postgres|thrift)(-|$)/;

/** Ports whose protocol a mesh has to guess. */
export const serviceProtocol: Rule = {
  id: 'service-protocol',
  title: 'ports of a Service say their protocol',
  severity: 'info',
  why: 'A mesh that does not know the protocol guesses it from the first bytes, waits in vain where the server speaks first, and routes by HTTP only what it took for HTTP.',
  fix: 'start the name with the protocol (http-api, grpc, tcp-redis) or set appProtocol',
  sources: ['https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/'],
  kinds: ['Service'],
  check(object, report) {
    const spec = asRecord(object.spec);
    asList(spec?.ports).forEach((port, index) => {
      const fields = asRecord(port) ?? {};
      if (fields.appProtocol !== undefined || fields.protocol === 'UDP' || fields.protocol === 'SCTP') return;
      const name = textAt(port, 'name');
      if (name !== undefined && PROTOCOLS.test(name)) return;
      report(
        ['spec', 'ports', index],
        name === undefined ? 'says no protocol' : `is called "${name}", which says no protocol`,
      );
    });
  },
  samples: {
    pass: sampleObject('v1', 'Service', 'selector:\n  app: web\nports:\n  - name: http\n    port: 80'),
    fail: sampleObject('v1', 'Service', 'selector:\n  app: web\nports:\n  - name: web\n    port: 80'),
  },
};
