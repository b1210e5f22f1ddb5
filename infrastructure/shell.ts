/** A word of a command as the shell has it, with its variables. */
export interface RawWord {
  readonly raw: string;
}

export type Word = string | RawWord;

/** Longest line that stays one. */
const WIDTH = 118;

/**
 * A command as a person would write it: on one line where it fits, else one flag a line.
 *
 * @param indent what stands before the lines after the first, beyond the usual two spaces.
 */
export function command(words: readonly Word[], indent = ''): string {
  const texts = words.map(quoted);
  const line = texts.join(' ');
  const firstFlag = texts.findIndex((text) => text.startsWith('--'));
  if (line.length <= WIDTH || firstFlag < 0) return line;
  return [texts.slice(0, firstFlag).join(' '), ...texts.slice(firstFlag)].join(` \\\n${indent}  `);
}

/**
 * Creates something unless a list has it: a call of `ensure` in `gke/common.sh`.
 *
 * @param what the kind of thing, for the reader of the output.
 * @param list prints one name a line.
 */
export function ensure(what: string, name: string, list: readonly Word[], create: readonly Word[]): string {
  return [command(['ensure', what, name]), command([...list, { raw: '--' }], '  '), command(create, '  ')].join(
    ' \\\n  ',
  );
}

/** A word that the shell takes as it is, quoted only where it must be; of a flag only the value. */
export function quoted(word: Word): string {
  if (typeof word !== 'string') return word.raw;
  const [, flag = '', value = word] = /^(--[\w-]+=)(.*)$/s.exec(word) ?? [];
  return /^[\w@%+=:,./-]+$/.test(value) ? word : `${flag}'${value.replaceAll("'", "'\\''")}'`;
}
