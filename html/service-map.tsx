import type { JSX } from 'preact';
import { layOut, shortName, type MapEdge, type MapNode } from './map-layout';

interface ServiceMapProps {
  readonly label: string;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

/** Beyond this a picture is a tangle, and its layout takes seconds: the table beside it has them all. */
export const MOST_EDGES = 150;

/** Pixels from which a map is shrunk to the page, but never so far that it can't be read. */
const WIDE = 704;

/** Services as boxes, from who calls on the left to who is called on the right. */
export function ServiceMap({ label, nodes, edges }: ServiceMapProps): JSX.Element {
  const { width, height, boxes, lines } = layOut(nodes, edges);
  return (
    <div class="scroll map" role="region" aria-label={label} tabIndex={0}>
      <svg
        class={width > WIDE ? 'wide' : undefined}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={label}
      >
        <defs>
          {(['plain', 'added', 'removed'] as const).map((tone) => (
            <marker
              key={tone}
              id={`arrow-${tone}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto-start-reverse"
            >
              <path class={`arrow arrow-${tone}`} d="M0 0 8 4 0 8z" />
            </marker>
          ))}
        </defs>
        {lines.map(({ edge, path }, index) => (
          <path
            key={index}
            class={`edge edge-${edge.tone}`}
            d={path}
            marker-end={`url(#arrow-${edge.tone})`}
            data-from={edge.from}
            data-to={edge.to}
          >
            <title>{edge.title}</title>
          </path>
        ))}
        {boxes.map(({ node, x, y, width: boxWidth, height: boxHeight }) => (
          <Box key={node.id} node={node} x={x} y={y} width={boxWidth} height={boxHeight} />
        ))}
      </svg>
    </div>
  );
}

interface BoxProps {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function Box({ node, x, y, width, height }: BoxProps): JSX.Element {
  const content = (
    <g class={`node node-${node.tone}`} data-node={node.id}>
      <rect x={x} y={y} width={width} height={height} rx="6" />
      <text x={x + width / 2} y={y + height / 2} dominant-baseline="central" text-anchor="middle">
        {shortName(node.name)}
      </text>
      {shortName(node.name) !== node.name && <title>{node.name}</title>}
    </g>
  );
  return node.href === undefined ? content : <a href={node.href}>{content}</a>;
}
