import { platform } from '../../platform/platform';
import type { ResolvedImage } from './image';
import type { Platform } from './platform';
import { validatePlatform } from './validate';

/** The platform with one image changed, as somebody would who works without the compiler. */
function withImage(change: Record<string, unknown>): Platform {
  const { api } = platform.images;
  return { ...platform, images: { ...platform.images, api: { ...api, ...change } as ResolvedImage } };
}

test.each([
  ['a stack without a folder', { stack: 'java' }, /images\.ts: api\.stack: "java" is none.*\n.*node-service, python-/],
  ['no stack', { stack: undefined }, /images\.ts: api\.stack is missing/],
  ['a budget that is no size', { sizeBudget: 'small' }, /images\.ts: api\.sizeBudget: "small" is not a quantity/],
  ['a budget in megabits', { sizeBudget: '120m' }, /api\.sizeBudget: "120m" is no amount of memory.*\n.*"120Mi"/],
  ['a tag without a version', { tag: 'latest' }, /api\.tag: "latest" names no version\n.*the version that was tested/],
  ['a context outside of its repository', { source: { context: '../api' } }, /api\.source\.context: "\.\.\/api" is no/],
  ['a repository that is no owner/name', { source: { repository: 'api', context: '.' } }, /"api" is no GitHub/],
  ['a misspelt field', { budget: '1Mi' }, /images\.ts: api\.budget is not a field/],
])('%s is refused', (_, change, expected) => {
  expect(() => {
    validatePlatform(withImage(change), ['phase-1']);
  }).toThrow(expected);
});

test.each([{ source: { context: '.' } }, { source: { repository: 'owner/api', context: 'services/api' } }])(
  '%j is accepted',
  (change) => {
    expect(() => {
      validatePlatform(withImage(change), ['phase-1']);
    }).not.toThrow();
  },
);
