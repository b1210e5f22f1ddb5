import { step } from '../pools';
import { Broken } from '../problem';
import { detail } from '../report';
import { holdToPromise, Sampler } from '../sampler';
import type { Scenario, Stage } from '../stage';
import { autoscalersSeeTheirMetrics, blindAutoscalersAreSeen, scalesWithLoad } from './autoscaling';
import { live } from './live';
import { promisedMinimum } from './promised';
import { excellenceIsThere } from './zero-trust';

/** Kinds of which later phases have more: all of that must go with them. */
const LATER_KINDS = [
  ...['horizontalpodautoscalers', 'scaledobjects.keda.sh', 'verticalpodautoscalers.autoscaling.k8s.io'],
  ...['virtualservices.networking.istio.io', 'destinationrules.networking.istio.io', 'sidecars.networking.istio.io'],
  ...['gateways.networking.istio.io', 'peerauthentications.security.istio.io', 'telemetries.telemetry.istio.io'],
  ...['podmonitors.monitoring.coreos.com', 'prometheusrules.monitoring.coreos.com', 'configmaps'],
  ...['networkpolicies.networking.k8s.io', 'serviceentries.networking.istio.io'],
  ...['authorizationpolicies.security.istio.io', 'localqueues.kueue.x-k8s.io'],
].join(',');

export const phaseSwitch: Scenario = {
  name: 'phase 1 to 2 to 3 and back: no workload below its promised minimum, autoscalers scale and go, nothing is left',
  play: async (stage) => {
    const { fork, kubectl, namespace } = stage;
    const refusal = stage.own ? await kubectl.refusal('get', LATER_KINDS, '-n', namespace) : undefined;
    if (refusal !== undefined) {
      detail(`not played: your cluster does not serve all kinds of later phases (${refusal.split('\n')[0] ?? ''})`);
      return;
    }
    const before = await live(stage);
    const ofPhase1 = new Set(await ofLaterKinds(stage));
    const sampler = await Sampler.start(kubectl, namespace);
    try {
      // As data of a fork: what takes minutes in production takes seconds here.
      fork.edit('platform/scaling-behavior.ts', /stabilizationWindowSeconds: \d+/g, 'stabilizationWindowSeconds: 0');
      fork.edit('platform/scaling-behavior.ts', /periodSeconds: \d+/g, 'periodSeconds: 5');
      await step(stage, 'phase-2');
      await autoscalersSeeTheirMetrics(stage);
      await scalesWithLoad(stage);
      await blindAutoscalersAreSeen(stage);

      await step(stage, 'phase-3');
      await excellenceIsThere(stage);

      await step(stage, 'phase-2');
      await step(stage, 'phase-1');
    } finally {
      await sampler.stop();
    }
    const left = (await ofLaterKinds(stage)).filter((name) => !ofPhase1.has(name));
    if (left.length > 0) throw new Broken(`left behind: ${left.join(', ')}`);
    const more = [...(await live(stage)).keys()].filter((name) => !before.has(name));
    if (more.length > 0) throw new Broken(`left behind: ${more.join(', ')}`);
    detail(`replicas were looked at ${sampler.samples} times`);
    holdToPromise(sampler.fewest, promisedMinimum(stage, ['phase-1', 'phase-2', 'phase-3']));
  },
};

async function ofLaterKinds({ kubectl, namespace }: Stage): Promise<string[]> {
  const found = await kubectl.list(namespace, LATER_KINDS);
  found.push(...(await kubectl.list('', 'clusterqueues.kueue.x-k8s.io,resourceflavors.kueue.x-k8s.io')));
  return found.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}
