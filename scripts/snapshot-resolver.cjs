// All snapshots lie in one folder at the top, where a reviewer looks for them.
const path = require('node:path');

const root = path.join(__dirname, '..');
const folder = path.join(root, '__snapshots__');

module.exports = {
  resolveSnapshotPath: (testPath, extension) =>
    path.join(folder, path.relative(root, testPath).replaceAll(path.sep, '.') + extension),
  resolveTestPath: (snapshotPath, extension) =>
    path.join(root, ...path.basename(snapshotPath, `.test.ts${extension}`).split('.')) + '.test.ts',
  testPathForConsistencyCheck: path.join(root, 'phases', 'example.test.ts'),
};
