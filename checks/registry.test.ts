import { checkText } from './check-text';
import { RULES } from './registry';

/** Puts platform data beside a sample, so that rules for AIA keep their severity. */
const PLATFORM = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: platform\n  labels:\n    aia.io/cluster: local\n';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const rulesFound = (sample: string): readonly string[] => checkText(sample).findings.map((finding) => finding.rule);

  test('finds nothing in its passing sample', () => {
    expect(rulesFound(rule.samples.pass)).not.toContain(id);
  });

  test('its passing sample has no error of any rule', () => {
    expect(checkText(rule.samples.pass).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('finds its failing sample', () => {
    expect(rulesFound(rule.samples.fail)).toContain(id);
  });

  test('reports its failing sample with the severity that aia rules lists', () => {
    const { findings } = checkText(`${PLATFORM}---\n${rule.samples.fail}`);
    expect(findings.filter((finding) => finding.rule === id).map(({ severity }) => severity)).toContain(rule.severity);
  });

  test('says why and how in sentences, with a source', () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title).toMatch(/^[$A-Za-z].*[^.]$/s);
    expect(rule.why).toMatch(/^\S.*\.$/s);
    expect(rule.fix).toMatch(/[^.]$/);
    expect(rule.sources.length).toBeGreaterThan(0);
  });
});

test('names of rules are different and sorted', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('a rule for AIA is only information in a tree without platform data', () => {
  for (const rule of RULES.filter(({ audience }) => audience === 'aia')) {
    const isAia = rule.samples.fail.includes('aia.io/');
    const found = checkText(rule.samples.fail).findings.filter((finding) => finding.rule === rule.id);
    if (!isAia) expect(found.map(({ severity }) => severity)).toEqual(found.map(() => 'info'));
  }
});
