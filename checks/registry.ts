import { FILE_RULES } from './file-rules';
import type { Rule, RuleInfo } from './rule';
import { applicationSync } from './rules/application-sync';
import { authorizationPolicy } from './rules/authorization-policy';
import { barePod } from './rules/bare-pod';
import { claimTemplate } from './rules/claim-template';
import { configMapSize } from './rules/configmap-size';
import { cpuUnit } from './rules/cpu-unit';
import { crdSize } from './rules/crd-size';
import { cronSchedule } from './rules/cron-schedule';
import { dataClass } from './rules/data-class';
import { dataPurpose } from './rules/data-purpose';
import { dataResidency } from './rules/data-residency';
import { destinationRuleEjection } from './rules/destinationrule-ejection';
import { destinationRuleTls } from './rules/destinationrule-tls';
import { duplicateEnv } from './rules/duplicate-env';
import { duplicateName } from './rules/duplicate-name';
import { envReference } from './rules/env-reference';
import { envSecret } from './rules/env-secret';
import { envValue } from './rules/env-value';
import { execProbe } from './rules/exec-probe';
import { fileMode } from './rules/file-mode';
import { gracePeriod } from './rules/grace-period';
import { hostAccess } from './rules/host-access';
import { hpaBounds } from './rules/hpa-bounds';
import { hpaMetric } from './rules/hpa-metric';
import { imageDigest } from './rules/image-digest';
import { imageSyntax } from './rules/image-syntax';
import { imageTag } from './rules/image-tag';
import { ingressPaths } from './rules/ingress-paths';
import { injectionLabels } from './rules/injection-labels';
import { labelSyntax } from './rules/label-syntax';
import { livenessEqualsReadiness } from './rules/liveness-equals-readiness';
import { memoryUnit } from './rules/memory-unit';
import { missingResources } from './rules/missing-resources';
import { mountUndeclared } from './rules/mount-undeclared';
import { networkPolicy } from './rules/network-policy';
import { notSetYet } from './rules/not-set-yet';
import { objectName } from './rules/object-name';
import { pdbBudget } from './rules/pdb-budget';
import { peerAuthentication } from './rules/peer-authentication';
import { podSecurity } from './rules/pod-security';
import { portName } from './rules/port-name';
import { probeMissing } from './rules/probe-missing';
import { probePort } from './rules/probe-port';
import { probeSettings } from './rules/probe-settings';
import { projectScope } from './rules/project-scope';
import { proxyAnnotations } from './rules/proxy-annotations';
import { pruneAnnotations } from './rules/prune-annotations';
import { quantitySpelling } from './rules/quantity-spelling';
import { rbacWildcard } from './rules/rbac-wildcard';
import { readOnlyRoot } from './rules/read-only-root';
import { requestOverLimit } from './rules/request-over-limit';
import { restartPolicy } from './rules/restart-policy';
import { ruleExpression } from './rules/rule-expression';
import { scaledObjectBounds } from './rules/scaledobject-bounds';
import { secretInGit } from './rules/secret-in-git';
import { securityContradiction } from './rules/security-contradiction';
import { selectorLabels } from './rules/selector-labels';
import { serverFields } from './rules/server-fields';
import { serviceAccountToken } from './rules/service-account-token';
import { servicePorts } from './rules/service-ports';
import { serviceProtocol } from './rules/service-protocol';
import { spotWorkload } from './rules/spot-workload';
import { startupProbe } from './rules/startup-probe';
import { storageEncryption } from './rules/storage-encryption';
import { topologySpread } from './rules/topology-spread';
import { updateStrategy } from './rules/update-strategy';
import { virtualServiceRetries } from './rules/virtualservice-retries';
import { virtualServiceRoutes } from './rules/virtualservice-routes';
import { vpaPolicy } from './rules/vpa-policy';
import { vpaSidecars } from './rules/vpa-sidecars';
import { SET_RULES, STEP_RULES, TREE_RULES } from './set-registry';

/** Rules on one object, by name. */
export const OBJECT_RULES: readonly Rule[] = [
  applicationSync,
  authorizationPolicy,
  barePod,
  claimTemplate,
  configMapSize,
  cpuUnit,
  crdSize,
  cronSchedule,
  ruleExpression,
  dataClass,
  dataPurpose,
  dataResidency,
  destinationRuleEjection,
  destinationRuleTls,
  duplicateEnv,
  duplicateName,
  envReference,
  envSecret,
  envValue,
  execProbe,
  fileMode,
  gracePeriod,
  hostAccess,
  hpaBounds,
  hpaMetric,
  imageDigest,
  imageSyntax,
  imageTag,
  ingressPaths,
  injectionLabels,
  labelSyntax,
  livenessEqualsReadiness,
  memoryUnit,
  missingResources,
  mountUndeclared,
  networkPolicy,
  notSetYet,
  objectName,
  pdbBudget,
  peerAuthentication,
  podSecurity,
  portName,
  probeMissing,
  probePort,
  probeSettings,
  projectScope,
  proxyAnnotations,
  pruneAnnotations,
  quantitySpelling,
  rbacWildcard,
  readOnlyRoot,
  requestOverLimit,
  restartPolicy,
  scaledObjectBounds,
  secretInGit,
  securityContradiction,
  selectorLabels,
  serverFields,
  serviceAccountToken,
  servicePorts,
  serviceProtocol,
  spotWorkload,
  startupProbe,
  storageEncryption,
  topologySpread,
  updateStrategy,
  virtualServiceRetries,
  virtualServiceRoutes,
  vpaPolicy,
  vpaSidecars,
];

/** All rules, by name: on one object, on several, and those that the engine applies to files. */
export const RULES: readonly RuleInfo[] = [
  ...OBJECT_RULES,
  ...SET_RULES,
  ...STEP_RULES,
  ...TREE_RULES,
  ...FILE_RULES,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byKind = new Map<string, readonly Rule[]>();

/** Rules that look at objects of that kind; worked out once for each kind. */
export function rulesFor(kind: string): readonly Rule[] {
  let rules = byKind.get(kind);
  if (!rules) {
    rules = OBJECT_RULES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
    byKind.set(kind, rules);
  }
  return rules;
}
