import type { ChartData } from '../../model/platform/chart';
import { certManager } from './cert-manager';
import { descheduler } from './descheduler';
import { externalSecrets } from './external-secrets';
import { istioBase } from './istio-base';
import { istioCni } from './istio-cni';
import { istioGateway } from './istio-gateway';
import { istiod } from './istiod';
import { k8gb } from './k8gb';
import { keda } from './keda';
import { kubePrometheusStack } from './kube-prometheus-stack';
import { kueue } from './kueue';
import { metricsServer } from './metrics-server';
import { opentelemetryCollector } from './opentelemetry-collector';
import { prometheusOperatorCrds } from './prometheus-operator-crds';
import { verticalPodAutoscaler } from './vertical-pod-autoscaler';
import { victoriaLogsSingle } from './victoria-logs-single';

/** Every chart under its name, which is also the name of its file here and of its release. */
export const charts = {
  'cert-manager': certManager,
  descheduler,
  'external-secrets': externalSecrets,
  'istio-base': istioBase,
  'istio-cni': istioCni,
  'istio-gateway': istioGateway,
  istiod,
  k8gb,
  keda,
  'kube-prometheus-stack': kubePrometheusStack,
  kueue,
  'metrics-server': metricsServer,
  'opentelemetry-collector': opentelemetryCollector,
  'prometheus-operator-crds': prometheusOperatorCrds,
  'vertical-pod-autoscaler': verticalPodAutoscaler,
  'victoria-logs-single': victoriaLogsSingle,
} satisfies Record<string, ChartData>;
