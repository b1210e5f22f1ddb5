import { subjectOf } from '../diff/object-change';
import { fieldsAt, type EffectRule } from './consequence';

/** Kinds whose operator makes pods from them, and the fields that are in the pods. */
const OPERATED: readonly { readonly group: RegExp; readonly kinds: RegExp; readonly fields: RegExp }[] = [
  {
    group: /^monitoring\.coreos\.com\//,
    kinds: /^(Prometheus|PrometheusAgent|Alertmanager|ThanosRuler)$/,
    // https://prometheus-operator.dev/docs/api-reference/api/
    fields:
      /^spec\/(image|version|tag|sha|resources|podMetadata|containers|initContainers|volumes|volumeMounts|securityContext|nodeSelector|affinity|tolerations|serviceAccountName|priorityClassName|retention|retentionSize|externalLabels|topologySpreadConstraints|additionalArgs|logLevel|replicaExternalLabelName)(\/|$)/,
  },
  {
    group: /^postgresql\.cnpg\.io\//,
    kinds: /^Cluster$/,
    fields: /^spec\/(imageName|resources|affinity|postgresql\/parameters)(\/|$)/,
  },
];

/** Pods that an operator replaces, since what it makes them from has changed. */
export const operated: EffectRule = function* (change) {
  const { object } = subjectOf(change);
  const known = OPERATED.find(({ group, kinds }) => group.test(object.apiVersion) && kinds.test(object.kind));
  if (!known) return;
  const fields = fieldsAt(change, known.fields);
  if (fields.length > 0) yield { effect: 'restart', risk: 'medium', reason: 'its operator restarts the pods', fields };
};
