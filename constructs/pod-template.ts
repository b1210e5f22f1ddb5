import { createHash } from 'node:crypto';
import { JsonPatch } from 'cdk8s';
import type { Workload } from '../model/platform/workload';
import { container, scratchVolumes } from './container';
import type { k8s } from './k8s';
import { placement } from './placement';
import { proxyAnnotations } from './proxy-annotations';
import { scratchClaimVolumes } from './scratch-claim';
import { secretVolumes } from './secrets';
import { ownKey, workloadLabels, type Site } from './site';

/** Kubernetes minor from which the kubelet can sleep before it stops a container (beta and on by default). */
const SLEEP_MINOR = 30;

/** How long endpoints and load balancers get to notice that a pod is leaving before it is told to. */
const DRAIN_SECONDS = 5;

/** The pods of a workload, meeting Pod Security `restricted`. */
export function podTemplate(
  site: Site,
  workload: Workload,
  config: Readonly<Record<string, string>>,
  restartPolicy: 'Always' | 'Never',
): k8s.PodTemplateSpec {
  const hasConfig = Object.keys(config).length > 0;
  const annotations = podAnnotations(site, workload, config);
  return {
    metadata: {
      labels: workloadLabels(site, workload),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      serviceAccountName: workload.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: workload.priorityClass,
      restartPolicy,
      terminationGracePeriodSeconds: workload.terminationGracePeriodSeconds,
      securityContext: {
        fsGroup: workload.runAsUser,
        fsGroupChangePolicy: 'OnRootMismatch',
        runAsGroup: workload.runAsUser,
        runAsNonRoot: true,
        runAsUser: workload.runAsUser,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...placement(site, workload),
      containers: workload.containers.map((data) => container(site, workload, data, hasConfig)),
      volumes: [...scratchVolumes(workload), ...scratchClaimVolumes(site, workload), ...secretVolumes(site, workload)],
    },
  };
}

/**
 * Patches of a pod template at `path` that the types can't say: a sleep before the stop, where the kubelet knows it.
 * Older clusters rely on the application's own drain within the grace period.
 */
export function drainPatches(site: Site, workload: Workload, path: string): JsonPatch[] {
  if ((site.cluster.k8sMinor ?? 0) < SLEEP_MINOR) return [];
  return workload.containers.flatMap((data, index) =>
    data.ports.length === 0
      ? []
      : [
          JsonPatch.add(`${path}/spec/containers/${index}/lifecycle`, {
            preStop: { sleep: { seconds: DRAIN_SECONDS } },
          }),
        ],
  );
}

function podAnnotations(
  site: Site,
  workload: Workload,
  config: Readonly<Record<string, string>>,
): Record<string, string> {
  const annotations = proxyAnnotations(site, workload);
  // Environment is read once, at the start: without this a changed ConfigMap would wait for the next restart.
  if (Object.keys(config).length > 0) annotations[ownKey(site, 'config-digest')] = digest(config);
  if (workload.kind !== 'CronJob' && workload.restartedFor !== undefined) {
    annotations[ownKey(site, 'restarted-for')] = workload.restartedFor;
  }
  return annotations;
}

function digest(config: Readonly<Record<string, string>>): string {
  const entries = Object.keys(config)
    .sort()
    .map((name) => [name, config[name]]);
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
}
