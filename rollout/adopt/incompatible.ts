import { describeObject, groupOf, type KubeObject } from '../../model/kube-object';
import { field, listField, textField } from '../cluster/field';
import {
  clearManagers,
  matchLabels,
  replaceDeployment,
  replaceStatefulSet,
  selectorText,
  type Kubectl,
} from './commands';

/** Why Git's version of an object can't simply be applied over the live one. */
export interface Incompatibility {
  readonly object: KubeObject;
  /** `problem`: the sync would fail, or do harm without saying so. `warning`: it works, and something is left behind. */
  readonly level: 'problem' | 'warning';
  readonly what: string;
  /** Commands that make it fit, in order; what is no command begins with `#`. */
  readonly commands: readonly string[];
}

/** Compares one object of Git with the live one of the same name. */
export function incompatibilities(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  const rules = RULES[`${groupOf(wanted.apiVersion)}/${wanted.kind}`] ?? [];
  const found = rules.flatMap((rule) => rule(wanted, live, kubectl));
  // Whoever is deleted and made again has no old managers.
  return found.some(isReplaced) ? found : [...found, ...leftoverManagers(live, kubectl)];
}

/** Whether its remedy makes the object anew. */
export function isReplaced({ level, commands }: Incompatibility): boolean {
  return level === 'problem' && commands.some((line) => line.includes(' delete '));
}

/** Whether its remedy leaves every field without an owner: Argo CD's next sync takes what Git holds and drops the rest. */
export function isUnowned({ commands }: Incompatibility): boolean {
  return commands.some((line) => line.includes('managedFields'));
}

type Rule = (wanted: KubeObject, live: KubeObject, kubectl: Kubectl) => Incompatibility[];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'apps/Deployment': [selector, foreignContainers, paused],
  'apps/StatefulSet': [selector, foreignContainers, statefulSetFields],
  'batch/CronJob': [foreignContainers],
  '/Service': [service],
  'storage.k8s.io/StorageClass': [immutable('provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode')],
  'scheduling.k8s.io/PriorityClass': [immutable('value', 'preemptionPolicy')],
};

function selector(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  if (same(field(live, 'spec', 'selector'), field(wanted, 'spec', 'selector'))) return [];
  return [
    {
      object: wanted,
      level: 'problem',
      what: `its selector is ${selectorText(matchLabels(live))} and can't be changed; Git's is ${selectorText(matchLabels(wanted))}`,
      commands: replace(wanted, live, kubectl),
    },
  ];
}

/** Lists of containers are merged by name: one that Git does not know would go on running beside Git's. */
function foreignContainers(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  const foreign = ['initContainers', 'containers'].flatMap((list) => {
    const known = new Set(names(podSpec(wanted), list));
    return names(podSpec(live), list).filter((name) => !known.has(name));
  });
  if (foreign.length === 0) return [];
  return [
    {
      object: wanted,
      level: 'problem',
      what: `its containers ${foreign.join(', ')} are not in Git (${names(podSpec(wanted), 'containers').join(', ')} are): they would run beside them`,
      commands: replace(wanted, live, kubectl),
    },
  ];
}

function paused(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  if (field(live, 'spec', 'paused') !== true) return [];
  const what = 'somebody has paused its rollout: no change would reach a pod';
  return [
    {
      object: wanted,
      level: 'problem',
      what,
      commands: [`${kubectl} rollout resume deployment/${live.metadata.name}`],
    },
  ];
}

function statefulSetFields(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  const commands = replace(wanted, live, kubectl);
  const found: Incompatibility[] = [];
  for (const key of ['serviceName', 'podManagementPolicy']) {
    const [old, fresh] = [textField(live, 'spec', key) ?? 'not set', textField(wanted, 'spec', key)];
    if (fresh === undefined || old === fresh) continue;
    found.push({
      object: wanted,
      level: 'problem',
      what: `its ${key} is ${old} and can't be changed; Git's is ${fresh}`,
      commands,
    });
  }
  const claims = new Map(
    listField(live, 'spec', 'volumeClaimTemplates').map((claim) => [textField(claim, 'metadata', 'name') ?? '', claim]),
  );
  for (const claim of listField(wanted, 'spec', 'volumeClaimTemplates')) {
    const name = textField(claim, 'metadata', 'name') ?? '';
    const old = claims.get(name);
    claims.delete(name);
    if (old === undefined) {
      found.push({
        object: wanted,
        level: 'problem',
        what: `Git's claim template ${name} is not there: the pods would begin with empty volumes`,
        commands: ['# move the data first: docs/rollout.md, "Volumes"', ...commands],
      });
      continue;
    }
    const differing = ['storageClassName', 'accessModes', 'resources', 'volumeMode'].filter((key) => {
      const fresh = field(claim, 'spec', key);
      return fresh !== undefined && !same(field(old, 'spec', key), fresh);
    });
    if (differing.length === 0) continue;
    found.push({
      object: wanted,
      level: 'problem',
      what: `${differing.join(', ')} of its claim template ${name} can't be changed`,
      commands: [
        ...commands,
        '# its pods keep the claims that they have; docs/rollout.md, "Volumes", says how to move them',
      ],
    });
  }
  return found;
}

