import { podOf } from '../checks/pods';
import type { KubeObject } from '../model/kube-object';
import { asList, asRecord, asString, at, textAt } from '../model/manifest/access';
import { selects } from '../model/manifest/label-selector';
import type { Call } from './report-model';

interface Target {
  readonly namespace: string;
  readonly service: string;
  /** Workloads behind it. */
  readonly ids: readonly string[];
  readonly ports: readonly string[];
}

interface Pods {
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly texts: readonly Setting[];
}

/** A setting of a container: a variable, an argument. */
interface Setting {
  readonly name: string;
  readonly text: string;
}

/** A name alone is an address only where the setting says that it holds one. */
const HOLDS_ADDRESS = /(ADDR|ADDRESS|HOST|HOSTNAME|URL|URI|ENDPOINT|SERVER|SERVICE|DSN|BROKERS?)S?$/i;

/**
 * Calls that the services' own settings name: variables, values of their ConfigMaps and arguments with the address of a
 * Service of the set; and what lets callers in from outside. What a program has built in can't be seen.
 */
export function settingsCalls(objects: readonly KubeObject[]): readonly Call[] {
  const pods = objects.flatMap((object) => podsOf(object, objects));
  const targets = objects.filter(({ kind }) => kind === 'Service').map((service) => targetOf(service, pods));
  const calls = new Map<string, { from: string; to: string; ports: Set<string> }>();
  for (const caller of pods) {
    for (const { ids, ports } of targets.filter((target) => isNamed(target, caller))) {
      for (const to of ids.filter((id) => id !== caller.id)) {
        const key = JSON.stringify([caller.id, to]);
        const call = calls.get(key) ?? { from: caller.id, to, ports: new Set() };
        for (const port of ports) call.ports.add(port);
        calls.set(key, call);
      }
    }
  }
  for (const { from, ids, ports } of waysIn(objects, pods)) {
    for (const to of ids) calls.set(JSON.stringify([from, to]), { from, to, ports: new Set(ports) });
  }
  return [...calls]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { from, to, ports }]) => ({ from, to, ports: [...ports].sort(), known: 'settings' }));
}

function podsOf(object: KubeObject, objects: readonly KubeObject[]): Pods[] {
  const pod = podOf(object);
  if (!pod) return [];
  const namespace = object.metadata.namespace ?? '';
  const texts = pod.containers.flatMap(({ container }) => settingsOf(container, namespace, objects));
  const labels = (asRecord(at(pod.template, 'metadata', 'labels')) ?? {}) as Pods['labels'];
  return [{ id: `${namespace === '' ? 'default' : namespace}/${object.metadata.name}`, namespace, labels, texts }];
}

function settingsOf(container: unknown, namespace: string, objects: readonly KubeObject[]): Setting[] {
  const data = (name: string | undefined): [string, unknown][] => {
    const map = objects.find(
      ({ kind, metadata }) =>
        kind === 'ConfigMap' && metadata.name === name && (metadata.namespace ?? '') === namespace,
    );
    return Object.entries(asRecord(map?.data) ?? {});
  };
  const named = (name: string, value: unknown): Setting[] => {
    const text = asString(value);
    return text === undefined ? [] : [{ name, text }];
  };
  return [
    ...asList(at(container, 'env')).flatMap((variable) => {
      const name = textAt(variable, 'name') ?? '';
      const key = textAt(variable, 'valueFrom', 'configMapKeyRef', 'key');
      const map = textAt(variable, 'valueFrom', 'configMapKeyRef', 'name');
      const value = key === undefined ? at(variable, 'value') : new Map(data(map)).get(key);
      return named(name, value);
    }),
    ...asList(at(container, 'envFrom')).flatMap((source) =>
      data(textAt(source, 'configMapRef', 'name')).flatMap(([name, value]) => named(name, value)),
    ),
    ...['command', 'args'].flatMap((key) => asList(at(container, key)).flatMap((value) => named('', value))),
  ];
}

function targetOf(service: KubeObject, pods: readonly Pods[]): Target {
  const namespace = service.metadata.namespace ?? '';
  const selector = asRecord(at(service, 'spec', 'selector'));
  const behind = pods.filter(
    (one) => one.namespace === namespace && selector && selects({ matchLabels: selector }, one.labels),
  );
  return {
    namespace,
    service: service.metadata.name,
    ids: behind.map(({ id }) => id),
    ports: asList(at(service, 'spec', 'ports')).flatMap((port) => {
      const number = at(port, 'port');
      return typeof number === 'number' ? [`${number}/${textAt(port, 'protocol') ?? 'TCP'}`] : [];
    }),
  };
}

/** Whether a setting of the caller holds the Service's name as a host: `store`, `store.shop`, `store.shop.svc…`. */
function isNamed({ service, namespace }: Target, caller: Pods): boolean {
  const isHost = (host: string): boolean => {
    const [first, second, third] = host.split('.');
    if (first !== service) return false;
    if (second === undefined) return caller.namespace === namespace;
    return second === namespace && (third === undefined || third === 'svc');
  };
  return caller.texts.some(({ name, text }) =>
    [...text.matchAll(/(\/\/|@)?([a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d+)?/g)].some(([, before, host = '', , port]) => {
      const isAddress = before !== undefined || port !== undefined || host.includes('.') || HOLDS_ADDRESS.test(name);
      return isAddress && isHost(host);
    }),
  );
}

interface WayIn extends Pick<Target, 'ids' | 'ports'> {
  readonly from: string;
}

/** Services that a load balancer or a port of the nodes leads to, and those behind an Ingress or a route of the Gateway API. */
function waysIn(objects: readonly KubeObject[], pods: readonly Pods[]): readonly WayIn[] {
  const services = objects.filter(({ kind }) => kind === 'Service');
  return objects.flatMap((object): WayIn[] => {
    const { kind, metadata } = object;
    if (kind === 'Service') {
      const type = textAt(object, 'spec', 'type') ?? '';
      return ['LoadBalancer', 'NodePort'].includes(type)
        ? [{ from: `outside, by ${type}`, ...targetOf(object, pods) }]
        : [];
    }
    return backendsOf(object).flatMap((backend) =>
      services
        .filter((one) => one.metadata.name === backend && one.metadata.namespace === metadata.namespace)
        .map((service) => ({ from: `outside, by ${kind} ${metadata.name}`, ...targetOf(service, pods) })),
    );
  });
}

/** Names of the Services that an Ingress or a route sends to. */
function backendsOf({ kind, spec }: KubeObject): readonly string[] {
  if (kind === 'Ingress') {
    const paths = asList(at(spec, 'rules')).flatMap((rule) => asList(at(rule, 'http', 'paths')));
    const backends = [at(spec, 'defaultBackend'), ...paths.map((one) => at(one, 'backend'))];
    return [...new Set(backends.flatMap((one) => textAt(one, 'service', 'name') ?? []))];
  }
  if (!['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'].includes(kind)) return [];
  const references = asList(at(spec, 'rules')).flatMap((rule) => asList(at(rule, 'backendRefs')));
  return [...new Set(references.flatMap((one) => textAt(one, 'name') ?? []))];
}
