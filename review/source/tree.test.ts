import { deployedOnly } from './tree';

test('of a repository laid out like this one, what clusters get and what pins them is looked at', () => {
  const files = ['argocd/west/a.yaml', 'dist/phase-1/west/b.yaml', 'platform/clusters.yaml', 'testing/sample.yaml'];
  expect(deployedOnly(files)).toEqual(['argocd/west/a.yaml', 'dist/phase-1/west/b.yaml', 'platform/clusters.yaml']);
});

test('of any other repository, everything is', () => {
  for (const files of [['dist/a.yaml', 'testing/sample.yaml'], ['argocd/a.yaml', 'k8s/b.yaml'], ['manifests/a.yaml']]) {
    expect(deployedOnly(files)).toEqual(files);
  }
});
