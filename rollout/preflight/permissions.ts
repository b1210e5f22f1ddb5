import { rolloutAccess, type AccessRule } from '../../model/rollout-access';
import type { Attributes } from '../cluster/live-cluster';
import { kubectl, problem, type Check, type Situation } from './check';

/** Better to know before the step than in the middle of it. */
export const permissions: Check = {
  id: 'rights',
  title: 'we have every right that the step uses, and Argo CD may do its part',
  look: async (situation) => {
    const { live, site } = situation;
    const asked = rolloutAccess(site.platform.settings, site.cluster.name).flatMap((rule) =>
      attributesOf(rule, situation),
    );
    const answers = await Promise.all(asked.map((attributes) => live.may(attributes)));
    const missing = asked.filter((_, index) => answers[index] === false).map(describe);
    if (missing.length === 0) return [];
    const { argocdNamespace, name } = site.platform.settings;
    const user = `system:serviceaccount:${argocdNamespace}:${name}-rollout`;
    return [
      problem(
        `rights are missing: ${missing.join(', ')}`,
        `${kubectl(situation)} apply -f argocd/${site.cluster.name}/bootstrap/access   # as an administrator; gives them to ${user}`,
        'docs/rollout.md, "Rights", says how to use that account',
      ),
    ];
  },
};

function attributesOf({ scope, group, resources, verbs, names }: AccessRule, { site }: Situation): Attributes[] {
  const { namespace: workloads, argocdNamespace: argocd } = site.platform.settings;
  const namespace = { cluster: undefined, workloads, argocd }[scope];
  return resources.flatMap((resource) =>
    verbs.flatMap((verb) =>
      (names ?? [undefined]).map((name) => ({
        group,
        resource,
        verb,
        ...(namespace === undefined ? {} : { namespace }),
        ...(name === undefined ? {} : { name }),
      })),
    ),
  );
}

function describe({ verb, resource, group, namespace }: Attributes): string {
  const where = namespace === undefined ? '' : ` in ${namespace}`;
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}${where}`;
}
