import { textAt } from '../../model/manifest/access';
import { sampleAutoscaler, sampleDeployment, sampleDocuments } from '../samples';
import { distinct } from '../set/object-set';
import { scalersFor, type Scaler } from '../set/scaling';
import type { SetRule } from '../set-rule';

/** Two autoscalers that set the replicas of one workload. */
export const twoScalers: SetRule = {
  id: 'two-scalers',
  title: 'one autoscaler for one workload',
  severity: 'error',
  why: 'Each sets the replicas that it thinks right, every fifteen seconds: pods come and go for ever. The webhook of KEDA refuses the second, but only where it runs.',
  fix: 'keep one, with the metrics of both',
  sources: ['https://keda.sh/docs/latest/concepts/admission-webhooks/'],
  checkSet(set, report) {
    for (const { member: workload } of set.pods) {
      const scalers = scalersFor(set, workload).filter(({ bounds }) => bounds);
      if (scalers.length < 2) continue;
      const [first, ...others] = distinct(scalers.map(({ member }) => member));
      for (const second of others) {
        if (!first || takesOver(scalers, first, second)) continue;
        const { kind, metadata } = first.object;
        report(second, ['spec', 'scaleTargetRef'], `is scaled by ${kind} ${metadata.name} too (${first.file})`, {
          severity: set.together(first, second) ? 'error' : 'warning',
        });
      }
    }
  },
  samples: {
    pass: sampleDocuments(sampleDeployment(''), sampleAutoscaler()),
    fail: sampleDocuments(
      sampleDeployment(''),
      sampleAutoscaler(),
      sampleAutoscaler().replace('metadata:\n  name: web', 'metadata:\n  name: web-memory'),
    ),
  },
};

/** A ScaledObject may take the HorizontalPodAutoscaler of its own name over. */
function takesOver(scalers: readonly Scaler[], first: Scaler['member'], second: Scaler['member']): boolean {
  if (!scalers.some(({ member }) => member === first || member === second)) return false;
  return [
    [first, second],
    [second, first],
  ].some(
    ([keda, hpa]) =>
      textAt(keda?.object, 'metadata', 'annotations', 'scaledobject.keda.sh/transfer-hpa-ownership') === 'true' &&
      textAt(keda?.object, 'spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name') === hpa?.object.metadata.name,
  );
}
