import {
  argumentsOf,
  flagOf,
  instructionsOf,
  lastOf,
  stageChain,
  targets,
  type DockerfileSource,
  type Stage,
} from '../dockerfile';
import type { Complaint, Rule } from '../rule';

/** How an image runs. What can be built as an image is checked, be it the last stage or another target. */
export const runtimeRules: readonly Rule[] = [
  {
    id: 'non-root-user',
    why: 'Kubernetes can tell that a user is not root only by its number; the pods here ask for that.',
    check: (dockerfile) =>
      targets(dockerfile).flatMap((target): Complaint[] => {
        const user = lastOf(stageChain(dockerfile, target.name), 'USER');
        const fix = 'end the stage with USER 65532:65532';
        if (user === undefined)
          return [{ at: target.from, message: 'sets no USER, so what it builds runs as root', fix }];
        const text = argumentsOf(user);
        if (/^[1-9]\d*(:[1-9]\d*)?$/.test(text)) return [];
        return [{ at: user, message: /^(0|root)\b/.test(text) ? 'is root' : 'is a name, not a number', fix }];
      }),
  },
  {
    id: 'exec-form',
    why: 'In the shell form a shell is the first process: it does not pass SIGTERM on, and distroless has none.',
    check: (dockerfile) =>
      targets(dockerfile).flatMap((target): Complaint[] => {
        const chain = stageChain(dockerfile, target.name);
        const last = lastOf(chain, 'ENTRYPOINT');
        if (last === undefined) {
          return [{ at: target.from, message: 'has no ENTRYPOINT', fix: 'add ENTRYPOINT ["/program", "argument"]' }];
        }
        return [last, ...instructionsOf(chain, 'CMD')]
          .filter((entry) => !argumentsOf(entry).startsWith('['))
          .map((at) => ({ at, message: 'is in shell form', fix: 'write it as ["/program", "argument"]' }));
      }),
  },
  {
    id: 'expose-port',
    why: 'EXPOSE is where a reader finds the port, and where a test compares it with the data of the workload.',
    check: (dockerfile: DockerfileSource): Complaint[] => {
      const chain = stageChain(dockerfile);
      // A job listens nowhere, and says so in the name of its stage.
      if (chain.length === 0 || chain.at(-1)?.name === 'job' || instructionsOf(chain, 'EXPOSE').length > 0) return [];
      const fix = 'add EXPOSE with the port of the workload, or name the stage of what listens nowhere `job`';
      return [{ at: chain.at(-1)?.from, message: 'exposes no port', fix }];
    },
  },
  {
    id: 'copy-chown',
    why: 'Without --chown files belong to root, with the modes they had where they were built.',
    check: (dockerfile) =>
      copiesIntoImages(dockerfile.stages, targets(dockerfile))
        .filter((copy) => flagOf(copy, 'chown') === undefined)
        .map((at) => ({ at, message: 'leaves its files to root', fix: 'add --chown=65532:65532' })),
  },
];

/** COPYs in the stages of an image; those of stages that are left behind don't matter. */
function copiesIntoImages(stages: readonly Stage[], images: readonly Stage[]): Stage['instructions'] {
  const shipped = new Set<Stage>();
  for (const image of images) {
    for (let stage: Stage | undefined = image; stage !== undefined; stage = stage.parent) shipped.add(stage);
  }
  return instructionsOf(
    stages.filter((stage) => shipped.has(stage)),
    'COPY',
  );
}
