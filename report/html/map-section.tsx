import type { JSX } from 'preact';
import type { MapEdge, MapNode } from '../../html/map-layout';
import { MOST_EDGES, ServiceMap } from '../../html/service-map';
import type { Call, Service, SetReport } from '../report-model';
import { Section } from './section';
import { serviceAnchor } from './service-anchor';

/** Services and their calls as a picture; the table of services says the same in words. */
export function MapSection({
  set: { services, calls, everyoneCalls, isRestricted },
}: {
  readonly set: SetReport;
}): JSX.Element {
  return (
    <Section id="map" title="What calls what">
      <p>
        {isRestricted
          ? 'A line is a call that the policies permit; what has no line is refused. '
          : 'Nothing restricts who calls whom: a line is an address in the settings of the caller. '}
        Callers stand on the left. Point at a box to see its lines; choose it to read about it.
      </p>
      {everyoneCalls.length > 0 && (
        <p class="muted">Not drawn, since every service may call it: {everyoneCalls.join('; ')}.</p>
      )}
      {calls.length <= MOST_EDGES ? (
        <ServiceMap label="Map of services and calls" nodes={nodesOf(services, calls)} edges={calls.map(edgeOf)} />
      ) : (
        <p>{calls.length} calls are too many to draw: the table of services has them.</p>
      )}
    </Section>
  );
}

function nodesOf(services: readonly Service[], calls: readonly Call[]): readonly MapNode[] {
  const named = new Set(calls.flatMap(({ from, to }) => [from, to]));
  const spaces = new Set(services.map(({ id }) => id.split('/')[0]));
  const inside = services
    .filter(({ id }) => named.has(id))
    .map(({ id, name, role }): MapNode => ({
      id,
      name: spaces.size > 1 ? id : name,
      tone: role === 'store' ? 'store' : 'service',
      href: `#${serviceAnchor(id)}`,
    }));
  const known = new Set(services.map(({ id }) => id));
  const outside = [...named].filter((id) => !known.has(id)).sort();
  return [...inside, ...outside.map((id): MapNode => ({ id, name: id, tone: 'outside' }))];
}

function edgeOf({ from, to, ports }: Call): MapEdge {
  return { from, to, tone: 'plain', title: `${from} → ${to} ${ports.join(', ')}` };
}
