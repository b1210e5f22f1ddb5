import { groupOf } from '../../model/kube-object';
import { textAt } from '../../model/manifest/access';
import type { Rule } from '../rule';
import { sampleObject } from '../samples';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_LETTER_FIRST = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LONGEST_SUBDOMAIN = 253;
const LONGEST_LABEL = 63;
/** A CronJob adds eleven characters for its Jobs. */
const LONGEST_CRONJOB = 52;
/** Groups whose names only must fit into a path. */
const PATH_NAMES = new Set(['rbac.authorization.k8s.io', 'flowcontrol.apiserver.k8s.io']);
/** A StatefulSet and a ReplicationController in name are checked as labels by what they make. */
const BUILT_IN = /^(|apps|batch|autoscaling|policy|.*\.k8s\.io)$/;

/** Names that the API server refuses. */
export const objectName: Rule = {
  id: 'object-name',
  title: 'names of objects are valid',
  severity: 'error',
  why: 'The API server refuses the object: names become part of addresses.',
  fix: 'use lower-case letters, digits and dashes, a letter or digit at both ends',
  sources: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  check(object, report) {
    const group = groupOf(object.apiVersion);
    const name = textAt(object, 'metadata', 'name');
    const namespace = textAt(object, 'metadata', 'namespace');
    if (namespace !== undefined && (!LABEL.test(namespace) || namespace.length > LONGEST_LABEL)) {
      const isTemplate = /\$\{|\{\{|\$\(/.test(namespace);
      report(
        ['metadata', 'namespace'],
        `is "${namespace}", not a valid namespace`,
        isTemplate ? { severity: 'warning', fix: 'fill the placeholder in before applying it' } : {},
      );
    }
    if (name === undefined || PATH_NAMES.has(group)) return;
    const isCore = group === '';
    const [form, longest] =
      isCore && object.kind === 'Service'
        ? [LABEL_LETTER_FIRST, LONGEST_LABEL]
        : isCore && object.kind === 'Namespace'
          ? [LABEL, LONGEST_LABEL]
          : object.kind === 'CronJob' && group === 'batch'
            ? [SUBDOMAIN, LONGEST_CRONJOB]
            : [SUBDOMAIN, LONGEST_SUBDOMAIN];
    const isTemplate = /\$\{|\{\{|\$\(/.test(name);
    if (!form.test(name))
      report(
        ['metadata', 'name'],
        `is "${name}", not a valid name for ${object.kind}`,
        isTemplate || !BUILT_IN.test(group) ? { severity: 'warning' } : {},
      );
    else if (name.length > longest)
      report(['metadata', 'name'], `is ${name.length} characters long, at most ${longest} are allowed`, {
        fix: 'shorten it',
      });
  },
  samples: {
    pass: sampleObject('v1', 'Namespace', ''),
    fail: sampleObject('v1', 'Namespace', '').replace('name: web', 'name: Web_Shop'),
  },
};
