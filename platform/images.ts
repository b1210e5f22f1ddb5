import type { Image } from '../model/platform/image';

/**
 * Images by name. The repository is below `settings.registry`, the Dockerfile in `images/<stack>/`; docs/images.md
 * says how they are built and how a digest, which a program writes to `digests.yaml`, gets into the manifests.
 *
 * The size budgets are our targets, not measurements: no image has been built here. They leave an application about
 * as much again as its base image weighs, which a node has to download before the pod can start. `source` is missing
 * where the code is in a repository that is not public; write its name and folder to have the image built.
 */
export const images = {
  api: { repository: 'aia/api', tag: '1.0.0', stack: 'node-service', sizeBudget: '120Mi' },
  'neuro-interface': { repository: 'aia/neuro-interface', tag: '1.0.0', stack: 'node-service', sizeBudget: '150Mi' },
  'ws-gateway': { repository: 'aia/ws-gateway', tag: '1.0.0', stack: 'node-service', sizeBudget: '100Mi' },
  'cognitive-health': { repository: 'aia/cognitive-health', tag: '1.0.0', stack: 'node-service', sizeBudget: '80Mi' },
  'cognitive-processor': {
    repository: 'aia/cognitive-processor',
    tag: '1.0.0',
    stack: 'python-service',
    sizeBudget: '180Mi',
  },
  // Without weights, and with wheels for the CPU: those for a GPU alone are larger than this.
  'ml-inference': { repository: 'aia/ml-inference', tag: '1.0.0', stack: 'python-ml', sizeBudget: '700Mi' },
  'biometric-processor': {
    repository: 'aia/biometric-processor',
    tag: '1.0.0',
    stack: 'python-service',
    sizeBudget: '250Mi',
  },
  'biometric-edge': {
    repository: 'aia/biometric-edge',
    tag: '1.0.0',
    stack: 'python-service',
    sizeBudget: '250Mi',
  },
  'cognitive-cache': {
    repository: 'aia/cognitive-cache',
    tag: '1.0.0',
    stack: 'cache',
    sizeBudget: '60Mi',
    source: { context: 'images/cache' },
  },
  'neural-store': {
    repository: 'aia/neural-store',
    tag: '1.0.0',
    stack: 'store',
    sizeBudget: '230Mi',
    source: { context: 'images/store' },
  },
  'ml-batch': {
    repository: 'aia/ml-batch',
    tag: '1.0.0',
    stack: 'python-service',
    target: 'job',
    sizeBudget: '300Mi',
  },
  // Retention and erasure: two commands of one program.
  'gdpr-jobs': {
    repository: 'aia/gdpr-jobs',
    tag: '1.0.0',
    stack: 'python-service',
    target: 'job',
    sizeBudget: '150Mi',
  },
  // Backup and restore drill.
  'neural-store-tools': {
    repository: 'aia/neural-store-tools',
    tag: '1.0.0',
    stack: 'store-tools',
    sizeBudget: '230Mi',
    source: { context: 'images/store-tools' },
  },
} satisfies Record<string, Image>;
