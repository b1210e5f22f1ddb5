import fc from 'fast-check';
import type { ClusterNode } from '../model/platform/cluster-nodes';
import { apartBy, deployment, node, nodesOnly } from '../testing/pods';
import { arenaOf, type Arena } from './arena';
import { Board } from './board';
import { seeded, shuffled } from './random';
import { podsOf, wantedAt } from './scale-answer';
import { schedule } from './scheduler';
import { findPlacement } from './search';

interface Shape {
  readonly nodes: readonly { readonly cpu: number; readonly pods: number }[];
  readonly groups: readonly { readonly cpu: number; readonly pods: number; readonly apart: boolean }[];
}

const shape = (apart: boolean): fc.Arbitrary<Shape> =>
  fc.record({
    nodes: fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 8 }), pods: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    groups: fc.array(
      fc.record({
        cpu: fc.integer({ min: 1, max: 5 }),
        pods: fc.integer({ min: 1, max: 2 }),
        apart: apart ? fc.boolean() : fc.constant(false),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });

function nodesOf({ nodes }: Pick<Shape, 'nodes'>): ClusterNode[] {
  return nodes.map(({ cpu, pods }, at) => node(`node-${at}`, String(cpu), '64Gi', { pods }));
}

function arena({ nodes, groups }: Shape): Arena {
  const objects = groups.map(({ cpu, pods, apart }, at) =>
    deployment(
      `app-${at}`,
      pods,
      { cpu: String(cpu) },
      apart ? { spec: apartBy('kubernetes.io/hostname', `app-${at}`) } : {},
    ),
  );
  return arenaOf(objects, nodesOnly(...nodesOf({ nodes })));
}

function answer(of: Arena): string {
  return findPlacement(of, wantedAt(of, 'minimum')).answer;
}

/** Every assignment of pods to nodes, one after the other: slow, and plainly right. */
function existsByTrying({ nodes, groups }: Shape): boolean {
  const pods = groups.flatMap(({ cpu, pods: count }, group) => Array.from({ length: count }, () => ({ cpu, group })));
  const holds = (places: readonly number[]): boolean => {
    const fits = nodes.every(({ cpu, pods: limit }, at) => {
      const here = pods.filter((_, pod) => places[pod] === at);
      return here.length <= limit && here.reduce((sum, pod) => sum + pod.cpu, 0) <= cpu;
    });
    const even = groups.every(({ apart }, group) => {
      const counts = nodes.map(
        (_, at) => pods.filter((pod, index) => pod.group === group && places[index] === at).length,
      );
      return !apart || Math.max(...counts) - Math.min(...counts) <= 1;
    });
    return fits && even;
  };
  const from = (places: readonly number[]): boolean =>
    places.length === pods.length ? holds(places) : nodes.some((_, at) => from([...places, at]));
  return from([]);
}

test('the answer is that of trying every assignment, hard spreads included', () => {
  fc.assert(
    fc.property(shape(true), (input) => {
      expect(answer(arena(input))).toBe(existsByTrying(input) ? 'exists' : 'impossible');
    }),
    { numRuns: 300 },
  );
});

test('a placement never takes more than a node has, and places every pod', () => {
  fc.assert(
    fc.property(shape(true), (input) => {
      const of = arena(input);
      const wanted = wantedAt(of, 'minimum');
      const { answer: found, board } = findPlacement(of, wanted);
      expect(board.free.flat().every((amount) => amount >= 0)).toBe(true);
      expect(board.room.every((room) => room >= 0)).toBe(true);
      if (found !== 'exists') return;
      const placed = of.groups.map(({ index }) => board.counts.reduce((sum, row) => sum + (row[index] ?? 0), 0));
      expect(placed).toEqual(wanted);
    }),
  );
});

test('one more node never takes a placement away, where no hard spread counts nodes', () => {
  fc.assert(
    fc.property(shape(false), fc.integer({ min: 1, max: 8 }), (input, cpu) => {
      if (answer(arena(input)) !== 'exists') return;
      expect(answer(arena({ ...input, nodes: [...input.nodes, { cpu, pods: 1 }] }))).toBe('exists');
    }),
  );
});

test('a full node more does take one away from a hard spread, as in the real scheduler', () => {
  const groups = [{ cpu: 1, pods: 2, apart: true }];
  expect(answer(arena({ nodes: [{ cpu: 4, pods: 9 }], groups }))).toBe('exists');
  const small = {
    nodes: [
      { cpu: 4, pods: 9 },
      { cpu: 0, pods: 9 },
    ],
    groups,
  };
  expect(answer(arena(small))).toBe('impossible');
});

test('the order of objects and nodes changes no answer', () => {
  fc.assert(
    fc.property(shape(true), fc.integer(), (input, seed) => {
      const objects = input.groups.map(({ cpu, pods }, at) => deployment(`app-${at}`, pods, { cpu: String(cpu) }));
      const answers = [0, 1].map((round) => {
        const random = seeded(seed + round);
        const of = arenaOf(shuffled(objects, random), nodesOnly(...shuffled(nodesOf(input), random)));
        return findPlacement(of, wantedAt(of, 'minimum'));
      });
      expect(answers[0]?.answer).toBe(answers[1]?.answer);
      expect(answers[0]?.board.counts).toEqual(answers[1]?.board.counts);
    }),
  );
});

test('what the scheduler places without a rest has a placement, and no node is overdrawn', () => {
  fc.assert(
    fc.property(shape(true), fc.integer(), (input, seed) => {
      const of = arena(input);
      const random = seeded(seed);
      const pods = shuffled(podsOf(of, wantedAt(of, 'minimum')), random);
      const { board, pending } = schedule(new Board(of), pods, random);
      expect(board.free.flat().every((amount) => amount >= 0)).toBe(true);
      const placed = board.counts.flat().reduce((sum, count) => sum + count, 0);
      expect(placed + pending.length).toBe(pods.length);
      if (pending.length === 0) expect(answer(of)).toBe('exists');
    }),
  );
});

test('the same seed gives the same order on every machine', () => {
  expect(shuffled([1, 2, 3, 4, 5, 6], seeded(7))).toEqual(shuffled([1, 2, 3, 4, 5, 6], seeded(7)));
  expect(shuffled([1, 2, 3, 4, 5, 6], seeded(7))).not.toEqual(shuffled([1, 2, 3, 4, 5, 6], seeded(8)));
});
