import path from 'node:path';
import { groupOf, identityOf, type KubeObject } from '../../model/kube-object';
import type { Member } from './member';
import { mayMakePods, podOwner, type PodOwner } from './pod-owner';
import { isEmpty, matches, type Selector } from './selector';

/** What a reference names. */
export interface Target {
  readonly group: string;
  readonly kind: string;
  /** The empty string for objects of the whole cluster, and where nothing is written. */
  readonly namespace: string;
  readonly name: string;
}

/** How sure it is that something which was not found is missing. */
export type Certainty = 'sure' | 'maybe' | 'unknown';

/**
 * Objects that run together in one cluster, as far as the tree shows it, indexed once. A namespace that is not written
 * is set when the objects are applied, so it fits every other.
 */
export class ObjectSet {
  private readonly kinds = new Map<string, Member[]>();
  private readonly names = new Map<string, Member[]>();
  private readonly podsByLabel = new Map<string, PodOwner[]>();
  private readonly podsByMember = new Map<Member, PodOwner>();
  readonly pods: readonly PodOwner[];

  /**
   * @param isDeployed true where one Argo CD or one phase deploys all of it, so that its folders are sure to meet
   */
  constructor(
    readonly members: readonly Member[],
    private readonly isDeployed: boolean,
    /** ConfigMaps and Secrets that kustomize makes: `ConfigMap NAME`. */
    readonly generated: ReadonlySet<string>,
    /** Folders with files that could not be read. */
    private readonly holes: readonly string[],
  ) {
    const pods: PodOwner[] = [];
    for (const member of members) {
      const key = kindKey(groupOf(member.object.apiVersion), member.object.kind);
      push(this.kinds, key, member);
      push(this.names, `${key} ${member.object.metadata.name}`, member);
      const owner = podOwner(member);
      if (!owner) continue;
      pods.push(owner);
      this.podsByMember.set(member, owner);
      for (const [label, value] of Object.entries(owner.labels))
        push(this.podsByLabel, `${label}=${String(value)}`, owner);
    }
    this.pods = pods;
  }

  /** Objects of a kind, in the order of their files. */
  ofKind(group: string, kind: string): readonly Member[] {
    return this.kinds.get(kindKey(group, kind)) ?? [];
  }

  /** Objects of a kind that may be in the namespace. */
  inNamespace(group: string, kind: string, namespace: string): readonly Member[] {
    return this.ofKind(group, kind).filter(({ object }) => mayBeSame(namespaceOf(object), namespace));
  }

  find({ group, kind, namespace, name }: Target): Member | undefined {
    return this.names
      .get(`${kindKey(group, kind)} ${name}`)
      ?.find(({ object }) => mayBeSame(namespaceOf(object), namespace));
  }

  /**
   * Whether an object of that kind which is not here is missing for sure: `sure` where others of its kind stand in that
   * namespace beside the one that asks, `maybe` where they stand elsewhere in the PATH, `unknown` where there are none
   * or where a file that could have it can't be read.
   */
  certainty(asking: Member, { group, kind, namespace }: Omit<Target, 'name'>): Certainty {
    const others = this.ofKind(group, kind).filter(({ object }) => isSure(namespaceOf(object), namespace));
    return this.sureness(asking, others);
  }

  podsOf(member: Member): PodOwner | undefined {
    return this.podsByMember.get(member);
  }

  /** Owners of the pods that a selector takes in a namespace; in every namespace where that is undefined. */
  select(selector: Selector, namespace: string | undefined): readonly PodOwner[] {
    const lists = selector.labels.map(([key, value]) => this.podsByLabel.get(`${key}=${value}`) ?? []);
    const shortest = lists.reduce<readonly PodOwner[]>(
      (best, list) => (list.length < best.length ? list : best),
      this.pods,
    );
    return shortest.filter(
      (owner) =>
        (namespace === undefined || mayBeSame(owner.namespace, namespace)) &&
        (isEmpty(selector) || matches(selector, owner.labels)),
    );
  }

  /**
   * How bad it is that a selector finds no pod: as `severity` where the pods of the namespace are there to be seen, less
   * where they stand in other folders or operators may make some; undefined where the set has none, and so can't know.
   */
  emptiness<S extends 'error' | 'warning'>(
    severity: S,
    asking: Member,
    namespace: string,
  ): S | 'warning' | 'info' | undefined {
    const pods = this.pods.filter((owner) => isSure(owner.namespace, namespace)).map(({ member }) => member);
    const certainty = this.sureness(asking, pods);
    if (certainty === 'unknown') return undefined;
    return certainty === 'maybe' || this.hasOperated(namespace)
      ? severity === 'error'
        ? 'warning'
        : 'info'
      : severity;
  }

  private sureness(asking: Member, others: readonly Member[]): Certainty {
    if (others.length === 0 || this.isBlind(asking)) return 'unknown';
    return others.some((other) => this.together(asking, other)) ? 'sure' : 'maybe';
  }

  /** True where a file that could not be read may hold what is asked for. */
  private isBlind(asking: Member): boolean {
    return this.isDeployed ? this.holes.length > 0 : this.holes.includes(path.posix.dirname(asking.file));
  }

  private readonly operated = new Map<string, boolean>();

  private hasOperated(namespace: string): boolean {
    let known = this.operated.get(namespace);
    if (known === undefined) {
      known = this.members.some(
        (member) => mayBeSame(namespaceOf(member.object), namespace) && mayMakePods(member) && !this.podsOf(member),
      );
      this.operated.set(namespace, known);
    }
    return known;
  }

  /** True where two objects are sure to be in one cluster: not those of a base and of its overlay. */
  together(a: Member, b: Member): boolean {
    return this.isDeployed || path.posix.dirname(a.file) === path.posix.dirname(b.file);
  }
}

/** As {@link mayBeSame}, but an object without a namespace does not tell what a written one holds. */
function isSure(found: string, asked: string): boolean {
  return found === asked || asked === '';
}

/** One of each identity: a base and its overlay count once. */
export function distinct(members: readonly Member[]): readonly Member[] {
  const seen = new Map<string, Member>();
  for (const member of members) {
    const identity = identityOf(member.object);
    if (!seen.has(identity)) seen.set(identity, member);
  }
  return [...seen.values()];
}

export function namespaceOf(object: KubeObject): string {
  const { namespace } = object.metadata as { namespace?: unknown };
  return typeof namespace === 'string' ? namespace : '';
}

/** Whether two namespaces can be the same one, where either may be left to whoever applies the objects. */
export function mayBeSame(a: string, b: string): boolean {
  return a === b || a === '' || b === '';
}

/** Kinds that have moved to another group are one kind. */
function kindKey(group: string, kind: string): string {
  if (group !== 'extensions') return `${group}/${kind}`;
  return `${kind === 'Ingress' || kind === 'NetworkPolicy' ? 'networking.k8s.io' : 'apps'}/${kind}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
