// How each image is built, from the platform's data: node scripts/image-builds.mjs [IMAGE]
// With a name, that image as JSON. Without, what a workflow's matrix takes: all images whose sources can be had; the
// others are named on standard error.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load, refuse, root } from './load-data.mjs';

const [wanted, ...rest] = process.argv.slice(2);
if (rest.length > 0) refuse('One image at most.', 'node scripts/image-builds.mjs [IMAGE]');

const { platform, imageBuild, baseImages } = await load(
  'platform/platform',
  'model/platform/image-build',
  'checks/dockerfile/dockerfile',
);
const names = Object.keys(platform.images);
if (wanted && !names.includes(wanted)) {
  refuse(`"${wanted}" is no image of platform/images.ts.`, `write one of ${names.join(', ')}`);
}

const builds = names.map((name) => {
  const build = imageBuild(platform, name);
  const bases = baseImages(readFileSync(path.join(root, build.dockerfile), 'utf8'));
  // ARG=image, one a line: a digest that is written down in the Dockerfile needs no argument.
  const pins = bases
    .filter(({ digestArg }) => digestArg !== undefined)
    .map((base) => `${base.digestArg}=${base.image}`);
  return { ...build, bases: pins.join('\n') };
});
if (wanted) {
  console.log(
    JSON.stringify(
      builds.find(({ name }) => name === wanted),
      undefined,
      2,
    ),
  );
} else {
  for (const { name, context } of builds) {
    if (context === '') console.error(`${name}: not built, platform/images.ts has no source for it`);
  }
  console.log(JSON.stringify({ include: builds.filter(({ context }) => context !== '') }));
}
