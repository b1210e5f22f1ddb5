import { Construct } from 'constructs';
import { ScaledObject, type ScaledObjectProps } from '../imports/keda.sh';
import type { Autoscaling, ScaledObjectAutoscaling, ScalingBehavior } from '../model/platform/autoscaling';
import { replicasOf } from '../model/platform/replicas';
import { peakCron } from '../model/platform/schedule';
import type { ServedWorkload } from '../model/platform/workload';
import { k8s } from './k8s';
import { workloadMetadata, type Site } from './site';

/**
 * What scales a workload's replicas: a HorizontalPodAutoscaler, or a ScaledObject where CPU does not tell enough.
 * Both leave one HorizontalPodAutoscaler of the workload's name on the cluster, which must never be renamed.
 */
export class HorizontalScaling extends Construct {
  constructor(scope: Construct, site: Site, workload: ServedWorkload, autoscaling: Autoscaling) {
    super(scope, `horizontal-scaling-${workload.name}`);
    if (autoscaling.kind === 'ScaledObject') this.scaledObject(site, workload, autoscaling);
    else this.horizontalPodAutoscaler(site, workload, autoscaling);
  }

  private horizontalPodAutoscaler(site: Site, workload: ServedWorkload, autoscaling: Autoscaling): void {
    new k8s.KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: workloadMetadata(site, workload),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name },
        minReplicas: replicasOf(workload, site.cluster, site.phase),
        maxReplicas: autoscaling.maxReplicas,
        metrics: [
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: autoscaling.cpu.container,
              target: { type: 'Utilization', averageUtilization: autoscaling.cpu.averageUtilization },
            },
          },
        ],
        behavior: behaviorSpec(autoscaling.behavior),
      },
    });
  }

  private scaledObject(site: Site, workload: ServedWorkload, autoscaling: ScaledObjectAutoscaling): void {
    new ScaledObject(this, 'scaled-object', {
      metadata: workloadMetadata(site, workload),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name },
        // KEDA's own default is 0.
        minReplicaCount: replicasOf(workload, site.cluster, site.phase),
        maxReplicaCount: autoscaling.maxReplicas,
        pollingInterval: 15,
        fallback: autoscaling.fallback,
        advanced: {
          horizontalPodAutoscalerConfig: { name: workload.name, behavior: behaviorSpec(autoscaling.behavior) },
          // Whoever deletes the ScaledObject decides about the replicas: that is Git.
          restoreToOriginalReplicaCount: false,
        },
        triggers: triggers(site, autoscaling),
      },
    });
  }
}

type Trigger = ScaledObjectProps extends { readonly spec: { readonly triggers: (infer T)[] } } ? T : never;

function triggers(site: Site, autoscaling: ScaledObjectAutoscaling): Trigger[] {
  const { platform } = site;
  const cpu: Trigger = {
    type: 'cpu',
    metricType: 'Utilization',
    metadata: { containerName: autoscaling.cpu.container, value: String(autoscaling.cpu.averageUtilization) },
  };
  const prometheus = autoscaling.prometheus.map(({ name, query, threshold }): Trigger => ({
    type: 'prometheus',
    name,
    metricType: 'AverageValue',
    metadata: { serverAddress: platform.settings.prometheusUrl, query, threshold: String(threshold) },
  }));
  if (autoscaling.peakReplicas === undefined) return [cpu, ...prometheus];
  const peak: Trigger = {
    type: 'cron',
    name: 'peak',
    metadata: {
      timezone: platform.schedule.timeZone,
      ...peakCron(platform.schedule),
      desiredReplicas: String(autoscaling.peakReplicas),
    },
  };
  return [cpu, ...prometheus, peak];
}

/** The same in both kinds: KEDA hands it to the HorizontalPodAutoscaler that it makes. */
function behaviorSpec({ scaleUp, scaleDown }: ScalingBehavior): ScalingBehavior {
  return { scaleUp, scaleDown };
}
