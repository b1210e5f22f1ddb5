import type { ChartData } from '../../model/platform/chart';
import { mesh } from '../mesh';
import { istioRelease, readInRelease, validationFails } from './istio';

export const istioBase = {
  description: "The kinds of Istio and the webhook that validates them, apart from istiod, which can't start without",
  since: 'phase-2',
  only: 'mesh',
  chart: 'base',
  ...istioRelease,
  readAt: readInRelease('base'),
  namespace: mesh.controlPlaneNamespace,
  stage: 'before',
  parts: [],
  values: {
    // The definitions carry Helm's own annotation `keep`, which Argo CD (2.8 and newer) takes for Prune=false.
    global: { istioNamespace: mesh.controlPlaneNamespace },
    base: validationFails,
  },
} satisfies ChartData;
