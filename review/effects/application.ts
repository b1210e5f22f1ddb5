import { asList, asRecord, at } from '../../model/manifest/access';
import { patternOf } from '../diff/difference';
import { subjectOf } from '../diff/object-change';
import { fieldsAt, type EffectRule } from './consequence';

/** Argo CD's own objects: what is deployed from where, and what a sync may do. */
export const application: EffectRule = function* (change) {
  const { object } = subjectOf(change);
  if (!object.apiVersion.startsWith('argoproj.io/')) return;
  if (object.kind === 'Application') {
    const source = fieldsAt(change, /^spec\/(source|sources)(\/|$)/);
    const paths = source.filter(({ steps }) => patternOf(steps).endsWith('/path'));
    if (paths.length > 0) {
      yield {
        effect: 'other',
        risk: 'low',
        reason: 'deploys another folder: its difference is reviewed below',
        fields: paths,
      };
    }
    const others = source.filter((field) => !paths.includes(field));
    if (others.length > 0) {
      yield {
        effect: 'other',
        risk: 'medium',
        reason: 'deploys another version or source: what is in it is not part of this review',
        fields: others,
      };
    }
    const destination = fieldsAt(change, /^spec\/destination(\/|$)/);
    if (destination.length > 0) {
      yield {
        effect: 'prune',
        risk: 'high',
        reason: 'deploys to another cluster or namespace: what it has deployed is left behind or pruned',
        fields: destination,
      };
    }
    const prune = fieldsAt(change, /^spec\/syncPolicy\/automated(\/(prune|selfHeal|allowEmpty))?$/);
    if (prune.length > 0)
      yield {
        effect: 'other',
        risk: 'medium',
        reason: 'a sync deletes or repairs other things than before',
        fields: prune,
      };
  }
  if (object.kind === 'AppProject') {
    const fields = fieldsAt(
      change,
      /^spec\/(clusterResourceWhitelist|namespaceResourceWhitelist|destinations|sourceRepos|roles)(\/|$)/,
    );
    const more = fields.filter(({ after }) => after !== undefined && after !== null);
    const isAll = more.some(({ after }) => after === '*' || Object.values(asRecord(after) ?? {}).includes('*'));
    if (more.length > 0) {
      yield {
        effect: 'weaker',
        risk: isAll ? 'high' : 'medium',
        reason: `the project may deploy more${isAll ? ' (*)' : ''}`,
        fields: more,
      };
    }
    const less = fields.filter((field) => !more.includes(field));
    if (less.length > 0)
      yield {
        effect: 'other',
        risk: 'medium',
        reason: 'the project may deploy less: what is there of it is neither updated nor pruned',
        fields: less,
      };
    if (asList(at(object, 'spec', 'sourceRepos')).includes('*') && change.kind === 'added') {
      yield { effect: 'weaker', risk: 'medium', reason: 'the project takes any repository', fields: [] };
    }
  }
};
