import { asList, asRecord } from '../../model/manifest/access';
import type { Rule } from '../rule';

const set = (head: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: store
spec:
  serviceName: store
  selector:
    matchLabels:
      app: store
  template:
    metadata:
      labels:
        app: store
    spec:
      containers:
        - name: store
          image: registry.example.org/store:1.4.2
  volumeClaimTemplates:
    - metadata:
        name: data
${head}      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 10Gi
`;

/** A claim template without head. */
export const claimTemplate: Rule = {
  id: 'claim-template',
  title: 'claim templates spell out apiVersion and kind',
  severity: 'warning',
  audience: 'aia',
  why: 'The API server adds both, and Argo CD without server-side diff shows the StatefulSet as out of sync for ever.',
  fix: 'add apiVersion: v1 and kind: PersistentVolumeClaim',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/'],
  kinds: ['StatefulSet'],
  check(object, report) {
    asList(asRecord(object.spec)?.volumeClaimTemplates).forEach((claim, index) => {
      const fields = asRecord(claim) ?? {};
      const missing = ['apiVersion', 'kind'].filter((field) => fields[field] === undefined);
      if (missing.length > 0) report(['spec', 'volumeClaimTemplates', index], `lacks ${missing.join(' and ')}`);
    });
  },
  samples: { pass: set('      apiVersion: v1\n      kind: PersistentVolumeClaim\n'), fail: set('') },
};
