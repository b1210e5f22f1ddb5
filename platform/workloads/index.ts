import type { WorkloadData } from '../../model/platform/workload';
import { api } from './api';
import { biometricEdge } from './biometric-edge';
import { biometricProcessor } from './biometric-processor';
import { cognitiveCache } from './cognitive-cache';
import { cognitiveHealth } from './cognitive-health';
import { cognitiveProcessor } from './cognitive-processor';
import { mlBatch } from './ml-batch';
import { mlInferenceService } from './ml-inference-service';
import { neuralStore } from './neural-store';
import { neuroInterface } from './neuro-interface';
import { wsGateway } from './ws-gateway';

/** Every workload under its name, which is also the name of its file here and of its objects on the cluster. */
export const workloads = {
  api,
  'biometric-edge': biometricEdge,
  'biometric-processor': biometricProcessor,
  'cognitive-cache': cognitiveCache,
  'cognitive-health': cognitiveHealth,
  'cognitive-processor': cognitiveProcessor,
  'ml-batch': mlBatch,
  'ml-inference-service': mlInferenceService,
  'neural-store': neuralStore,
  'neuro-interface': neuroInterface,
  'ws-gateway': wsGateway,
} satisfies Record<string, WorkloadData>;
