import { textAt } from '../../model/manifest/access';
import { sampleDeployment, sampleDocuments, sampleObject } from '../samples';
import type { Member } from '../set/member';
import type { SetRule } from '../set-rule';

const account = sampleObject('v1', 'ServiceAccount', '');
const running = (name: string): string =>
  sampleDeployment('', 'serviceAccountName: web').replace('metadata:\n  name: web', `metadata:\n  name: ${name}`);

/** Workloads that share an account, and so what it may do. */
export const ownAccount: SetRule = {
  id: 'own-account',
  title: 'every workload has a ServiceAccount of its own',
  severity: 'warning',
  audience: 'aia',
  why: 'The mesh and the API server know a caller by its account: what one of two workloads may do, the other may too.',
  fix: 'give it a ServiceAccount of its own name',
  sources: ['https://istio.io/latest/docs/concepts/security/#istio-identity'],
  checkSet(set, report) {
    const first = new Map<string, Member>();
    for (const { member, namespace, pod } of set.pods) {
      if (!pod || !['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Rollout'].includes(member.object.kind))
        continue;
      const name = textAt(pod.spec, 'serviceAccountName') ?? 'default';
      const keys = [...pod.specKeys, 'serviceAccountName'];
      if (name === 'default') {
        report(member, keys, 'is the account default, which every pod without another has');
        continue;
      }
      const other = first.get(`${namespace}/${name}`);
      if (!other) first.set(`${namespace}/${name}`, member);
      else if (other.object.metadata.name !== member.object.metadata.name)
        report(member, keys, `is ${name}, which ${other.object.kind} ${other.object.metadata.name} runs as too`);
    }
  },
  samples: {
    pass: sampleDocuments(account, running('web')),
    fail: sampleDocuments(account, running('web'), running('shop')),
  },
};
