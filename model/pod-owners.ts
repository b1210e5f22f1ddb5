import { scaledReplicas, targetKey, type ReplicaRange } from './autoscalers';
import { describeObject, groupOf, type KubeObject } from './kube-object';
import { asList, asNumber, asRecord, at, textAt } from './manifest/access';
import { podTemplateKeys } from './manifest/pod-templates';
import { namespaceDefaults, templateResources, type NamespaceDefaults } from './pod-defaults';
import type { ContainerResources, PodTemplate, Resources } from './pod-requests';
import { QuantityError } from './quantity';

/** How many pods an owner runs. */
export interface PodCounts {
  /** The autoscaler's minimum, or the replicas; Jobs of a CronJob count as none. */
  readonly minimum: number;
  /** The floor of a KEDA cron trigger, else the replicas, else the minimum. */
  readonly expected: number;
  /** The autoscaler's maximum; a run of a CronJob with all its pods. */
  readonly maximum: number;
}

/** An object that makes pods, with what they ask for. */
export interface PodOwner {
  readonly object: KubeObject;
  /** `node`: one pod on each node that takes it; `job`: pods that come and go; `served`: replicas; `bare`: a Pod. */
  readonly role: 'served' | 'job' | 'node' | 'bare';
  readonly template: PodTemplate;
  /** What one pod asks of its node, with the injected proxy and the defaults of its namespace. */
  readonly one: Resources;
  /** Of a `node` owner: 1 each, to be multiplied by the nodes. */
  readonly pods: PodCounts;
  /** Pods that a rolling update starts on top of that many replicas; both generations count. */
  readonly surge: (replicas: number) => number;
}

/**
 * Everything among the objects that makes pods, in their order. Pods and ReplicaSets that another object made (a
 * dump of a live cluster has them) are left out: their owner counts.
 *
 * @throws QuantityError where a resource is no quantity.
 */
export function podOwners(objects: readonly KubeObject[]): readonly PodOwner[] {
  const scaled = scaledReplicas(objects);
  const defaults = namespaceDefaults(objects);
  const canaries = canaryTargets(objects);
  return objects.flatMap((object) => {
    const keys = podTemplateKeys(object);
    if (!keys || object.kind === 'PodTemplate' || asList(object.metadata.ownerReferences).length > 0) return [];
    const template = readTemplate(at(object, ...keys));
    if (!template) return [];
    const { namespace, name } = object.metadata;
    const key = targetKey(namespace, object.kind, name);
    return {
      object,
      role: roleOf(object.kind),
      template,
      one: resourcesOf(object, template, defaults.get(namespace ?? '')),
      pods: countsOf(object, scaled.get(key)),
      surge: canaries.has(key) ? (replicas: number) => replicas : surgeOf(object),
    };
  });
}

/** The template as far as it is one: manifests of others may hold anything. */
function readTemplate(value: unknown): PodTemplate | undefined {
  const template = asRecord(value);
  const spec = asRecord(template?.spec);
  if (!template || !spec) return undefined;
  const containers = (list: unknown): readonly ContainerResources[] =>
    asList(list).flatMap((one) => (asRecord(one) as ContainerResources | undefined) ?? []);
  const metadata = asRecord(template.metadata) ?? {};
  return {
    metadata: { labels: texts(metadata.labels), annotations: texts(metadata.annotations) },
    spec: { ...spec, containers: containers(spec.containers), initContainers: containers(spec.initContainers) },
  };
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(asRecord(value) ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function resourcesOf(object: KubeObject, template: PodTemplate, namespace: NamespaceDefaults | undefined): Resources {
  try {
    return templateResources(template, namespace);
  } catch (error) {
    if (error instanceof QuantityError) throw new QuantityError(`${describeObject(object)}: ${error.message}`);
    throw error;
  }
}

function roleOf(kind: string): PodOwner['role'] {
  if (kind === 'DaemonSet') return 'node';
  if (kind === 'Pod') return 'bare';
  return ['Job', 'CronJob', 'ScaledJob'].includes(kind) ? 'job' : 'served';
}

function countsOf(object: KubeObject, range: ReplicaRange | undefined): PodCounts {
  switch (object.kind) {
    case 'DaemonSet':
    case 'Pod':
      return { minimum: 1, expected: 1, maximum: 1 };
    case 'Job': {
      const pods = podsOfRun(object.spec);
      return { minimum: pods, expected: pods, maximum: pods };
    }
    case 'CronJob':
      return { minimum: 0, expected: 0, maximum: podsOfRun(at(object, 'spec', 'jobTemplate', 'spec')) };
    case 'ScaledJob': {
      const runs = asNumber(at(object, 'spec', 'maxReplicaCount')) ?? 100;
      return { minimum: 0, expected: 0, maximum: runs * podsOfRun(at(object, 'spec', 'jobTargetRef')) };
    }
    default: {
      const replicas = asNumber(at(object, 'spec', 'replicas'));
      if (range === undefined) {
        const fixed = replicas ?? 1;
        return { minimum: fixed, expected: fixed, maximum: fixed };
      }
      const maximum = Math.max(range.min, range.max);
      const wanted = range.floor ?? replicas ?? range.min;
      return { minimum: range.min, expected: Math.min(Math.max(wanted, range.min), maximum), maximum };
    }
  }
}

function podsOfRun(spec: unknown): number {
  const parallelism = asNumber(at(spec, 'parallelism')) ?? 1;
  const completions = asNumber(at(spec, 'completions'));
  return completions === undefined ? parallelism : Math.min(parallelism, completions);
}

/** Deployments and Rollouts start new pods before they stop old ones; StatefulSets and Jobs don't. */
function surgeOf(object: KubeObject): (replicas: number) => number {
  if (object.kind === 'Deployment') {
    const strategy = at(object, 'spec', 'strategy');
    if (textAt(strategy, 'type') === 'Recreate') return () => 0;
    return (replicas) => podsOf(at(strategy, 'rollingUpdate', 'maxSurge'), replicas);
  }
  if (object.kind === 'Rollout' && groupOf(object.apiVersion) === 'argoproj.io') {
    const strategy = at(object, 'spec', 'strategy');
    if (asRecord(at(strategy, 'blueGreen'))) return (replicas) => replicas;
    return (replicas) => podsOf(at(strategy, 'canary', 'maxSurge'), replicas);
  }
  return () => 0;
}

/** The API's own default is a quarter; percentages of a surge round up. */
function podsOf(amount: unknown, replicas: number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number(/^(\d+)%$/.exec(typeof amount === 'string' ? amount : '25%')?.[1] ?? 0);
  return Math.ceil((replicas * percent) / 100);
}

/** Targets of Flagger's Canary objects: the canary runs beside a primary of the same size. */
function canaryTargets(objects: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(
    objects
      .filter(({ apiVersion, kind }) => kind === 'Canary' && groupOf(apiVersion) === 'flagger.app')
      .map(({ metadata, spec }) =>
        targetKey(
          metadata.namespace,
          textAt(spec, 'targetRef', 'kind') ?? 'Deployment',
          textAt(spec, 'targetRef', 'name') ?? '',
        ),
      ),
  );
}
