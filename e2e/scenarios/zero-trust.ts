import type { KubeObject } from '../../model/kube-object';
import { field } from '../../testing/rendered';
import { Broken } from '../problem';
import { detail } from '../report';
import type { Stage } from '../stage';

/** Everything is denied both ways, mutual TLS is demanded, and one ML replica in three is on an on-demand node. */
export async function excellenceIsThere(stage: Stage): Promise<void> {
  const { kubectl, namespace, argocd } = stage;
  const { labelDomain } = argocd.settings;
  const policies = await kubectl.list(namespace, 'networkpolicies');
  if (!policies.some(({ metadata }) => metadata.name === 'default-deny')) throw new Broken('no default deny');
  const [mutualTls] = await kubectl.list(namespace, 'peerauthentications.security.istio.io');
  const mode = field(mutualTls, 'spec', 'mtls', 'mode');
  if (mode !== 'STRICT') throw new Broken(`mutual TLS is ${String(mode)}`);
  const enforced = (await kubectl.find(namespace, 'namespace', namespace))?.metadata.labels;
  if (enforced?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
    throw new Broken('Pod Security is not enforced');

  const spread = await capacityOf(stage, 'ml-inference-service', `${labelDomain}/capacity-spread`);
  if (spread.join(' ') !== '1 2 3') {
    throw new Broken(`ML replicas are in the capacity domains ${spread.join(', ')}; one is on-demand, two are spot`);
  }
  detail('default deny and STRICT are on; of three ML replicas one is on-demand and two are on spot nodes');
}

/** The values of a node label under a workload's running pods, sorted. */
async function capacityOf({ kubectl, namespace }: Stage, workload: string, label: string): Promise<string[]> {
  const nodes = new Map((await kubectl.list('', 'nodes')).map((node) => [node.metadata.name, node.metadata.labels]));
  const pods = (await kubectl.list(namespace, 'pods')).filter(
    (pod) => pod.metadata.labels?.['app.kubernetes.io/name'] === workload && isStaying(pod),
  );
  return pods.map((pod) => nodes.get(String(field(pod, 'spec', 'nodeName')))?.[label] ?? 'none').sort();
}

function isStaying({ metadata, status }: KubeObject): boolean {
  return metadata.deletionTimestamp === undefined && field(status, 'phase') === 'Running';
}
