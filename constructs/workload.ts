import { Construct } from 'constructs';
import { replicasOf } from '../model/platform/replicas';
import type { Workload } from '../model/platform/workload';
import { configOf } from './config';
import { cronJob } from './cron-job';
import { deployment } from './deployment';
import { k8s } from './k8s';
import { services } from './service';
import { selectorLabels, workloadMetadata, type Site } from './site';
import { statefulSet } from './stateful-set';

/** Everything that runs one workload: identity, environment, pods, Services, disruption budget. */
export class WorkloadObjects extends Construct {
  constructor(scope: Construct, site: Site, workload: Workload) {
    super(scope, workload.name);
    const config = configOf(site, workload);

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: workloadMetadata(site, workload),
      automountServiceAccountToken: false,
    });
    if (Object.keys(config).length > 0) {
      new k8s.KubeConfigMap(this, 'config', { metadata: workloadMetadata(site, workload), data: config });
    }
    if (workload.kind === 'CronJob') {
      cronJob(this, site, workload, config);
      return;
    }

    if (workload.kind === 'Deployment') deployment(this, site, workload, config);
    else statefulSet(this, site, workload, config);
    services(this, site, workload);
    // A budget on a single pod either blocks every drain or protects nothing.
    if (replicasOf(workload, site.cluster, site.phase) < 2) return;
    new k8s.KubePodDisruptionBudget(this, 'budget', {
      metadata: workloadMetadata(site, workload),
      spec: {
        ...(workload.budget.maxUnavailable === undefined
          ? { minAvailable: k8s.IntOrString.fromNumber(workload.budget.minAvailable ?? 1) }
          : { maxUnavailable: k8s.IntOrString.fromNumber(workload.budget.maxUnavailable) }),
        selector: { matchLabels: selectorLabels(workload) },
        // A pod that never became ready must not keep its node from being drained.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}
