// Holds an image against its budget: node scripts/check-image-size.mjs IMAGE [FILE…]
// FILE is a manifest or an index as the registry serves it, or a folder in the OCI layout (index.json and blobs/);
// without FILE it is read from standard input. Manifests that an index names are looked for in the folder's blobs/ and
// among the other files, by their digest. Exit 0: within the budget; 1: over it; 2: it could not be told.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { load, refuse } from './load-data.mjs';

const [name, ...files] = process.argv.slice(2);
if (name === undefined) refuse('An image is needed.', 'node scripts/check-image-size.mjs IMAGE [FILE…]');

const { platform, imageBuild, imageSizes, ManifestError } = await load(
  'platform/platform',
  'model/platform/image-build',
  'model/image-size',
);
if (!Object.hasOwn(platform.images, name)) {
  refuse(`"${name}" is no image of platform/images.ts.`, `write one of ${Object.keys(platform.images).join(', ')}`);
}

const folders = [];
const texts = files.length > 0 ? files.map(read) : [readFileSync(0, 'utf8')];
const byDigest = new Map(texts.map((text) => [`sha256:${createHash('sha256').update(text).digest('hex')}`, text]));

function read(file) {
  if (!existsSync(file))
    refuse(`${file} is not there.`, 'give a manifest, or a folder that buildx wrote as type=oci,tar=false');
  if (!statSync(file).isDirectory()) return readFileSync(file, 'utf8');
  folders.push(file);
  return readFileSync(path.join(file, 'index.json'), 'utf8');
}

function find(digest) {
  // It becomes part of a path below.
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const given = byDigest.get(digest);
  if (given !== undefined) return given;
  const blobs = folders.map((folder) => path.join(folder, 'blobs', ...digest.split(':')));
  const blob = blobs.find((file) => existsSync(file));
  return blob === undefined ? undefined : readFileSync(blob, 'utf8');
}

const { maxBytes, reference } = imageBuild(platform, name);
const budget = platform.images[name].sizeBudget;
let sizes;
try {
  sizes = imageSizes(texts[0], find);
} catch (error) {
  if (!(error instanceof ManifestError)) throw error;
  const repository = reference.slice(0, reference.lastIndexOf(':'));
  const fetched = error.missing.map((digest) => `docker buildx imagetools inspect --raw ${repository}@${digest}`);
  refuse(
    `${files[0] ?? 'standard input'} ${error.message}.`,
    fetched.length > 0
      ? `give them as files too, written by\n    ${fetched.join('\n    ')}`
      : `give what \`docker buildx imagetools inspect --raw ${reference}\` prints`,
  );
}
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
for (const { platform: where, bytes } of sizes) {
  const over = bytes > maxBytes;
  const line = `${name}${where === '' ? '' : ` ${where}`}: ${mebibytes(bytes)} of ${budget} compressed`;
  console[over ? 'error' : 'log'](over ? `${line}, ${mebibytes(bytes - maxBytes)} too much` : line);
  if (over) process.exitCode = 1;
}
if (process.exitCode === 1) {
  console.error('  Fix: `docker history` names the layers; what only the build needs belongs in an earlier stage.');
  console.error('  A budget that is too tight is raised in platform/images.ts, where a reviewer sees it.');
}
