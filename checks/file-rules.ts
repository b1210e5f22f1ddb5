import type { RuleInfo } from './rule';
import { sampleDeployment, sampleObject, samplePod } from './samples';

const NAMESPACE = sampleObject('v1', 'Namespace', '');

/** What the engine checks itself, since it takes more than one object's rule: files, schemas, sets, waivers. */
export const FILE_RULES: readonly RuleInfo[] = [
  {
    id: 'yaml',
    title: 'files can be read as YAML or JSON',
    severity: 'error',
    why: 'What one parser guesses, another guesses differently; of a key that stands twice one value is lost without a word.',
    fix: 'correct the line',
    sources: ['https://yaml.org/spec/1.2.2/'],
    samples: { pass: NAMESPACE, fail: NAMESPACE.replace('  name: web', '  name: web\n  name: shop') },
  },
  {
    id: 'broken-object',
    title: 'objects have apiVersion, kind and name',
    severity: 'error',
    why: 'kubectl and Argo CD stop at an object that lacks one of them; a tool that skips it applies less than you think.',
    fix: 'add what is missing',
    sources: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields'],
    samples: { pass: NAMESPACE, fail: NAMESPACE.replace('apiVersion: v1\n', '') },
  },
  {
    id: 'schema',
    title: 'every field is known and well typed',
    severity: 'error',
    why: 'The API server refuses the object, or drops an unknown field without a word: what you set is not in force.',
    fix: 'correct the field',
    sources: [
      'https://kubernetes.io/docs/reference/kubernetes-api/',
      'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    ],
    samples: { pass: samplePod('imagePullPolicy: Always'), fail: samplePod('imagePulPolicy: Always') },
  },
  {
    id: 'api-version',
    title: 'API versions are served by the Kubernetes versions that are checked',
    severity: 'error',
    why: 'The API server answers "no matches for kind", and the rest of the sync may not be applied.',
    fix: 'write the version that is served',
    sources: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
    samples: { pass: sampleDeployment(''), fail: sampleDeployment('').replace('apps/v1', 'extensions/v1beta1') },
  },
  {
    id: 'duplicate-object',
    title: 'an object is in a set once',
    severity: 'error',
    why: 'Which of the two is applied last is chance; two Applications that own one object fight about it for ever.',
    fix: 'keep one of the two',
    sources: [
      'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found',
    ],
    samples: { pass: NAMESPACE, fail: `${NAMESPACE}---\n${NAMESPACE}` },
  },
  {
    id: 'waiver',
    title: 'waivers have a reason and a day, and are renewed in time',
    severity: 'warning',
    why: 'A waiver without an end is a rule that was abolished without anybody deciding it.',
    fix: 'write "<reason>; until YYYY-MM-DD", or do what the rule asks',
    sources: ['docs/check.md'],
    samples: {
      pass: samplePod('').replace(
        'name: web\nspec',
        'name: web\n  annotations:\n    aia.io/waive.bare-pod: "debug session of the shop team; until 2999-12-31"\nspec',
      ),
      fail: samplePod('').replace(
        'name: web\nspec',
        'name: web\n  annotations:\n    aia.io/waive.bare-pod: "debug session of the shop team; until 2020-01-31"\nspec',
      ),
    },
  },
];
