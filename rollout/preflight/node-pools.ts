import type { KubeObject } from '../../model/kube-object';
import type { Pool } from '../../model/platform/cluster';
import { atPhase } from '../../model/platform/phase';
import { field, listField, textField } from '../cluster/field';
import { problem, warning, type Check, type Finding, type Situation } from './check';

/** The nodes that workloads name must be there, with the labels by which they are named. */
export const nodePools: Check = {
  id: 'pools',
  title: 'node pools and their labels are as the data has them for the phase',
  look: async (situation) => {
    const { live, site, phase } = situation;
    const pools = atPhase(site.cluster.pools, phase) ?? [];
    const nodes = await live.list('v1', 'Node');
    const label = `${site.platform.settings.labelDomain}/pool`;
    const labels = [...new Set(pools.map((pool) => pool.label))];
    const findings = labels.flatMap((value) => {
      const wanted = pools.filter((pool) => pool.label === value);
      const found = nodes.filter(({ metadata }) => metadata.labels?.[label] === value);
      return poolFindings(situation, wanted, found, `${label}=${value}`);
    });
    const known = new Set(labels);
    const stray = nodes.filter(({ metadata }) => !known.has(metadata.labels?.[label] ?? ''));
    if (stray.length > 0 && findings.length > 0) {
      const names = stray.map(({ metadata }) => metadata.name);
      findings.push(
        warning(
          `nodes of no pool of ${phase}: ${names.slice(0, 8).join(', ')}`,
          `no workload is placed there; label them ${label}=… if they are meant for one`,
        ),
      );
    }
    return findings;
  },
};

function poolFindings(
  situation: Situation,
  pools: readonly Pool[],
  nodes: readonly KubeObject[],
  selector: string,
): Finding[] {
  const wanted = pools.reduce((sum, { zones, nodesPerZone }) => sum + zones.length * nodesPerZone, 0);
  const ready = nodes.filter(isReady);
  if (ready.length < wanted) {
    return [
      problem(
        `${ready.length} of ${wanted} nodes with ${selector} are ready`,
        ...pools.map((pool) => createCommand(situation, pool)),
        `or, where the nodes are there under other labels: kubectl label node NAME ${selector}`,
      ),
    ];
  }
  const spread = `${situation.site.platform.settings.labelDomain}/capacity-spread`;
  const expected = new Set(pools.map(({ capacitySpread }) => capacitySpread));
  const wrong = nodes.filter(({ metadata }) => !expected.has(metadata.labels?.[spread] ?? ''));
  const tainted = new Set(pools.flatMap(({ taints }) => taints.map(({ key }) => key)));
  const hostile = nodes.filter((node) => foreignTaints(node, tainted).length > 0);
  return [
    ...(wrong.length === 0
      ? []
      : [
          problem(
            `${names(wrong)} must have the label ${spread}, one of ${[...expected].join(', ')}: on-demand is 1, each spot pool has its own`,
            ...wrong.map(({ metadata }) => `kubectl label node ${metadata.name} ${spread}=${[...expected][0] ?? '1'}`),
          ),
        ]),
    ...(hostile.length === 0
      ? []
      : [warning(`${names(hostile)} have taints that no workload tolerates`, 'kubectl describe node NAME shows them')]),
  ];
}

function isReady(node: KubeObject): boolean {
  return listField(node, 'status', 'conditions').some(
    (entry) => field(entry, 'type') === 'Ready' && field(entry, 'status') === 'True',
  );
}

function foreignTaints(node: KubeObject, tolerated: ReadonlySet<string>): string[] {
  return listField(node, 'spec', 'taints')
    .filter((taint) => textField(taint, 'effect') !== 'PreferNoSchedule')
    .map((taint) => textField(taint, 'key') ?? '')
    .filter((key) => !tolerated.has(key));
}

function names(nodes: readonly KubeObject[]): string {
  return nodes.map(({ metadata }) => metadata.name).join(', ');
}

/** As on GKE; other clouds have their own, with the same labels and taints. */
function createCommand({ site }: Situation, pool: Pool): string {
  const { labelDomain } = site.platform.settings;
  const taints = pool.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).join(',');
  return [
    `gcloud container node-pools create ${pool.name} --cluster ${site.cluster.name} --region ${site.cluster.region}`,
    `--machine-type ${pool.machine} --num-nodes ${pool.nodesPerZone} --node-locations ${pool.zones.join(',')}`,
    `--node-labels ${labelDomain}/pool=${pool.label},${labelDomain}/capacity-spread=${pool.capacitySpread}`,
    ...(pool.capacity === 'spot' ? ['--spot'] : []),
    ...(taints === '' || pool.capacity === 'spot' ? [] : [`--node-taints ${taints}`]),
  ].join(' ');
}
