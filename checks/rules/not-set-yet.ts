import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import { podOf } from '../pods';
import type { Report, Rule } from '../rule';
import { samplePod } from '../samples';

/** The domain that documentation may use and nobody owns (RFC 2606). */
const PLACEHOLDER = /(^|[/.@*]|:\/\/)example\.com([:/]|$)/;

/** Addresses that still are the placeholder of a template; on a namespace those of people to ask. */
export const notSetYet: Rule = {
  id: 'not-set-yet',
  title: 'addresses are no placeholders',
  severity: 'info',
  why: 'example.com is reserved for documentation: an image there can not be pulled, a host there not be reached.',
  fix: 'not set yet: write your own registry, domain or repository',
  sources: ['https://www.rfc-editor.org/rfc/rfc2606#section-3'],
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      look(textAt(container, 'image'), [...keys, 'image'], report);
    }
    if (object.kind === 'Namespace') {
      for (const [key, value] of Object.entries(object.metadata.annotations ?? {})) {
        look(value, ['metadata', 'annotations', key], report);
      }
    }
    const spec = asRecord(object.spec);
    if (!spec) return;
    if (object.kind === 'Application') {
      look(textAt(spec, 'source', 'repoURL'), ['spec', 'source', 'repoURL'], report);
      asList(spec.sources).forEach((source, index) => {
        look(textAt(source, 'repoURL'), ['spec', 'sources', index, 'repoURL'], report);
      });
    }
    for (const [list, field] of [
      ['rules', 'host'],
      ['hosts', undefined],
      ['servers', 'hosts'],
      ['sourceRepos', undefined],
      ['dnsNames', undefined],
    ] as const) {
      asList(spec[list]).forEach((item, index) => {
        const value = field === undefined ? item : at(item, field);
        const keys: Keys = ['spec', list, index, ...(field === undefined ? [] : [field])];
        for (const [position, text] of (Array.isArray(value) ? value : [value]).entries()) {
          look(text, Array.isArray(value) ? [...keys, position] : keys, report);
        }
      });
    }
  },
  samples: {
    pass: samplePod(''),
    fail: samplePod('').replace('registry.example.org', 'registry.example.com'),
  },
};

function look(value: unknown, keys: Keys, report: Report): void {
  if (typeof value === 'string' && PLACEHOLDER.test(value)) report(keys, `is the placeholder ${value}`);
}
