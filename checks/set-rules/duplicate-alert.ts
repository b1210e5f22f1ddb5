import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { sampleObject } from '../samples';
import type { Member } from '../set/member';
import type { SetRule } from '../set-rule';

const rules = (name: string): string =>
  sampleObject(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `groups:\n  - name: web\n    rules:\n      - record: web:requests:rate5m\n        expr: sum(rate(requests_total[5m]))\n      - record: ${name}\n        expr: sum(rate(requests_total[5m]))`,
  );

/** The same recording or alert twice, over all PrometheusRules of a set. */
export const duplicateAlert: SetRule = {
  id: 'duplicate-alert',
  title: 'recordings and alerts of Prometheus stand once',
  severity: 'error',
  why: 'The same recording twice writes the same series twice: Prometheus drops samples and warns in its log. The same alert twice pages twice.',
  fix: 'keep one of the two',
  sources: ['https://github.com/prometheus/prometheus/issues/7301'],
  checkSet(set, report) {
    const seen = new Map<string, { member: Member; expr: string }>();
    for (const member of set.ofKind('monitoring.coreos.com', 'PrometheusRule')) {
      for (const { rule, keys } of rulesOf(member)) {
        const isRecording = textAt(rule, 'record') !== undefined;
        const name = textAt(rule, isRecording ? 'record' : 'alert');
        const expr = (textAt(rule, 'expr') ?? '').replace(/\s+/g, ' ').trim();
        if (name === undefined) continue;
        const key = `${isRecording ? 'record' : 'alert'} ${name} ${labelsOf(rule)}`;
        const first = seen.get(key);
        if (!first) {
          seen.set(key, { member, expr });
          continue;
        }
        if (!set.together(first.member, member)) continue;
        const where =
          first.member === member ? 'of this object' : `of ${first.member.object.metadata.name} (${first.member.file})`;
        if (first.expr === expr) report(member, keys, `says the same as another rule ${where}: ${name}`);
        else
          report(
            member,
            keys,
            `has the name and the labels of another rule ${where}, with another expression: ${name}`,
            {
              severity: 'info',
              fix: 'fine where the two are about different series; else rename one',
            },
          );
      }
    }
  },
  samples: { pass: rules('web:requests:sum_rate5m'), fail: rules('web:requests:rate5m') },
};

function rulesOf({ object }: Member): readonly { rule: unknown; keys: Keys }[] {
  return asList(at(object, 'spec', 'groups')).flatMap((group, index) =>
    asList(asRecord(group)?.rules).map((rule, position) => ({
      rule,
      keys: ['spec', 'groups', index, 'rules', position],
    })),
  );
}

function labelsOf(rule: unknown): string {
  return JSON.stringify(Object.entries(asRecord(at(rule, 'labels')) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
