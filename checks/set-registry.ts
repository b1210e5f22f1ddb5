import type { SetRule, StepRule, TreeRule } from './set-rule';
import { applicationPath } from './set-rules/application-path';
import { applicationProject, projectWhitelist } from './set-rules/application-project';
import { authorizationHttp } from './set-rules/authorization-http';
import { budgetAtScale, budgetMissing, budgetOverlap } from './set-rules/budget';
import { configReference } from './set-rules/config-reference';
import { defaultDeny } from './set-rules/default-deny';
import { duplicateAlert } from './set-rules/duplicate-alert';
import { ejectionBudget } from './set-rules/ejection-budget';
import { ingressBackend } from './set-rules/ingress-backend';
import { meshGateway } from './set-rules/mesh-gateway';
import { meshHost } from './set-rules/mesh-host';
import { meshMtls } from './set-rules/mesh-mtls';
import { meshPrincipal } from './set-rules/mesh-principal';
import { meshSubset } from './set-rules/mesh-subset';
import { objectReference } from './set-rules/object-reference';
import { ownAccount } from './set-rules/own-account';
import { claimReference, classReference, serviceAccountReference } from './set-rules/pod-reference';
import { policyEdges } from './set-rules/policy-edges';
import { replicasAndScaler } from './set-rules/replicas-and-scaler';
import { roleReference } from './set-rules/role-reference';
import { routeConflict } from './set-rules/route-conflict';
import { ruleBurn } from './set-rules/rule-burn';
import { ruleContainer } from './set-rules/rule-container';
import { ruleFigure } from './set-rules/rule-figure';
import { ruleMetric } from './set-rules/rule-metric';
import { scaleContainer, scaleTarget } from './set-rules/scale-target';
import { scalerNeedsRequests } from './set-rules/scaler-needs-requests';
import { selectorTarget } from './set-rules/selector-target';
import { serviceSelector } from './set-rules/service-selector';
import { spotPlacement, spotSlots } from './set-rules/spot';
import { timeoutNesting } from './set-rules/timeout-nesting';
import { twoScalers } from './set-rules/two-scalers';
import { vpaWithHpa } from './set-rules/vpa-with-hpa';
import { droppedObject, pruneAhead } from './step-rules/dropped-object';
import { immutableField } from './step-rules/immutable-field';
import { kindChange, layerMove } from './step-rules/kind-change';
import { mtlsMonotone } from './step-rules/mtls-monotone';
import { pruneFalse } from './step-rules/prune-false';
import { subsetRemoved } from './step-rules/subset-removed';
import { imageAcrossPhases, restart } from './step-rules/template-change';

/** Rules on what runs together in one cluster, by name. */
export const SET_RULES: readonly SetRule[] = [
  authorizationHttp,
  budgetAtScale,
  budgetMissing,
  budgetOverlap,
  claimReference,
  classReference,
  configReference,
  defaultDeny,
  duplicateAlert,
  ejectionBudget,
  ingressBackend,
  meshGateway,
  meshHost,
  meshMtls,
  meshPrincipal,
  meshSubset,
  objectReference,
  ownAccount,
  policyEdges,
  roleReference,
  routeConflict,
  ruleBurn,
  ruleContainer,
  ruleFigure,
  ruleMetric,
  scaleContainer,
  scaleTarget,
  scalerNeedsRequests,
  selectorTarget,
  serviceAccountReference,
  serviceSelector,
  spotPlacement,
  spotSlots,
  timeoutNesting,
  twoScalers,
  vpaWithHpa,
];

/** Rules on two phases that follow each other, by name. */
export const STEP_RULES: readonly StepRule[] = [
  droppedObject,
  imageAcrossPhases,
  immutableField,
  kindChange,
  layerMove,
  mtlsMonotone,
  pruneAhead,
  pruneFalse,
  restart,
  subsetRemoved,
];

/** Rules on all that was read, by name. */
export const TREE_RULES: readonly TreeRule[] = [
  applicationPath,
  applicationProject,
  projectWhitelist,
  replicasAndScaler,
];
