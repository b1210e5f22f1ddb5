import { kmsKey } from '../../model/platform/infrastructure';
import { maintenanceWindow } from '../../model/platform/maintenance-window';
import { scriptFile } from '../rendered-file';
import { ensure, type Word } from '../shell';
import { POD_RANGE, SERVICE_RANGE } from './network';
import { cloudName, CLUSTER_NAME, LOCATION, NAMES, nodeAccount, preamble, PROJECT, type Target } from './target';

/**
 * The control plane. Flags as in `gcloud container clusters create --help` of Google Cloud SDK 528 (June 2025), which
 * parsed every command of these scripts; what they mean: GKE documentation, read November 2026.
 */
export function clusterScript(path: string, target: Target): string {
  const { infrastructure, schedule } = target.platform;
  const name = cloudName(target);
  return scriptFile(
    path,
    [
      `Creates the control plane of ${target.cluster.name}; pools-….sh gives it nodes.`,
      '',
      'Dataplane V2, since nothing enforces a NetworkPolicy without it. People reach the control plane by its DNS name, as',
      'IAM allows; it has no public address. Secrets in its database are encrypted with a key of ours. Metrics and logs of',
      'workloads stay in the cluster, where the add-ons keep them; Google gets those of the system.',
      `Kubernetes is upgraded between ${schedule.peak.endHour}:00 and ${schedule.peak.startHour}:00 ${schedule.timeZone}, never at the peak.`,
    ],
    [
      ...preamble(target),
      'finish_operations',
      ensure(
        'cluster',
        name,
        ['gcloud', 'container', 'clusters', 'list', PROJECT, LOCATION, NAMES],
        [
          ...['gcloud', 'container', 'clusters', 'create', CLUSTER_NAME, PROJECT, LOCATION],
          `--release-channel=${infrastructure.releaseChannel}`,
          ...networkFlags(target),
          `--workload-pool=${infrastructure.project}.svc.id.goog`,
          `--database-encryption-key=${kmsKey(infrastructure, target.cluster.region, 'database')}`,
          ...windowFlags(target),
          ...['--logging=SYSTEM', '--monitoring=SYSTEM', '--no-enable-managed-prometheus'],
          '--addons=HorizontalPodAutoscaling,HttpLoadBalancing,GcePersistentDiskCsiDriver',
          // GKE creates no cluster without a pool; this one goes as soon as there is another.
          ...['--num-nodes=1', '--machine-type=e2-medium', ...nodeFlags(target)],
        ],
      ),
      'require_running',
      credentials(),
    ],
  );
}

/** For people who go on with kubectl: an entry in their kubeconfig under the name that the scripts ask for. */
function credentials(): string {
  return 'run gcloud container clusters get-credentials "$CLUSTER" --project="$PROJECT" --location="$REGION" --dns-endpoint';
}

function networkFlags(target: Target): Word[] {
  const zones = [
    ...new Set(Object.values(target.cluster.pools).flatMap((pools) => pools.flatMap(({ zones: all }) => all))),
  ];
  return [
    `--node-locations=${zones.sort().join(',')}`,
    ...['--enable-dataplane-v2', '--enable-ip-alias', `--network=${target.platform.infrastructure.network}`],
    `--subnetwork=${cloudName(target)}`,
    ...[`--cluster-secondary-range-name=${POD_RANGE}`, `--services-secondary-range-name=${SERVICE_RANGE}`],
    ...['--enable-private-nodes', '--enable-private-endpoint', '--enable-master-authorized-networks'],
    '--enable-dns-access',
  ];
}

/** Daily, since the hours that are off-peak on the busiest days are so on all others. */
function windowFlags({ platform }: Target): Word[] {
  const { startMinute, endMinute } = maintenanceWindow(platform.schedule);
  // Any day in the past will do: GKE reads the hours.
  const at = (minute: number): string => new Date(Date.UTC(2000, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');
  return [
    `--maintenance-window-start=${at(startMinute)}`,
    `--maintenance-window-end=${at(endMinute)}`,
    '--maintenance-window-recurrence=FREQ=DAILY',
  ];
}

/** What the nodes of every pool have in common. */
export function nodeFlags({ platform, cluster }: Target): Word[] {
  const { nodes } = platform.infrastructure;
  return [
    `--service-account=${nodeAccount(platform)}`,
    ...['--workload-metadata=GKE_METADATA', '--image-type=COS_CONTAINERD'],
    ...['--shielded-secure-boot', '--shielded-integrity-monitoring', '--no-enable-insecure-kubelet-readonly-port'],
    ...[`--disk-type=${nodes.bootDiskType}`, `--disk-size=${nodes.bootDiskGiB}`],
    `--boot-disk-kms-key=${kmsKey(platform.infrastructure, cluster.region, 'disks')}`,
  ];
}
