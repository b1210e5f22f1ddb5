import type { MetricSourceData } from '../../model/platform/metric';
import { biometricProcessor, cognitiveProcessor, mlInference, neuralStore, wsGateway } from './applications';
import { argocd, argocdRepoServer } from './argocd';
import { certManager } from './cert-manager';
import { externalSecrets } from './external-secrets';
import { istioProxy } from './istio-proxy';
import { istiod } from './istiod';
import { keda } from './keda';
import { kubeStateMetrics } from './kube-state-metrics';
import { cadvisor, kubelet } from './kubelet';
import { kueue } from './kueue';
import { nodeExporter } from './node-exporter';
import { alertmanager, prometheus, synthetic } from './prometheus';

/** Every metric that a rule or a dashboard may ask for, by where it comes from. What is not in here, nobody exposes. */
export const metrics = {
  alertmanager,
  argocd,
  'argocd-repo-server': argocdRepoServer,
  'biometric-processor': biometricProcessor,
  cadvisor,
  'cert-manager': certManager,
  'cognitive-processor': cognitiveProcessor,
  'external-secrets': externalSecrets,
  'istio-proxy': istioProxy,
  istiod,
  keda,
  'kube-state-metrics': kubeStateMetrics,
  kubelet,
  kueue,
  'ml-inference-service': mlInference,
  'neural-store': neuralStore,
  'node-exporter': nodeExporter,
  prometheus,
  synthetic,
  'ws-gateway': wsGateway,
} satisfies Record<string, MetricSourceData>;
