import type { RawFinding } from './finding';
import type { RuleInfo } from './rule';
import type { Member, MemberReport } from './set/member';
import type { Tree } from './set/tree';
import { SET_RULES, STEP_RULES, TREE_RULES } from './set-registry';
import type { Knowledge } from './set-rule';

/** What rules on sets, phases and the whole tree find, by object, in the order in which the objects were read. */
export function treeFindings(
  tree: Tree,
  knowledge: Knowledge = {},
): readonly (readonly [Member, readonly RawFinding[]])[] {
  const found = new Map<Member, RawFinding[]>();
  const reportFor =
    (rule: RuleInfo): MemberReport =>
    (member, keys, message, { fix = rule.fix, severity = rule.severity } = {}) => {
      const finding = { rule: rule.id, severity, keys, message, fix };
      const list = found.get(member);
      if (list) list.push(finding);
      else found.set(member, [finding]);
    };
  for (const rule of SET_RULES) for (const set of tree.sets) rule.checkSet(set, reportFor(rule), knowledge);
  for (const rule of STEP_RULES) for (const step of tree.steps) rule.checkStep(step, reportFor(rule));
  for (const rule of TREE_RULES) rule.checkTree(tree, reportFor(rule));
  return tree.members.flatMap((member) => {
    const list = found.get(member);
    return list ? [[member, list] as const] : [];
  });
}
