import { podOf } from '../../checks/pods';
import { asList, asNumber, at, textAt } from '../../model/manifest/access';
import type { Entry } from '../source/objects';

type Labels = Readonly<Record<string, string>>;

/** Pods of one owner, as policies see them. */
export interface Workload {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels of its namespace. */
  readonly namespaceLabels: Labels;
  /** `cluster.local/ns/aia/sa/api`: its identity in the mesh. */
  readonly principal: string;
  readonly ports: readonly WorkloadPort[];
}

export interface WorkloadPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
}

/** The workloads among objects, each once. */
export function workloadsOf(entries: readonly Entry[]): readonly Workload[] {
  const namespaces = new Map(
    entries
      .filter(({ object }) => object.kind === 'Namespace')
      .map(({ object, name }) => [name.name, object.metadata.labels ?? {}]),
  );
  const found = new Map<string, Workload>();
  for (const { object, name } of entries) {
    const pod = podOf(object);
    if (!pod) continue;
    const { namespace } = name;
    const id = `${namespace === '' ? 'default' : namespace}/${name.name}`;
    const account = textAt(pod.spec, 'serviceAccountName') ?? 'default';
    found.set(id, {
      id,
      namespace,
      labels: (at(pod.template, 'metadata', 'labels') ?? {}) as Labels,
      // Every namespace has this label, whether its manifest says so or not.
      namespaceLabels: { ...namespaces.get(namespace), 'kubernetes.io/metadata.name': namespace },
      principal: `cluster.local/ns/${namespace}/sa/${account}`,
      ports: pod.containers.flatMap(({ container }) =>
        asList(container.ports).flatMap((port): WorkloadPort[] => {
          const number = asNumber(at(port, 'containerPort'));
          const protocol = textAt(port, 'protocol') ?? 'TCP';
          return number === undefined ? [] : [{ name: textAt(port, 'name'), port: number, protocol }];
        }),
      ),
    });
  }
  return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}
