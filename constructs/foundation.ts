import { Construct } from 'constructs';
import { isCalledByDevices } from '../model/platform/edges';
import { named } from '../model/platform/named';
import { workloadsOn } from '../model/platform/presence';
import { k8s } from './k8s';
import { quantities } from './quantities';
import { needsScratchClass, scratchClassName } from './scratch-claim';
import { KEEP_WHEN_DROPPED, ownKey, partOf, type Site } from './site';

/** What a pod that says nothing of its resources gets, and the most that any container may have. */
const CONTAINER_DEFAULTS = {
  defaultRequest: { cpu: '100m', memory: '128Mi' },
  default: { cpu: '500m', memory: '512Mi' },
  max: { cpu: '4', memory: '12Gi' },
};

/** How strictly the namespace holds its pods to Pod Security `restricted`. */
export type PodSecurity = 'warn' | 'enforce';

/** What must be there before the first workload: namespace with quota and limits, priority classes, StorageClass. */
export class Foundation extends Construct {
  constructor(scope: Construct, site: Site, podSecurity: PodSecurity) {
    super(scope, 'foundation');
    const { settings, priorities } = site.platform;
    const labels = partOf(site);

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: settings.namespace,
        labels: {
          ...labels,
          // `aia rollout` refuses a context whose namespace names another cluster.
          [ownKey(site, 'cluster')]: site.cluster.name,
          // New pods get a proxy of this revision; those that run keep what they have until they restart.
          ...(site.mutualTls === undefined ? {} : { 'istio.io/rev': site.platform.mesh.revision }),
          ...(podSecurity === 'enforce' ? { 'pod-security.kubernetes.io/enforce': 'restricted' } : {}),
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
        annotations: { ...KEEP_WHEN_DROPPED, ...controllerAnnotations(site) },
      },
    });
    for (const priority of named(priorities)) {
      new k8s.KubePriorityClass(this, `priority-${priority.name}`, {
        metadata: { name: priority.name, labels, annotations: KEEP_WHEN_DROPPED },
        value: priority.value,
        globalDefault: false,
        description: priority.description,
        preemptionPolicy: priority.preemptionPolicy,
      });
    }
    const { className } = site.cluster.storage;
    this.storageClass(site, labels, className, 'Retain');
    // Disks of jobs must go with their pods: with "Retain" every run would leave one behind, data and all.
    if (needsScratchClass(site)) this.storageClass(site, labels, scratchClassName(site), 'Delete');
    this.limits(site, labels);
  }

  private storageClass(
    site: Site,
    labels: Record<string, string>,
    className: string,
    reclaimPolicy: 'Retain' | 'Delete',
  ): void {
    const { provisioner, parameters, allowVolumeExpansion } = site.cluster.storage;
    new k8s.KubeStorageClass(this, `storage-class-${className}`, {
      metadata: { name: className, labels, annotations: KEEP_WHEN_DROPPED },
      provisioner,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
      allowVolumeExpansion,
      reclaimPolicy,
      // The disk is made in the zone where its pod was placed.
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  }

  private limits(site: Site, labels: Record<string, string>): void {
    const { name, namespace } = site.platform.settings;
    const { requestsCpu, requestsMemory, pods, claims } = site.cluster.quota;
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name, namespace, labels },
      spec: {
        hard: quantities({
          'requests.cpu': requestsCpu,
          'requests.memory': requestsMemory,
          pods: String(pods),
          persistentvolumeclaims: String(claims),
          // The front door is elsewhere; one more Service of this type would be a second, open one.
          'services.loadbalancers': String(workloadsOn(site).filter((entry) => isCalledByDevices(entry, site)).length),
          'services.nodeports': '0',
        }),
      },
    });
    new k8s.KubeLimitRange(this, 'limit-range', {
      metadata: { name, namespace, labels },
      spec: {
        limits: [
          {
            type: 'Container',
            default: quantities(CONTAINER_DEFAULTS.default),
            defaultRequest: quantities(CONTAINER_DEFAULTS.defaultRequest),
            max: quantities(CONTAINER_DEFAULTS.max),
          },
        ],
      },
    });
  }
}

/** Whom to ask about personal data on this cluster: the first thing to look for after an incident. */
function controllerAnnotations(site: Site): Record<string, string> {
  const { controller, dataProtectionOfficer } = site.platform.dataProtection;
  return {
    [ownKey(site, 'data-controller')]: `${controller.name}, ${controller.email}`,
    [ownKey(site, 'data-protection-officer')]: `${dataProtectionOfficer.name}, ${dataProtectionOfficer.email}`,
  };
}
