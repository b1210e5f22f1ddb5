import type { SetRule, StepRule, TreeRule } from './set-rule';
import { configReference } from './set-rules/config-reference';
import { ingressBackend } from './set-rules/ingress-backend';
import { objectReference } from './set-rules/object-reference';
import { claimReference, classReference, serviceAccountReference } from './set-rules/pod-reference';
import { roleReference } from './set-rules/role-reference';
import { scaleContainer, scaleTarget } from './set-rules/scale-target';
import { selectorTarget } from './set-rules/selector-target';
import { serviceSelector } from './set-rules/service-selector';

/** Rules on what runs together in one cluster, by name. */
export const SET_RULES: readonly SetRule[] = [
  claimReference,
  classReference,
  configReference,
  ingressBackend,
  objectReference,
  roleReference,
  scaleContainer,
  scaleTarget,
  selectorTarget,
  serviceAccountReference,
  serviceSelector,
];

/** Rules on two phases that follow each other, by name. */
export const STEP_RULES: readonly StepRule[] = [];

/** Rules on all that was read, by name. */
export const TREE_RULES: readonly TreeRule[] = [];
