import { at } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { sampleDeployment, sampleDocuments } from '../samples';
import { isMade, makesSecrets } from '../set/made-config';
import { missing } from '../set/missing';
import { configReferences } from '../set/pod-references';
import type { SetRule } from '../set-rule';

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  LEVEL: info\n';
const mounting = (name: string): string =>
  sampleDeployment('', `volumes:\n  - name: settings\n    configMap:\n      name: ${name}`);

/** ConfigMaps and Secrets that pods name and the set does not have. */
export const configReference: SetRule = {
  id: 'config-reference',
  title: 'ConfigMaps and Secrets that pods name are there, with their keys',
  severity: 'error',
  why: 'The pod waits in CreateContainerConfigError or ContainerCreating until somebody makes the object; a rollout stands still half way.',
  fix: 'correct the name, add the object, or write optional: true',
  sources: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
  checkSet(set, report) {
    for (const { member, namespace, pod } of set.pods) {
      if (!pod) continue;
      for (const { kind, name, keys, items, isOptional } of configReferences(pod)) {
        if (isOptional || isMade(set, kind, namespace, name) || set.generated.has(`${kind} ${name}`)) continue;
        const target = { group: '', kind, namespace, name };
        const found = set.find(target);
        if (!found) {
          const { message, ...options } = missing(set, member, target);
          // Secrets rightly stand outside Git, so only a set that makes its Secrets can lack one.
          const isOutside = kind === 'Secret' && !makesSecrets(set, namespace);
          report(
            member,
            keys,
            message,
            isOutside
              ? { severity: 'info', fix: 'fine if somebody else makes it' }
              : kind === 'Secret'
                ? { severity: 'error' }
                : options,
          );
          continue;
        }
        const known = Object.keys(at(found.object, 'data') ?? {});
        // An object without any key is filled while it runs.
        for (const item of known.length > 0 ? items : []) {
          if (known.includes(item)) continue;
          const meant = nearest(item, known);
          report(member, keys.slice(0, -1), `asks ${kind} ${name} for the key ${item}, which it does not have`, {
            severity: kind === 'Secret' ? 'warning' : 'error',
            fix: meant === undefined ? `use one of ${known.join(', ')}` : `did you mean ${meant}?`,
          });
        }
      }
    }
  },
  samples: { pass: sampleDocuments(map, mounting('web')), fail: sampleDocuments(map, mounting('webb')) },
};
