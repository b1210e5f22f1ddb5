import type { Platform } from '../model/platform/platform';
import { platform } from '../platform/platform';
import { renderPlatform } from './render';

/** The same record with its keys the other way round. */
function reversed<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).reverse()) as T;
}

test('the order of the data changes no byte', () => {
  const shuffled: Platform = {
    ...platform,
    workloads: reversed(platform.workloads),
    clusters: reversed(platform.clusters),
    images: reversed(platform.images),
    priorities: reversed(platform.priorities),
    addons: reversed(platform.addons),
  };
  expect([...renderPlatform(shuffled).files]).toEqual([...renderPlatform(platform).files]);
});

test('files lie in dist/<phase>/<cluster>/<layer>/ and are named kind.group_namespace_name', () => {
  for (const file of renderPlatform(platform).files.keys()) {
    expect(file).toMatch(
      /^phase-[123]\/[a-z0-9-]+\/(platform|policy|workloads)\/[A-Z][A-Za-z]+(\.[a-z0-9.-]+)?_(-|aia)_[a-z0-9-]+\.yaml$/,
    );
  }
});
