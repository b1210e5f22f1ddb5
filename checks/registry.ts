import type { Rule, RuleInfo } from './rule';

export const OBJECT_RULES: readonly Rule[] = [];
export const RULES: readonly RuleInfo[] = OBJECT_RULES;
export function rulesFor(_kind: string): readonly Rule[] { return OBJECT_RULES; }
