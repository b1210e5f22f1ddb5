import type { ChartData } from '../../model/platform/chart';
import { keepDefinitions } from './placement';

export const prometheusOperatorCrds = {
  description: 'The kinds of the Prometheus operator, apart from it, since the layers may use them before it runs',
  since: 'phase-1',
  repository: 'https://prometheus-community.github.io/helm-charts',
  version: '31.0.1',
  readAt: {
    source: 'github.com/prometheus-community/helm-charts, tag prometheus-operator-crds-31.0.1',
    commit: '4529d7bb4b4be3b2aa8ef0b4d40152d394213a61',
    date: '2026-11-25',
  },
  namespace: 'monitoring',
  stage: 'before',
  parts: [],
  values: { crds: { annotations: keepDefinitions } },
} satisfies ChartData;
