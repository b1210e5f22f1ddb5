import { DockerfileParser, From, type Argument, type Flag, type Instruction } from 'dockerfile-ast';

/** One build stage: a FROM and what follows it. */
export interface Stage {
  /** Name behind AS; its number, as `COPY --from=0` has it, where there is none. */
  readonly name: string;
  readonly from: From;
  /** What FROM names: an image, or an earlier stage. */
  readonly base: string;
  /** The stage that it builds on; undefined for an image. */
  readonly parent: Stage | undefined;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile, cut into its stages. */
export interface DockerfileSource {
  /** Parser directives (`# syntax=`, `# check=`) by name. */
  readonly directives: ReadonlyMap<string, string>;
  /** The first line, as written. */
  readonly firstLine: string;
  /** ARGs in front of the first FROM, with their default. */
  readonly globals: ReadonlyMap<string, string | undefined>;
  readonly stages: readonly Stage[];
  /** Every instruction, in order. */
  readonly instructions: readonly Instruction[];
}

/** An image that a Dockerfile builds on. */
export interface BaseImage {
  /** Registry, repository and tag. */
  readonly image: string;
  /** The ARG that holds its digest; undefined where the digest is written down or missing. */
  readonly digestArg: string | undefined;
  readonly digest: string | undefined;
}

/** Parses a Dockerfile. Text that is no Dockerfile has no stages, which a rule reports. */
export function parseDockerfile(text: string): DockerfileSource {
  const ast = DockerfileParser.parse(text);
  const stages: Stage[] = [];
  const globals = new Map<string, string | undefined>();
  for (const arg of ast.getInitialARGs()) {
    const property = arg.getProperty();
    if (property !== null) globals.set(property.getName(), property.getValue() ?? undefined);
  }
  let open: Instruction[] = [];
  for (const instruction of ast.getInstructions()) {
    if (instruction instanceof From) {
      open = [];
      const base = instruction.getImage() ?? '';
      const name = instruction.getBuildStage() ?? String(stages.length);
      const parent = stages.find((stage) => stage.name === base);
      stages.push({ name, from: instruction, base, parent, instructions: open });
    } else {
      open.push(instruction);
    }
  }
  const directives = ast.getDirectives().map((entry) => [entry.getName().toLowerCase(), entry.getValue()] as const);
  return {
    directives: new Map(directives),
    firstLine: text.split('\n', 1)[0] ?? '',
    globals,
    stages,
    instructions: ast.getInstructions(),
  };
}

/**
 * The stages whose instructions make up an image, the lowest first: a stage, what it builds on, and so on.
 *
 * @param target stage that is built; the last one where left out
 */
export function stageChain(dockerfile: DockerfileSource, target?: string): readonly Stage[] {
  const chain: Stage[] = [];
  let stage = target === undefined ? dockerfile.stages.at(-1) : dockerfile.stages.find(({ name }) => name === target);
  while (stage !== undefined) {
    chain.unshift(stage);
    stage = stage.parent;
  }
  return chain;
}

/** Stages that nobody builds on or copies from: each is an image that somebody may ask for. */
export function targets(dockerfile: DockerfileSource): readonly Stage[] {
  return dockerfile.stages.filter(
    (stage) =>
      dockerfile.stages.every(({ parent }) => parent !== stage) &&
      dockerfile.instructions.every((instruction) => flagOf(instruction, 'from')?.getValue() !== stage.name),
  );
}

/** The last instruction of that name in an image; earlier ones no longer count. */
export function lastOf(chain: readonly Stage[], keyword: string): Instruction | undefined {
  return instructionsOf(chain, keyword).at(-1);
}

/** All instructions of that name in an image. */
export function instructionsOf(chain: readonly Stage[], keyword: string): readonly Instruction[] {
  return chain.flatMap(({ instructions }) => instructions).filter((entry) => entry.getKeyword() === keyword);
}

/** The images a Dockerfile builds on, each once, in order. */
export function baseImages(text: string): readonly BaseImage[] {
  const bases = parseDockerfile(text)
    .stages.filter(({ parent, base }) => parent === undefined && base !== 'scratch')
    .map(({ base }) => parseBase(base));
  return bases.filter(({ image }, index) => bases.findIndex((other) => other.image === image) === index);
}

/** Takes `name:tag@digest` and `name:tag@${ARG}` apart. */
export function parseBase(base: string): BaseImage {
  const [image = '', digest] = base.split('@', 2);
  const digestArg = /^\$(?:\{(\w+)\}|(\w+))$/.exec(digest ?? '');
  const arg = digestArg?.[1] ?? digestArg?.[2];
  return { image, digestArg: arg, digest: arg === undefined ? digest : undefined };
}

/** The text of an instruction's arguments, continued lines joined. */
export function argumentsOf(instruction: Instruction): string {
  return instruction.getArgumentsContent() ?? '';
}

/** Single arguments, without flags. */
export function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument: Argument) => argument.getValue());
}

/** Flags of an instruction, such as `--mount=type=cache`; none for those that take none. */
export function flagsOf(instruction: Instruction): readonly Flag[] {
  return 'getFlags' in instruction && typeof instruction.getFlags === 'function'
    ? (instruction.getFlags as () => Flag[]).call(instruction)
    : [];
}

/** One flag by its name. */
export function flagOf(instruction: Instruction, name: string): Flag | undefined {
  return flagsOf(instruction).find((flag) => flag.getName() === name);
}
