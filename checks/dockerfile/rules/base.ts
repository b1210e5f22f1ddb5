import { parseBase, type DockerfileSource } from '../dockerfile';
import type { Complaint, Rule } from '../rule';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What an image is made from, and by which builder. */
export const baseRules: readonly Rule[] = [
  {
    id: 'syntax-line',
    why: 'Cache mounts and build checks need a builder that knows them; the first line names its version.',
    check: ({ directives, firstLine }: DockerfileSource): Complaint[] => {
      const syntax = directives.get('syntax');
      const versioned = syntax !== undefined && /^docker\/dockerfile:\d/.test(syntax);
      if (versioned && /^#\s*syntax\s*=/i.test(firstLine)) return [];
      return [
        {
          at: undefined,
          message: 'does not begin with the version of its syntax',
          fix: 'write "# syntax=docker/dockerfile:1.12" into the first line, above every comment',
        },
      ];
    },
  },
  {
    id: 'multi-stage',
    why: 'What builds a program (compilers, caches, development packages) stays behind in an earlier stage.',
    check: ({ stages }) =>
      stages.length >= 2
        ? []
        : [
            {
              at: stages[0]?.from,
              message: `has ${stages.length === 0 ? 'no stage' : 'one stage, so what builds also runs'}`,
              fix: 'build in one stage and copy the result into another',
            },
          ],
  },
  {
    id: 'no-latest',
    why: 'A tag that names no version is another image tomorrow.',
    check: (dockerfile) =>
      externalBases(dockerfile).flatMap(({ from, base }) => {
        const tag = /:([\w.-]+)$/.exec(parseBase(base).image)?.[1];
        if (tag !== undefined && tag !== 'latest') return [];
        return {
          at: from,
          message: tag === undefined ? 'has no tag' : 'says latest, which names no version',
          fix: 'write the tag of a version, such as 24-trixie-slim',
        };
      }),
  },
  {
    id: 'pinned-base',
    why: 'Only a digest says which bytes an image was built on; an ARG without default lets nobody build without one.',
    check: (dockerfile) => externalBases(dockerfile).flatMap((stage) => pinProblems(dockerfile, stage)),
  },
];

type External = DockerfileSource['stages'][number];

/** Stages that begin from an image and not from an earlier stage or from nothing. */
function externalBases({ stages }: DockerfileSource): readonly External[] {
  return stages.filter(({ parent, base }) => parent === undefined && base !== 'scratch');
}

function pinProblems({ globals }: DockerfileSource, { from, base }: External): Complaint[] {
  const { digest, digestArg } = parseBase(base);
  const fix =
    'write name:tag@sha256:… as the registry gives it, or name:tag@${NAME_DIGEST} with "ARG NAME_DIGEST" above';
  if (digestArg !== undefined) {
    if (!globals.has(digestArg)) {
      return [{ at: from, message: `uses ${digestArg}, which no ARG above the first FROM declares`, fix }];
    }
    const preset = globals.get(digestArg);
    if (preset === undefined || DIGEST.test(preset)) return [];
    return [{ at: from, message: `uses ${digestArg}, whose default "${preset}" is no sha256 digest`, fix }];
  }
  if (digest === undefined) return [{ at: from, message: 'is not pinned to a digest', fix }];
  return DIGEST.test(digest) ? [] : [{ at: from, message: `has "${digest}" for a digest`, fix }];
}
