import { podOf } from '../../checks/pods';
import type { KubeObject } from '../../model/kube-object';
import { asList, asNumber, asRecord, at, textAt } from '../../model/manifest/access';
import { selects } from '../../model/manifest/label-selector';
import type { ObjectChange } from '../diff/object-change';
import { grouped } from '../grouped';
import type { ReachabilityChange } from '../reachability/compare';
import { isBelow, type Entry, type ObjectReader } from '../source/objects';
import { usesIn, type Use } from './pod-uses';

/** An Argo CD Application, as far as a review needs it. */
export interface Deployer {
  readonly name: string;
  readonly namespace: string;
  readonly entry: Entry;
  /** Folder in the repository. */
  readonly path: string;
  readonly prunes: boolean;
}

/** What a pod uses, and whose pod it is. */
export interface PodUse extends Use {
  readonly entry: Entry;
}

/** Pods at the minimum and the maximum of a workload. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly autoscaler: string | undefined;
}

const WORKLOAD = /"?kind"?: *"?(Deployment|StatefulSet|DaemonSet|Rollout|CronJob|Job)\b/;
const CONFIG_SOURCE = /"?kind"?: *"?(Deployment|StatefulSet|DaemonSet|Rollout|CronJob|Job|Pod)\b/;

/** What stands around the changes on one side. Every list is read only when a rule asks for it. */
export class Side {
  private readonly lists = new Map<string, readonly Entry[]>();
  private byTarget: ReadonlyMap<string, readonly Entry[]> | undefined;
  private budgetsByRoom: ReadonlyMap<string, readonly Entry[]> | undefined;
  private podsByUse: ReadonlyMap<string, readonly PodUse[]> | undefined;

  constructor(readonly reader: ObjectReader) {}

  get applications(): readonly Deployer[] {
    return this.list('applications', /"?kind"?: *"?Application\b/)
      .filter(({ object }) => object.kind === 'Application' && object.apiVersion.startsWith('argoproj.io/'))
      .flatMap((entry) => {
        const { object } = entry;
        const sources = [at(object, 'spec', 'source'), ...asList(at(object, 'spec', 'sources'))];
        return sources.flatMap((source): Deployer[] => {
          const path = textAt(source, 'path')?.replace(/^\.?\/+|\/+$/g, '');
          if (path === undefined) return [];
          const prunes = at(object, 'spec', 'syncPolicy', 'automated', 'prune') === true;
          return [{ name: entry.name.name, namespace: entry.name.namespace, entry, path, prunes }];
        });
      });
  }

  /** The Applications that deploy what lies in a folder. */
  deployersOf(place: string): readonly Deployer[] {
    return this.applications.filter(({ path }) => isBelow(place, path === '' ? '.' : path));
  }

  get workloads(): readonly Entry[] {
    return this.list('workloads', WORKLOAD).filter(({ object }) => podOf(object) !== undefined);
  }

  get pods(): readonly Entry[] {
    return this.list('pods', CONFIG_SOURCE).filter(({ object }) => podOf(object) !== undefined);
  }

  /** HorizontalPodAutoscalers and ScaledObjects. */
  get autoscalers(): readonly Entry[] {
    return this.list('autoscalers', /"?kind"?: *"?(HorizontalPodAutoscaler|ScaledObject)\b/);
  }

  get budgets(): readonly Entry[] {
    return this.list('budgets', /"?kind"?: *"?PodDisruptionBudget\b/);
  }

  /** The replicas between which a workload scales. */
  scaleOf({ object, place, name }: Entry): Scale {
    const replicas = asNumber(at(object, 'spec', 'replicas')) ?? 1;
    this.byTarget ??= grouped(this.autoscalers, (entry) => roomOf(entry, targetOf(entry.object)));
    const [scaler] = this.byTarget.get(roomOf({ place, name }, `${object.kind}/${name.name}`)) ?? [];
    if (!scaler) return { min: replicas, max: replicas, autoscaler: undefined };
    const { min, max } = boundsOf(scaler.object);
    return { min, max, autoscaler: `${scaler.object.kind} ${scaler.name.name}` };
  }

  /** The budgets whose selector takes the workload's pods. */
  budgetsOf({ object, place, name }: Entry): readonly Entry[] {
    const labels = (at(podOf(object)?.template, 'metadata', 'labels') ?? {}) as Readonly<Record<string, string>>;
    this.budgetsByRoom ??= grouped(this.budgets, (entry) => roomOf(entry));
    const budgets = this.budgetsByRoom.get(roomOf({ place, name })) ?? [];
    return budgets.filter((entry) => selects(at(entry.object, 'spec', 'selector'), labels));
  }

  /** The owners of pods that use a ConfigMap, Secret, ServiceAccount or claim of their namespace and folder. */
  usesOf({ name, object, place }: Entry): readonly PodUse[] {
    if (!this.podsByUse) {
      const uses = this.pods.flatMap((entry) => usesIn(entry).map((use) => ({ ...use, entry })));
      this.podsByUse = grouped(uses, ({ entry, id }) => roomOf(entry, id));
    }
    return this.podsByUse.get(roomOf({ place, name }, `${object.kind}/${name.name}`)) ?? [];
  }

  private list(name: string, pattern: RegExp): readonly Entry[] {
    const known = this.lists.get(name);
    if (known) return known;
    const found = this.reader.matching(pattern);
    this.lists.set(name, found);
    return found;
  }
}

/** What one namespace in one folder is told by, and what is looked for there. */
function roomOf({ place, name }: Pick<Entry, 'place' | 'name'>, id = ''): string {
  return `${place}\n${name.namespace}\n${id}`;
}

/** Both sides, and the changes as a whole. */
export interface Surroundings {
  readonly base: Side;
  readonly head: Side;
  readonly changes: readonly ObjectChange[];
  /** Whether the pods of a workload are replaced by this change. */
  readonly isRestarting: (workload: Entry) => boolean;
  readonly reachability: ReachabilityChange;
}

/** `Deployment/api` of an autoscaler. */
export function targetOf(scaler: KubeObject): string {
  const target = asRecord(at(scaler, 'spec', 'scaleTargetRef')) ?? {};
  return `${textAt(target, 'kind') ?? 'Deployment'}/${textAt(target, 'name') ?? ''}`;
}

/** Least and most replicas of an autoscaler; its own defaults where a bound is left out. */
export function boundsOf({ kind, spec }: KubeObject): { min: number; max: number } {
  const isKeda = kind === 'ScaledObject';
  // KEDA's defaults: https://keda.sh/docs/latest/reference/scaledobject-spec/
  const min = asNumber(at(spec, isKeda ? 'minReplicaCount' : 'minReplicas')) ?? (isKeda ? 0 : 1);
  return { min, max: asNumber(at(spec, isKeda ? 'maxReplicaCount' : 'maxReplicas')) ?? (isKeda ? 100 : min) };
}
