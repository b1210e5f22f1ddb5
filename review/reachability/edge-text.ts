import type { Edge } from './edge';

/** `8080/TCP`; what is left open is `every port`. */
export function portText({ port, protocol }: Pick<Edge, 'port' | 'protocol'>): string {
  if (port === null) return protocol === null ? 'every port' : `every ${protocol} port`;
  return protocol === null ? String(port) : `${port}/${protocol}`;
}
