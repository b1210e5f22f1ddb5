import type { PlatformPromise } from '../model/platform/promise';

/** The user's strategy, line by line; `docs/phases.md` is rendered from it. */
export const promises = [
  {
    phase: 'phase-1',
    seed: 'Fix ML Inference CrashLoopBackOff',
    how: 'Requests 1000m and 2Gi, limits 2000m and 4Gi; five minutes to load the models before anything restarts it.',
    objects: ['Deployment/ml-inference-service'],
    proof: 'ran',
  },
  {
    phase: 'phase-1',
    seed: 'Optimize Biometric Processor',
    how: 'The image is always pulled, and a constant annotation restarts the pods once.',
    objects: ['Deployment/biometric-processor'],
    proof: 'ran',
  },
  {
    phase: 'phase-1',
    seed: 'Scale Cognitive Processor',
    how: 'Two replicas on different nodes, with room to surge while a version rolls out.',
    objects: ['Deployment/cognitive-processor', 'PodDisruptionBudget/cognitive-processor'],
    proof: 'ran',
  },
  {
    phase: 'phase-2',
    seed: 'Dynamic CPU/Memory adjustment based on workload',
    how: 'Vertical autoscalers set the memory request of new cognitive and biometric pods within bounds; for all others they recommend.',
    objects: ['VerticalPodAutoscaler/cognitive-processor', 'VerticalPodAutoscaler/biometric-processor'],
    proof: 'validated',
  },
  {
    phase: 'phase-2',
    seed: 'Horizontal Pod Autoscaling for ML services',
    how: 'ML inference scales from 3 to 6 on CPU and queue depth, with a floor of 4 through the peak; the WebSocket gateway on connections.',
    objects: ['ScaledObject/ml-inference-service', 'ScaledObject/ws-gateway'],
    proof: 'validated',
  },
  {
    phase: 'phase-2',
    seed: 'Horizontal Pod Autoscaling for ML services',
    how: 'The services around ML scale with it, on the CPU of their own container, so that none of them becomes the new limit.',
    objects: [
      'HorizontalPodAutoscaler/api',
      'HorizontalPodAutoscaler/biometric-processor',
      'HorizontalPodAutoscaler/cognitive-processor',
      'HorizontalPodAutoscaler/neuro-interface',
    ],
    proof: 'ran',
  },
  {
    phase: 'phase-2',
    seed: 'Node affinity for cognitive processing workloads',
    how: 'Required: cognitive or core nodes; preferred: cognitive ones; one pod a node, spread over zones.',
    objects: ['Deployment/cognitive-processor', 'Deployment/biometric-processor'],
    proof: 'ran',
  },
  {
    phase: 'phase-2',
    seed: 'Smart Resource Scheduling: Peak/off-peak optimization',
    how: 'A floor of ML replicas from 7 to 20 on weekdays, batch from 22, promotions outside the peak (platform/schedule.ts).',
    objects: ['ScaledObject/ml-inference-service', 'CronJob/ml-batch'],
    proof: 'validated',
  },
] satisfies PlatformPromise[];
