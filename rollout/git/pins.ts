import { parseDocument } from 'yaml';
import type { PhaseId } from '../../model/platform/phase';

/**
 * The text of `platform/clusters.yaml` with one pin moved; comments, order and everything else stay as they are.
 *
 * @param text a file that `readPins` has accepted.
 */
export function withPin(text: string, cluster: string, phase: PhaseId | 'none'): string {
  const document = parseDocument(text);
  document.setIn(['clusters', cluster, 'phase'], phase);
  return document.toString({ lineWidth: 0 });
}
