import type { ChartData } from '../../model/platform/chart';

/**
 * The release that all four charts of Istio are taken from: they are tested together only. To upgrade, read the new
 * tag's charts, then change version and commit here, one minor at a time; pods keep their proxy until they restart.
 */
export const istioRelease = {
  repository: 'https://istio-release.storage.googleapis.com/charts',
  version: '1.30.3',
} satisfies Partial<ChartData>;

/** Where a chart was read. The Chart.yaml of the sources says 1.0.0 and the image tag `latest`: the release job writes both. */
export function readInRelease(folder: string): NonNullable<ChartData['readAt']> {
  return {
    source: `github.com/istio/istio, tag ${istioRelease.version}, manifests/charts/${folder}`,
    commit: '56df41f63e513f834c9a3af33d8aed82d1d961f2',
    date: '2026-11-25',
  };
}

/**
 * For the two webhooks that validate Istio's kinds. They come as Ignore and istiod turns them to Fail once it serves
 * them, which Argo CD would put back for ever; istiod leaves a written Fail alone.
 */
export const validationFails = { validationFailurePolicy: 'Fail' };
