import { loadSchemas } from '../model/schema/load';
import { checkText } from './check-text';
import { checkSources } from './engine';
import { sampleDeployment, sampleDocuments, sampleFiles, sampleObject, sampleService } from './samples';

const account = sampleObject('v1', 'ServiceAccount', '');
const running = (name: string): string => sampleDeployment('', `serviceAccountName: ${name}`);
const application = (name: string, server = 'https://kubernetes.default.svc'): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'Application',
    `project: default\nsource: {repoURL: https://git.example.org/a.git, path: dist/${name}}\ndestination: {server: "${server}", namespace: a}`,
    'namespace: argocd',
  ).replace('name: web', `name: ${name}`);

/** Severities of one rule's findings about a tree of files. */
function severities(files: Readonly<Record<string, string>>, rule: string): readonly string[] {
  return checkText(sampleFiles(files))
    .findings.filter((finding) => finding.rule === rule)
    .map(({ severity }) => severity);
}

const RULE = 'service-account-reference';

describe('what a set is', () => {
  test('one PATH: an object of any folder is found', () => {
    expect(severities({ 'a/account.yaml': account, 'b/web.yaml': running('web') }, RULE)).toEqual([]);
  });

  test('the layers of a phase together, but not two phases or two clusters', () => {
    const layers = {
      'dist/phase-1/west/platform/a.yaml': account,
      'dist/phase-1/west/workloads/b.yaml': running('web'),
    };
    expect(severities(layers, RULE)).toEqual([]);
    const phases = { 'dist/phase-1/west/a.yaml': account, 'dist/phase-2/west/b.yaml': running('web') };
    expect(severities(phases, RULE)).toEqual(['info']);
    const clusters = { 'dist/phase-1/west/a.yaml': account, 'dist/phase-1/east/b.yaml': running('web') };
    expect(severities(clusters, RULE)).toEqual(['info']);
  });

  test('what the Applications of one cluster deploy together, but not of two', () => {
    const objects = { 'dist/one/a.yaml': account, 'dist/two/b.yaml': running('web') };
    expect(severities({ 'x.yaml': `${application('one')}---\n${application('two')}`, ...objects }, RULE)).toEqual([]);
    const apart = `${application('one')}---\n${application('two', 'https://east.example.org')}`;
    expect(severities({ 'x.yaml': apart, ...objects }, RULE)).toEqual(['info']);
  });

  test('files that are named one by one', () => {
    const sources = [
      { name: 'a.yaml', root: 'a.yaml', isNamed: true, text: account },
      { name: 'b.yaml', root: 'b.yaml', isNamed: true, text: running('web') },
    ];
    const options = { target: 'both', today: '2026-01-01', waivers: [], schemaOnly: false } as const;
    const { findings } = checkSources(sources, loadSchemas(), options);
    expect(findings.filter(({ rule }) => rule === RULE)).toEqual([]);
  });
});

describe('how sure it is that something is missing', () => {
  test('an error beside others of its kind, with the name that was meant', () => {
    const { findings } = checkText(sampleDocuments(account, running('webs')));
    expect(findings.filter(({ rule }) => rule === RULE)).toMatchObject([
      {
        severity: 'error',
        path: 'spec.template.spec.serviceAccountName',
        message: 'names ServiceAccount webs, which is not in this set',
        fix: 'did you mean web?',
        // Four lines of the account, one between, and the fourteenth of the Deployment.
        line: 19,
      },
    ]);
  });

  test('a warning where others of its kind stand in another folder', () => {
    expect(severities({ 'a/x.yaml': account, 'b/y.yaml': running('shop') }, RULE)).toEqual(['warning']);
  });

  test('information where the set has none of its kind, or none in that namespace', () => {
    const elsewhere = account.replace('name: web', 'name: web\n  namespace: other');
    const here = running('shop').replace('metadata:\n  name: web', 'metadata:\n  name: web\n  namespace: shop');
    expect(severities({ 'a.yaml': running('shop') }, RULE)).toEqual(['info']);
    expect(severities({ 'a.yaml': `${elsewhere}---\n${here}` }, RULE)).toEqual(['info']);
  });

  test('information where a file beside it can not be read', () => {
    expect(severities({ 'a.yaml': account, 'b.yaml': running('shop'), 'c.yaml': 'kind: [\n' }, RULE)).toEqual(['info']);
  });

  test('nothing for what kustomize, an operator or the cluster makes', () => {
    const mounting = (kind: string, field: string, name: string): string =>
      sampleDeployment('', `volumes: [{name: a, ${kind}: {${field}: ${name}}}]`);
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {a: b}\n';
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nconfigMapGenerator: [{name: made}]\n';
    const secret = sampleObject(
      'external-secrets.io/v1',
      'ExternalSecret',
      'target: {name: token}\nsecretStoreRef: {kind: ClusterSecretStore, name: vault}',
    );
    for (const files of [
      { 'kustomization.yaml': kustomization, 'a.yaml': map, 'b.yaml': mounting('configMap', 'name', 'made') },
      { 'a.yaml': secret, 'b.yaml': mounting('secret', 'secretName', 'token') },
      { 'a.yaml': map, 'b.yaml': mounting('configMap', 'name', 'kube-root-ca.crt') },
    ])
      expect(severities(files, 'config-reference')).toEqual([]);
    expect(
      severities({ 'a.yaml': secret, 'b.yaml': mounting('secret', 'secretName', 'tokn') }, 'config-reference'),
    ).toEqual(['error']);
    expect(severities({ 'a.yaml': mounting('secret', 'secretName', 'token') }, 'config-reference')).toEqual(['info']);
  });

  test('a Service for pods that only an operator knows is no error', () => {
    const operated = sampleObject('example.org/v1', 'Shop', 'size: 3').replace('name: web', 'name: shop');
    const service = sampleService().replace('app: web', 'app: shop');
    expect(severities({ 'a.yaml': `${sampleDeployment('')}---\n${service}` }, 'service-selector')).toEqual(['error']);
    expect(
      severities({ 'a.yaml': `${sampleDeployment('')}---\n${service}---\n${operated}` }, 'service-selector'),
    ).toEqual(['warning']);
    expect(severities({ 'a.yaml': service }, 'service-selector')).toEqual([]);
  });
});

test('findings of sets are waived like others', () => {
  const waived = running('shop').replace(
    'metadata:\n  name: web',
    `metadata:\n  name: web\n  annotations:\n    aia.io/waive.${RULE}: "comes with the chart; until 2026-12-31"`,
  );
  const result = checkText(sampleDocuments(account, waived));
  expect(result.findings.filter(({ rule }) => rule === RULE)).toEqual([]);
  expect(result.waived.map(({ rule }) => rule)).toEqual([RULE]);
});
