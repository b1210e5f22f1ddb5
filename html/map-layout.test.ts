import fc from 'fast-check';
import { layOut, type MapEdge, type MapNode } from './map-layout';

const node = (id: string): MapNode => ({ id, name: id, tone: 'service' });
const edge = (from: string, to: string): MapEdge => ({ from, to, tone: 'plain', title: `${from} → ${to}` });

test('who calls stands left of who is called', () => {
  const { boxes } = layOut(['store', 'api', 'web'].map(node), [edge('web', 'api'), edge('api', 'store')]);
  const left = (id: string): number => boxes.find((box) => box.node.id === id)?.x ?? NaN;
  expect(left('web')).toBeLessThan(left('api'));
  expect(left('api')).toBeLessThan(left('store'));
});

test('two that call each other, one that calls itself and an end that is not there are no reason to fail', () => {
  const { lines } = layOut(['a', 'b'].map(node), [edge('a', 'b'), edge('b', 'a'), edge('a', 'a'), edge('a', 'gone')]);
  expect(lines.map(({ edge: { title } }) => title)).toEqual(['a → b', 'b → a', 'a → a']);
  for (const { path } of lines) expect(path).toMatch(/^M[\d. ]+/);
});

test('no two boxes overlap, all are within the picture, and the same map gives the same picture', () => {
  const names = ['a', 'long-name-of-a-service', 'c', 'd', 'e', 'f'];
  const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
    selector: ([from, to]) => `${from} ${to}`,
  });
  fc.assert(
    fc.property(edges, (pairs) => {
      const calls = pairs.map(([from, to]) => edge(from, to));
      const { boxes, width, height, lines } = layOut(names.map(node), calls);
      expect(lines).toHaveLength(pairs.length);
      for (const [index, one] of boxes.entries()) {
        expect(one.x + one.width).toBeLessThanOrEqual(width);
        expect(one.y + one.height).toBeLessThanOrEqual(height);
        for (const other of boxes.slice(index + 1)) {
          const isApart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(isApart).toBe(true);
        }
      }
      expect(layOut(names.map(node), calls)).toEqual({ boxes, width, height, lines });
    }),
    { numRuns: 50 },
  );
});
