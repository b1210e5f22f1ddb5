import { formatFieldPath } from './field-path';

const object = {
  metadata: { annotations: { 'a.b/c': 'x' } },
  spec: {
    template: { spec: { containers: [{ name: 'ml-inference', resources: { limits: { cpu: '1' } } }] } },
    http: [{ match: [] }, { match: [] }],
    twice: [{ name: 'a' }, { name: 'a' }],
  },
};

test('an item is called by its name', () => {
  const keys = ['spec', 'template', 'spec', 'containers', 0, 'resources', 'limits', 'cpu'];
  expect(formatFieldPath(object, keys)).toBe('spec.template.spec.containers[name=ml-inference].resources.limits.cpu');
});

test('keys that read as structure are quoted', () => {
  expect(formatFieldPath(object, ['metadata', 'annotations', 'a.b/c'])).toBe('metadata.annotations["a.b/c"]');
});

test('an index stands where there is no name, or the name is not unique', () => {
  expect(formatFieldPath(object, ['spec', 'http', 1, 'match'])).toBe('spec.http[1].match');
  expect(formatFieldPath(object, ['spec', 'twice', 1, 'name'])).toBe('spec.twice[1].name');
});

test('the object itself is the empty path', () => {
  expect(formatFieldPath(object, [])).toBe('');
});
