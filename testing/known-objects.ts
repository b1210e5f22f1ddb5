import type { KubeObject } from '../model/kube-object';
import { named } from '../model/platform/named';
import type { Platform } from '../model/platform/platform';
import { renderPlatform } from '../phases/render';
import { delivered } from './delivered';
import { field } from './rendered';

/** Kinds that live on a cluster and that Git does not have, with their scope. */
const LIVE_KINDS: Readonly<Record<string, 'namespaced' | 'cluster'>> = {
  pod: 'namespaced',
  job: 'namespaced',
  event: 'namespaced',
  secret: 'namespaced',
  persistentvolumeclaim: 'namespaced',
  node: 'cluster',
  apiservice: 'cluster',
  // Made by charts, from their own kinds.
  'workload.kueue.x-k8s.io': 'namespaced',
  'certificate.cert-manager.io': 'namespaced',
  prometheus: 'namespaced',
  alertmanager: 'namespaced',
  servicemonitor: 'namespaced',
};

/** What charts call their objects at the versions of platform/charts/, as their templates were read (November 2026). */
const OF_CHARTS: readonly (readonly [namespace: string, kind: string, name: string])[] = [
  ['monitoring', 'pod', 'prometheus-kube-prometheus-stack-prometheus-0'],
  ['monitoring', 'pod', 'alertmanager-kube-prometheus-stack-alertmanager-0'],
  ['monitoring', 'alertmanager', 'kube-prometheus-stack-alertmanager'],
  ['monitoring', 'deployment', 'kube-prometheus-stack-kube-state-metrics'],
  ['monitoring', 'service', 'kube-prometheus-stack-prometheus'],
  ['monitoring', 'service', 'kube-prometheus-stack-alertmanager'],
  ['monitoring', 'service', 'kube-prometheus-stack-grafana'],
  ['cert-manager', 'deployment', 'cert-manager'],
  ['keda', 'deployment', 'keda-operator'],
  ['k8gb', 'deployment', 'k8gb'],
  ['', 'apiservice', 'v1beta1.metrics.k8s.io'],
  ['', 'apiservice', 'v1beta1.external.metrics.k8s.io'],
];

/** Singular by the short and irregular words that people write. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ deploy: 'deployment', sts: 'statefulset', pvc: 'persistentvolumeclaim', po: 'pod' },
  ...{ hpa: 'horizontalpodautoscaler', vpa: 'verticalpodautoscaler', pdb: 'poddisruptionbudget' },
};

/** What there is on clusters that run what this repository renders. */
export interface KnownObjects {
  /** Kind in lower case, singular; undefined where there is no such kind. */
  kind(word: string): string | undefined;
  /** Whether objects of it lie in a namespace. */
  isNamespaced(kind: string): boolean;
  has(namespace: string, kind: string, name: string): boolean;
  hasLabel(kind: string, label: string, value: string): boolean;
  hasContainer(name: string): boolean;
  readonly namespaces: ReadonlySet<string>;
}