/** Removing `clusterIP: None` from Git is accepted and does nothing; setting it is refused. */
function service(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  const headless = (object: KubeObject): boolean => field(object, 'spec', 'clusterIP') === 'None';
  const found: Incompatibility[] = [];
  if (headless(wanted) !== headless(live)) {
    found.push({
      object: wanted,
      level: 'problem',
      what: headless(live)
        ? 'it is headless, and stays so whatever is applied'
        : 'it has a cluster address, and Git wants it headless',
      commands: [
        `${kubectl} delete service ${live.metadata.name}   # Argo CD makes it again; its name does not resolve meanwhile`,
      ],
    });
  }
  const type = textField(live, 'spec', 'type') ?? 'ClusterIP';
  if (
    ['LoadBalancer', 'NodePort'].includes(type) &&
    (textField(wanted, 'spec', 'type') ?? 'ClusterIP') === 'ClusterIP'
  ) {
    found.push({
      object: wanted,
      level: 'warning',
      what: `it is a ${type} and becomes a ClusterIP: its outside address goes`,
      commands: ['# make sure that the public name points at the front door before'],
    });
  }
  return found;
}

function immutable(...keys: readonly string[]): Rule {
  return (wanted, live, kubectl) => {
    const differing = keys.filter(
      (key) => field(wanted, key) !== undefined && !same(field(wanted, key), field(live, key)),
    );
    if (differing.length === 0) return [];
    const { kind, metadata } = live;
    return [
      {
        object: wanted,
        level: 'problem',
        what: `its ${differing.join(', ')} can't be changed`,
        commands: [
          `${kubectl} delete ${kind.toLowerCase()} ${metadata.name}   # nothing that uses it is touched; Argo CD makes it again`,
        ],
      },
    ];
  };
}

/** Managers whose part of an object Argo CD takes over by itself, or that never write what Git holds. */
const KNOWN_MANAGERS =
  /^(argocd-controller|kubectl-client-side-apply|kube-controller-manager|kube-scheduler|kubelet|cloud-controller-manager|gke-.*|vpa-.*|keda.*)$/;

/** People's tools. */
const HAND_MADE = /^(kubectl|helm|Mozilla|OpenLens|k9s|before-first-apply|Terraform|HashiCorp)/;

/**
 * Who else has written fields of an object by hand. They stay co-owners of fields whose value is Git's too: when Git drops
 * such a field later, it stays.
 */
export function handMadeManagers(live: KubeObject): string[] {
  return [
    ...new Set(
      listField(live, 'metadata', 'managedFields')
        .filter((entry) => textField(entry, 'subresource') !== 'status')
        .map((entry) => textField(entry, 'manager') ?? '')
        .filter((manager) => HAND_MADE.test(manager) && !KNOWN_MANAGERS.test(manager)),
    ),
  ];
}

function leftoverManagers(live: KubeObject, kubectl: Kubectl): Incompatibility[] {
  const managers = handMadeManagers(live);
  if (managers.length === 0) return [];
  return [
    {
      object: live,
      level: 'warning',
      what: `fields of it belong to ${managers.join(', ')}: what Git does not name, or drops later, would stay`,
      commands: [clearManagers(kubectl, live)],
    },
  ];
}

function replace(wanted: KubeObject, live: KubeObject, kubectl: Kubectl): string[] {
  if (wanted.kind === 'Deployment') return replaceDeployment(kubectl, wanted, live);
  if (wanted.kind === 'StatefulSet') return replaceStatefulSet(kubectl, wanted, live);
  return [`${kubectl} delete ${wanted.kind.toLowerCase()} ${live.metadata.name}   # Argo CD makes it again`];
}

function podSpec(object: KubeObject): unknown {
  return field(object, 'spec', 'template', 'spec') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
}

function names(spec: unknown, list: string): string[] {
  return listField(spec, list).map((entry) => textField(entry, 'name') ?? '');
}

/** Equal as data, whatever the order of keys. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

/** How an incompatible object is named to a person. */
export function objectText({ object }: Incompatibility): string {
  return describeObject(object);
}
