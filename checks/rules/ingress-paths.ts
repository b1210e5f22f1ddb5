import { asList, asRecord, at, textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const ingress = (path: string, port: string): string =>
  sampleObject(
    'networking.k8s.io/v1',
    'Ingress',
    `rules:\n  - host: web.example.org\n    http:\n      paths:\n        - path: ${path}\n          pathType: Prefix\n          backend:\n            service:\n              name: web\n              port:\n${port}`,
  );

/** Paths and backends of an Ingress. */
export const ingressPaths: Rule = {
  id: 'ingress-paths',
  title: 'paths and backends of an Ingress are valid',
  severity: 'error',
  why: 'The API server refuses a path without a leading slash and a backend port with both name and number.',
  fix: 'start the path with /',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/ingress/'],
  kinds: ['Ingress'],
  check(object, report) {
    if (!object.apiVersion.startsWith('networking.k8s.io/')) return;
    const spec = asRecord(object.spec);
    const hosts = asList(spec?.rules).flatMap((rule) => textAt(rule, 'host') ?? []);
    asList(spec?.rules).forEach((rule, index) => {
      asList(at(rule, 'http', 'paths')).forEach((one, position) => {
        const place = ['spec', 'rules', index, 'http', 'paths', position];
        const path = textAt(one, 'path');
        const type = textAt(one, 'pathType');
        if (type !== 'ImplementationSpecific' && !path?.startsWith('/'))
          report([...place, 'path'], path === undefined ? 'is missing' : `is "${path}", without a leading slash`);
        const port = asRecord(at(one, 'backend', 'service', 'port'));
        if (port?.name !== undefined && port.number !== undefined)
          report([...place, 'backend', 'service', 'port'], 'has name and number', { fix: 'keep one' });
        else if (at(one, 'backend', 'service') !== undefined && port?.name === undefined && port?.number === undefined)
          report([...place, 'backend', 'service', 'port'], 'has neither name nor number', { fix: 'add one' });
      });
    });
    asList(spec?.tls).forEach((tls, index) => {
      asList(asRecord(tls)?.hosts).forEach((host, position) => {
        const name = String(host);
        const isServed = hosts.some((one) => one === name || one.replace(/^[^.]+/, '*') === name);
        if (hosts.length > 0 && !isServed)
          report(['spec', 'tls', index, 'hosts', position], `is ${name}, which no rule serves`, {
            severity: 'warning',
            fix: 'add a rule for it, or correct the name',
          });
      });
    });
    if (at(object, 'metadata', 'annotations', 'kubernetes.io/ingress.class') !== undefined) {
      report(['metadata', 'annotations', 'kubernetes.io/ingress.class'], 'is deprecated', {
        severity: 'info',
        fix: 'write spec.ingressClassName, unless your controller reads only the annotation, as GKE does',
      });
    }
  },
  samples: {
    pass: ingress('/shop', '                number: 80'),
    fail: ingress('shop', '                number: 80'),
  },
};