/** Reads the names from all phases of all clusters, their applications, and the data of pools and charts. */
export function knownObjects(platform: Platform): KnownObjects {
  const rendered = renderPlatform(platform).cells.flatMap(({ objects }) => objects.map(({ object }) => object));
  const regions = named(platform.clusters).filter(({ addons }) => addons === 'managed');
  const argo = regions.flatMap(({ name, since }) => [
    ...delivered(platform, name, since === 'phase-1' ? 'phase-3' : since).values(),
  ]);
  const all = [...rendered, ...argo, ...argo.flatMap(extraManifests)];
  const kinds = new Map<string, boolean>(
    Object.entries(LIVE_KINDS).map(([kind, scope]) => [kind, scope === 'namespaced']),
  );
  for (const { kind, metadata } of all) kinds.set(kind.toLowerCase(), metadata.namespace !== undefined);
  const names = new Set([
    ...all
      .flatMap((object) => [object, ...derived(object)])
      .map(({ kind, metadata }) => key(metadata.namespace ?? '', kind, metadata.name)),
    ...OF_CHARTS.map(([namespace, kind, name]) => key(namespace, kind, name)),
    ...[platform.mesh.gateway.credentialName, platform.mesh.gateway.sites.credentialName].map((name) =>
      key(platform.mesh.gateway.namespace, 'secret', name),
    ),
  ]);
  const labels = new Set([...all.flatMap(labelsOf), ...nodeLabels(platform)]);
  const containers = new Set([
    ...named(platform.workloads).flatMap((workload) => workload.containers.map(({ name }) => name)),
    ...['prometheus', 'alertmanager'],
  ]);
  const charts = named(platform.charts).flatMap(({ namespace, alsoIn }) => [namespace, ...(alsoIn ?? [])]);
  return {
    kind: (word) => singular(word, kinds),
    isNamespaced: (kind) => kinds.get(kind) ?? false,
    has: (namespace, kind, name) => names.has(key(namespace, kind, name)),
    hasLabel: (kind, label, value) => labels.has(`${kind} ${label}=${value}`),
    hasContainer: (name) => containers.has(name),
    namespaces: new Set([platform.settings.namespace, platform.settings.argocdNamespace, ...charts]),
  };
}

function key(namespace: string, kind: string, name: string): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}

function singular(word: string, kinds: ReadonlyMap<string, boolean>): string | undefined {
  const [plain = '', ...group] = word.toLowerCase().split('.');
  const suffix = group.length === 0 ? '' : `.${group.join('.')}`;
  const one = WORDS[plain] ?? plain;
  const forms = [one, one.replace(/ies$/, 'y'), one.replace(/ses$/, 's'), one.replace(/s$/, '')];
  return forms.flatMap((form) => [`${form}${suffix}`, form]).find((form) => kinds.has(form));
}

/** What a controller makes of an object, by names that don't change. */
function derived({ kind, metadata, spec }: KubeObject): KubeObject[] {
  const made = (of: string, name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: of,
    metadata: { name, namespace: metadata.namespace ?? '' },
  });
  if (kind === 'ExternalSecret') return [made('Secret', metadata.name)];
  if (kind === 'ScaledObject') return [made('HorizontalPodAutoscaler', metadata.name)];
  if (kind !== 'StatefulSet') return [];
  const { replicas = 1, volumeClaimTemplates = [] } = spec as {
    replicas?: number;
    volumeClaimTemplates?: KubeObject[];
  };
  return Array.from({ length: replicas }, (_, ordinal) => `${metadata.name}-${ordinal}`).flatMap((pod) => [
    made('Pod', pod),
    ...volumeClaimTemplates.map((claim) => made('PersistentVolumeClaim', `${claim.metadata.name}-${pod}`)),
  ]);
}

/** What a chart installs beside its own. */
function extraManifests(application: KubeObject): KubeObject[] {
  const manifests = field(application, 'spec', 'source', 'helm', 'valuesObject', 'extraManifests');
  return Array.isArray(manifests) ? (manifests as KubeObject[]) : [];
}

/** Labels of an object itself and of the pods and Jobs that come of it. */
function labelsOf(object: KubeObject): string[] {
  const template = field(object, 'spec', 'template', 'metadata', 'labels');
  const job = field(object, 'spec', 'jobTemplate', 'metadata', 'labels');
  const pod = field(object, 'spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels');
  const texts = (kind: string, labels: unknown): string[] =>
    Object.entries((labels ?? {}) as Record<string, string>).map(([label, value]) => `${kind} ${label}=${value}`);
  return [
    ...texts(object.kind.toLowerCase(), object.metadata.labels),
    ...[...texts('pod', template), ...texts('pod', pod), ...texts('job', job)],
    // The controller gives a claim the labels that select its pods.
    ...(object.kind === 'StatefulSet' ? texts('persistentvolumeclaim', template) : []),
  ];
}

function nodeLabels({ clusters, settings }: Platform): string[] {
  return Object.values(clusters)
    .flatMap(({ pools }) => Object.values(pools).flat())
    .map(({ label }) => `node ${settings.labelDomain}/pool=${label}`);
}
