import { asRecord } from '../../model/manifest/access';
import { QuantityError, canonicalQuantity, parseQuantity } from '../../model/quantity';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** The same amount in another spelling than the API server's. */
export const quantitySpelling: Rule = {
  id: 'quantity-spelling',
  title: 'quantities are spelled as the API server spells them',
  severity: 'info',
  why: 'The API server turns 1000m into 1 and 1024Mi into 1Gi. Where a tool compares text, as Argo CD does in custom resources, the object is out of sync for ever.',
  fix: 'write the canonical form',
  sources: [
    'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
    'https://github.com/argoproj/argo-cd/issues/1615',
  ],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      for (const list of ['requests', 'limits']) {
        for (const [resource, value] of Object.entries(asRecord(asRecord(container.resources)?.[list]) ?? {})) {
          if (typeof value !== 'string') continue;
          const canonical = canonicalOf(value);
          if (canonical === undefined || canonical === value) continue;
          report([...keys, 'resources', list, resource], `is ${value}, which the API server writes as ${canonical}`, {
            fix: `write ${canonical}`,
          });
        }
      }
    }
  },
  samples: {
    pass: samplePod('resources:\n  requests:\n    cpu: "1"\n    memory: 1Gi'),
    fail: samplePod('resources:\n  requests:\n    cpu: 1000m\n    memory: 1024Mi'),
  },
};

function canonicalOf(value: string): string | undefined {
  try {
    return canonicalQuantity(parseQuantity(value));
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}
