import type { KubeObject } from '../kube-object';
import type { Keys } from './access';

/** Where each kind keeps its pod template. */
const TEMPLATES: Readonly<Record<string, Keys>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  ScaledJob: ['spec', 'jobTargetRef', 'template'],
};

/** Kinds whose objects are or make pods. */
export const POD_KINDS: readonly string[] = Object.keys(TEMPLATES);

/** Groups that those kinds belong to: a Job of another API is something else. */
const POD_GROUPS = /^(v1$|apps\/|batch\/|argoproj\.io\/|keda\.sh\/|extensions\/)/;

/** Where an object keeps the template of its pods; empty keys for a Pod itself, undefined where it makes none. */
export function podTemplateKeys(object: KubeObject): Keys | undefined {
  return POD_GROUPS.test(object.apiVersion) ? TEMPLATES[object.kind] : undefined;
}
