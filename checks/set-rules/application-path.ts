import path from 'node:path';
import { textAt } from '../../model/manifest/access';
import { nearest } from '../../model/schema/nearest';
import { deployedBy, type Tree } from '../set/tree';
import type { TreeRule } from '../set-rule';
import { sampleApplication, sampleDelivery } from './application-samples';

/** Applications whose folder does not exist or holds nothing. */
export const applicationPath: TreeRule = {
  id: 'application-path',
  title: 'the folder that an Application deploys exists and holds objects',
  severity: 'error',
  why: 'Argo CD reports a ComparisonError for a folder that is not there and refuses to prune everything for an empty one: the cluster stays as it was, without a word in Git.',
  fix: 'correct source.path',
  sources: ['https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning-with-allow-empty-v18'],
  checkTree(tree, report) {
    const folders = foldersOf(tree.files);
    for (const source of tree.sources) {
      const { application: member, path: folder, keys } = source;
      // A folder of another repository is not ours to judge: only what lies in a folder that was read.
      const top = folder.split('/')[0] ?? '';
      if (!folders.has(top) || top === folder) continue;
      if (!folders.has(folder)) {
        const meant = nearest(folder, [...folders]);
        report(member, keys, `is ${folder}, which does not exist here`, {
          ...(meant !== undefined && { fix: `did you mean ${meant}?` }),
          severity: hasOneRepository(tree) ? 'error' : 'warning',
        });
      } else if (deployedBy(tree, source).length === 0 && !isBuilt(tree, folder)) {
        const isDeep = tree.members.some(({ file }) => file.startsWith(`${folder}/`));
        report(
          member,
          keys,
          isDeep ? `is ${folder}, whose objects are all in folders below` : `is ${folder}, which holds no object`,
          {
            fix: isDeep ? 'add directory.recurse: true' : 'correct source.path',
          },
        );
      }
    }
  },
  samples: {
    pass: sampleDelivery(sampleApplication('dist/shop')),
    fail: sampleDelivery(sampleApplication('dist/shops')),
  },
};

function foldersOf(names: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const name of names) {
    for (
      let folder = path.posix.dirname(name);
      folder !== '.' && !folders.has(folder);
      folder = path.posix.dirname(folder)
    )
      folders.add(folder);
  }
  return folders;
}

function hasOneRepository(tree: Tree): boolean {
  const names = tree.sources.map(({ application, keys }) =>
    textAt(application.object, ...keys.slice(0, -1), 'repoURL'),
  );
  return new Set(names).size <= 1;
}

/** Helm and kustomize make objects of files that hold none. */
function isBuilt(tree: Tree, folder: string): boolean {
  return tree.files.some((file) => file.startsWith(`${folder}/`) && /\/(Chart|kustomization)\.ya?ml$/.test(file));
}
