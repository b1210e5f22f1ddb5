import { textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';

/** The API server's limit for all annotations of an object, where client-side apply keeps a copy of it. */
const MOST_BYTES = 262_144;

const crd = (size: number): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.example.org
spec:
  group: example.org
  names:
    kind: Shop
    plural: shops
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: ${'x'.repeat(size)}
`;

/** A definition that client-side apply can't store. */
export const crdSize: Rule = {
  id: 'crd-size',
  title: 'a definition above 256 KiB is applied by the server',
  severity: 'warning',
  why: 'kubectl apply writes a copy of the object into an annotation and is refused: "metadata.annotations: Too long".',
  fix: 'apply it with --server-side, or annotate it with argocd.argoproj.io/sync-options: ServerSideApply=true',
  sources: [
    'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply',
  ],
  kinds: ['CustomResourceDefinition'],
  check(object, report) {
    if (
      (textAt(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options') ?? '').includes(
        'ServerSideApply=true',
      )
    )
      return;
    const bytes = Buffer.byteLength(JSON.stringify(object));
    if (bytes > MOST_BYTES) report([], `is ${bytes} bytes as JSON, above ${MOST_BYTES}`);
  },
  samples: { pass: crd(80), fail: crd(MOST_BYTES) },
};
