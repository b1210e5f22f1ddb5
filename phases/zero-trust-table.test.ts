import { platform } from '../platform/platform';
import { policyEdges } from '../testing/policy-edges';
import { alignedTable, objectsOf } from '../testing/rendered';

/**
 * Who may call whom on what port where everything else is denied, read from the rendered policies. The columns are
 * enforced in different places: packets leaving the caller, packets reaching the callee, the identity of the caller.
 */
test.each(['europe-west4', 'europe-west1', 'edge-1', 'local'])('who may call whom in phase-3 on %s', (cluster) => {
  const edges = policyEdges(objectsOf(platform, 'phase-3', cluster));
  const all = [...new Set([...edges.networkIngress, ...edges.networkEgress, ...edges.authorization])];
  const rows = all
    .map((edge) => ({ edge, ...(/^(?<from>\S+) > (?<to>\S+):(?<port>\d+)$/.exec(edge)?.groups ?? {}) }))
    .map(({ edge, ...parts }) => ({ edge, ...(parts as { from: string; to: string; port: string }) }))
    .sort((a, b) => (`${a.to} ${a.from}` < `${b.to} ${b.from}` ? -1 : 1))
    .map(({ edge, from, to, port }) => [
      from,
      to,
      port,
      from === 'gateway' ? '(other namespace)' : mark(edges.networkEgress.includes(edge)),
      mark(edges.networkIngress.includes(edge)),
      mark(edges.authorization.includes(edge)),
    ]);
  const head = ['caller', 'callee', 'port', 'may leave', 'may enter', 'identity'];
  expect(`\n${alignedTable([head, ...rows])}\n`).toMatchSnapshot();
});

function mark(allowed: boolean): string {
  return allowed ? 'yes' : '-';
}
