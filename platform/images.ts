import type { Image } from '../model/platform/platform';

/**
 * Images by name. The repository is below `settings.registry`. A digest is written by the image workflow after it
 * has built and pushed; none is known yet, so none stands here.
 */
export const images = {
  api: { repository: 'aia/api', tag: '1.0.0' },
  'neuro-interface': { repository: 'aia/neuro-interface', tag: '1.0.0' },
  'ws-gateway': { repository: 'aia/ws-gateway', tag: '1.0.0' },
  'cognitive-processor': { repository: 'aia/cognitive-processor', tag: '1.0.0' },
  'ml-inference': { repository: 'aia/ml-inference', tag: '1.0.0' },
  'biometric-processor': { repository: 'aia/biometric-processor', tag: '1.0.0' },
  'cognitive-cache': { repository: 'aia/cognitive-cache', tag: '1.0.0' },
  'neural-store': { repository: 'aia/neural-store', tag: '1.0.0' },
  'ml-batch': { repository: 'aia/ml-batch', tag: '1.0.0' },
} satisfies Record<string, Image>;
