import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import type { Member } from './member';
import { namespaceOf, type ObjectSet } from './object-set';

/** What a host of the mesh leads to. */
export type Host =
  | { readonly kind: 'service'; readonly service: Member }
  | { readonly kind: 'entry'; readonly entry: Member }
  /** A Service that the set does not have, though it may be elsewhere. */
  | { readonly kind: 'missing'; readonly name: string; readonly namespace: string }
  /** A name outside the cluster, or one with a star, of which the set can't know. */
  | { readonly kind: 'outside' };

const CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)(\.svc(\.cluster\.local)?)?$/;

/**
 * What a host in an object of that namespace means: a short name is a Service of the namespace, a name with dots may be
 * one of another, or a ServiceEntry.
 */
export function resolveHost(set: ObjectSet, host: string, namespace: string): Host {
  if (host.includes('*')) return { kind: 'outside' };
  const entry = set
    .ofKind('networking.istio.io', 'ServiceEntry')
    .find(({ object }) => asList(at(object, 'spec', 'hosts')).some((one) => coversHost(String(one), host)));
  if (entry) return { kind: 'entry', entry };
  const match = CLUSTER.exec(host);
  if (!host.includes('.') || match) {
    const name = match?.[1] ?? host;
    const place = match?.[2] ?? namespace;
    const service = set.find({ group: '', kind: 'Service', namespace: place, name });
    if (service) return { kind: 'service', service };
    // `example.com` looks like a Service `example` of a namespace `com`.
    if (!match || match[3] !== undefined || hasServices(set, place)) return { kind: 'missing', name, namespace: place };
  }
  return { kind: 'outside' };
}

function hasServices(set: ObjectSet, namespace: string): boolean {
  return set.ofKind('', 'Service').some(({ object }) => namespaceOf(object) === namespace);
}

/** True where the pattern, which may start with a star, covers the host. */
export function coversHost(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === host) return true;
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}

/** One name for the ways to write a host: the full name of a Service in the cluster, any other as it is. */
export function canonicalHost(host: string, namespace: string): string {
  if (host.includes('*')) return host;
  if (!host.includes('.')) return `${host}.${namespace}`;
  return host.replace(/\.svc(\.cluster\.local)?$/, '');
}

/** A destination of a VirtualService and the route that it is in. */
export interface Destination {
  readonly member: Member;
  readonly route: unknown;
  readonly routeKeys: Keys;
  readonly keys: Keys;
  readonly host: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
}

/** All destinations of a VirtualService, mirrors included. */
export function destinationsOf(member: Member): readonly Destination[] {
  const { object } = member;
  return (['http', 'tcp', 'tls'] as const).flatMap((protocol) =>
    asList(at(object, 'spec', protocol)).flatMap((route, index) => {
      const routeKeys = ['spec', protocol, index];
      const places: { value: unknown; keys: Keys }[] = asList(asRecord(route)?.route).map((one, position) => ({
        value: at(one, 'destination'),
        keys: [...routeKeys, 'route', position, 'destination'],
      }));
      places.push({ value: at(route, 'mirror'), keys: [...routeKeys, 'mirror'] });
      asList(asRecord(route)?.mirrors).forEach((one, position) => {
        places.push({ value: at(one, 'destination'), keys: [...routeKeys, 'mirrors', position, 'destination'] });
      });
      return places.flatMap(({ value, keys }) => {
        const host = textAt(value, 'host');
        if (host === undefined) return [];
        const port = at(value, 'port', 'number');
        return {
          member,
          route,
          routeKeys,
          keys,
          host,
          subset: textAt(value, 'subset'),
          port: typeof port === 'number' ? port : undefined,
        };
      });
    }),
  );
}

/** Destinations of all VirtualServices of a set. */
export function allDestinations(set: ObjectSet): readonly Destination[] {
  return set.ofKind('networking.istio.io', 'VirtualService').flatMap(destinationsOf);
}
