import type { JSX } from 'preact';
import { DataTable } from '../../../html/data-table';
import type { MapEdge, MapNode } from '../../../html/map-layout';
import { MOST_EDGES, ServiceMap } from '../../../html/service-map';
import type { Edge } from '../../reachability/edge';
import { portText } from '../../reachability/edge-text';
import type { Review } from '../../review-model';

/** Ways that open and close, as a map and as a table. */
export function EdgeChanges({ added, removed }: Review['reachability']): JSX.Element {
  const edges = [...drawn(added, 'added'), ...drawn(removed, 'removed')];
  return (
    <section id="edges" aria-labelledby="edges-title">
      <h2 id="edges-title">Who may call whom</h2>
      {edges.length <= MOST_EDGES ? (
        <>
          <p class="muted">Only the ways that change: a solid line opens, a dashed line closes.</p>
          <ServiceMap label="Map of the ways that open and close" nodes={nodesOf(edges)} edges={edges} />
        </>
      ) : (
        <p class="muted">{edges.length} ways change: too many to draw.</p>
      )}
      <DataTable
        caption="Ways that open and close"
        head={['Way', 'From', 'To', 'Port']}
        rows={[
          ...added.map((edge) => ['opens', edge.from, edge.to, portText(edge)]),
          ...removed.map((edge) => ['closes', edge.from, edge.to, portText(edge)]),
        ]}
      />
    </section>
  );
}

/** One line for all ports between two. */
function drawn(edges: readonly Edge[], tone: 'added' | 'removed'): readonly MapEdge[] {
  const lines = new Map<string, MapEdge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to]);
    const known = lines.get(key);
    const word = tone === 'added' ? 'opens' : 'closes';
    const title = known ? `${known.title}, ${portText(edge)}` : `${word}: ${edge.from} → ${edge.to} ${portText(edge)}`;
    lines.set(key, { from: edge.from, to: edge.to, tone, title });
  }
  return [...lines.values()];
}

function nodesOf(edges: readonly MapEdge[]): readonly MapNode[] {
  return [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort().map((id) => ({
    id,
    name: id,
    tone: /^[^\s/]+\/[^\s/]+$/.test(id) && !/^[0-9a-f.:]+\/\d+$/.test(id) ? 'service' : 'outside',
  }));
}
