import { Graph, layout } from '@dagrejs/dagre';

export interface MapNode {
  readonly id: string;
  readonly name: string;
  /** `outside`: not a service of the set, such as a range of addresses. */
  readonly tone: 'service' | 'store' | 'outside';
  /** Part of the page that says more. */
  readonly href?: string;
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly tone: 'plain' | 'added' | 'removed';
  readonly title: string;
}

export interface PlacedBox {
  readonly node: MapNode;
  /** Left upper corner, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly { readonly edge: MapEdge; readonly path: string }[];
}

const BOX_HEIGHT = 34;
/** A generous guess: the page's font is the reader's. */
const LETTER_WIDTH = 7.8;
const PADDING = 24;
/** A box with more letters would push all others away. */
const MOST_LETTERS = 36;

/** Where the boxes and lines of a map stand: callers left of what they call, as few crossings as can be. */
export function layOut(nodes: readonly MapNode[], edges: readonly MapEdge[]): MapLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 70, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, name } of nodes)
    graph.setNode(id, { width: Math.round(shortName(name).length * LETTER_WIDTH + PADDING), height: BOX_HEIGHT });
  const known = edges.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  known.forEach(({ from, to }, index) => graph.setEdge(from, to, {}, String(index)));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const placeOf = (id: string): Placed => graph.node(id) as Placed;
  const pointsOf = ({ from, to }: MapEdge, index: number): readonly Point[] =>
    (graph.edge(from, to, String(index)) as { readonly points: readonly Point[] }).points;
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: nodes.map((node) => {
      const { x, y, width: boxWidth, height: boxHeight } = placeOf(node.id);
      return { node, x: rounded(x - boxWidth / 2), y: rounded(y - boxHeight / 2), width: boxWidth, height: boxHeight };
    }),
    lines: known.map((edge, index) => ({ edge, path: curve(pointsOf(edge, index)) })),
  };
}

/** Its middle, and its size. */
interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

/** What stands in a box. */
export function shortName(name: string): string {
  return name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Through the first and the last point, bent towards those between. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const parts = [`M${text(first)}`];
  for (let at = 0; at < rest.length - 1; at++) {
    const [bend, next] = [rest[at], rest[at + 1]];
    if (bend === undefined || next === undefined) continue;
    const end = at === rest.length - 2 ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    parts.push(`Q${text(bend)} ${text(end)}`);
  }
  return rest.length === 1 ? `${parts.join('')}L${text(last)}` : parts.join('');
}

function text({ x, y }: Point): string {
  return `${rounded(x)} ${rounded(y)}`;
}

/** Two decimals: less than a pixel, and the same text on every machine. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
