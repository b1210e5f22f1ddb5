// Records the digest of an image that has been built and pushed: node scripts/set-digest.mjs IMAGE TAG DIGEST
// Comments and the order of the file stay. Nothing is written unless all three are right.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { load, refuse, root } from './load-data.mjs';

const USAGE = 'node scripts/set-digest.mjs IMAGE TAG DIGEST, such as: api 1.0.0 sha256:<64 hexadecimal digits>';

const [name, tag, digest, ...rest] = process.argv.slice(2);
if (digest === undefined || rest.length > 0) refuse('Three arguments are needed.', USAGE);

const { platform, imageDigest, withDigests, PlatformError, SOURCES } = await load(
  'platform/platform',
  'model/platform/image',
  'model/platform/digests',
  'model/platform/problems',
  'model/platform/sources',
);
if (!Object.hasOwn(platform.images, name)) {
  refuse(`"${name}" is no image of ${SOURCES.images}.`, `write one of ${Object.keys(platform.images).join(', ')}`);
}
if (platform.images[name].tag !== tag) {
  refuse(
    `"${tag}" is not the tag of ${name} in ${SOURCES.images}, which is "${platform.images[name].tag}".`,
    'change the tag there first: a digest stands for one version',
  );
}
if (!imageDigest.safeParse(digest).success) {
  refuse(
    `"${digest}" is not a sha256 digest.`,
    'take it from `docker buildx imagetools inspect REPOSITORY:TAG`; it is never made up',
  );
}

const file = path.join(root, SOURCES.digests);
const document = parseDocument(readFileSync(file, 'utf8'));
if (document.errors.length > 0) refuse(`${SOURCES.digests}: ${document.errors[0].message}`, 'correct the line');
document.setIn(['digests', name], document.createNode({ tag, digest }));
// The empty map of a new file is written {}; with entries it is a block, one line a value, as a diff wants it.
document.get('digests').flow = false;
const text = document.toString({ lineWidth: 0, singleQuote: true });
try {
  withDigests(platform, text);
} catch (error) {
  if (!(error instanceof PlatformError)) throw error;
  console.error(error.message);
  process.exit(2);
}
const fresh = `${file}.${process.pid}`;
writeFileSync(fresh, text);
renameSync(fresh, file);
console.log(`${SOURCES.digests}: ${name} ${tag} is ${digest}. Now \`npm start\`.`);
