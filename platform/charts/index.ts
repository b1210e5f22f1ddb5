import type { ChartData } from '../../model/platform/chart';
import { certManager } from './cert-manager';
import { externalSecrets } from './external-secrets';
import { kubePrometheusStack } from './kube-prometheus-stack';
import { metricsServer } from './metrics-server';
import { prometheusOperatorCrds } from './prometheus-operator-crds';
import { victoriaLogsSingle } from './victoria-logs-single';

/** Every chart under its name, which is also the name of its file here and of its release. */
export const charts = {
  'cert-manager': certManager,
  'external-secrets': externalSecrets,
  'kube-prometheus-stack': kubePrometheusStack,
  'metrics-server': metricsServer,
  'prometheus-operator-crds': prometheusOperatorCrds,
  'victoria-logs-single': victoriaLogsSingle,
} satisfies Record<string, ChartData>;
