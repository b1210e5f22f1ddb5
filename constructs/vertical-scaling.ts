import { Construct } from 'constructs';
import {
  VerticalPodAutoscaler,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesControlledValues as ControlledValues,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMaxAllowed as MaxAllowed,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMinAllowed as MinAllowed,
  VerticalPodAutoscalerSpecResourcePolicyContainerPoliciesMode as ContainerMode,
  VerticalPodAutoscalerSpecUpdatePolicyUpdateMode as UpdateMode,
} from '../imports/autoscaling.k8s.io';
import type { VerticalScaling as VerticalScalingData } from '../model/platform/autoscaling';
import type { ServedWorkload } from '../model/platform/workload';
import { workloadMetadata, type Site } from './site';

/**
 * A VerticalPodAutoscaler that recommends, or sets the memory request of new pods. It leaves limits alone, and every
 * container that it does not name: a proxy that somebody injects is not its business.
 */
export class VerticalScaling extends Construct {
  constructor(scope: Construct, site: Site, workload: ServedWorkload, scaling: VerticalScalingData) {
    super(scope, `vertical-scaling-${workload.name}`);
    const policies =
      scaling.mode === 'Off'
        ? []
        : [
            {
              containerName: scaling.container,
              mode: ContainerMode.AUTO,
              controlledResources: ['memory'],
              controlledValues: ControlledValues.REQUESTS_ONLY,
              minAllowed: { memory: MinAllowed.fromString(scaling.minAllowed.memory) },
              maxAllowed: { memory: MaxAllowed.fromString(scaling.maxAllowed.memory) },
            },
            { containerName: '*', mode: ContainerMode.OFF },
          ];
    new VerticalPodAutoscaler(this, 'vertical-pod-autoscaler', {
      metadata: workloadMetadata(site, workload),
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: workload.kind, name: workload.name },
        updatePolicy: { updateMode: scaling.mode === 'Off' ? UpdateMode.OFF : UpdateMode.INITIAL },
        ...(policies.length === 0 ? {} : { resourcePolicy: { containerPolicies: policies } }),
      },
    });
  }
}
