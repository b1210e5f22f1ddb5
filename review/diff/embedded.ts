import { unsafeAlias } from '../../model/manifest/expansion';
import { ManifestSyntaxError, parseDocuments } from '../../model/manifest/parse';

/** A document that stands in a text field, on both sides. */
export interface EmbeddedPair {
  readonly language: 'json' | 'yaml';
  readonly before: unknown;
  readonly after: unknown;
}

/** Text of these is never YAML, although much of it would parse as YAML. */
const OTHER_LANGUAGE =
  /\.(lua|py|sh|js|ts|conf|cfg|ini|properties|env|md|txt|pem|crt|key|html|css|sql|tmpl|tpl|gotmpl)$/i;
const MAP_LINE = /^[ \t]*(- )?["']?[\w./$-]+["']?:(\s|$)/m;

/**
 * Reads both texts as one language where they are whole documents (a map or a list). JSON is tried on what starts
 * as JSON does, YAML on text of several lines that is not named for another language.
 */
export function readEmbedded(key: string, before: string, after: string): EmbeddedPair | undefined {
  if (OTHER_LANGUAGE.test(key)) return undefined;
  const [left, right] = [readJson(before), readJson(after)];
  if (left !== undefined && right !== undefined) return { language: 'json', before: left, after: right };
  if (!before.includes('\n') && !after.includes('\n')) return undefined;
  const [one, other] = [readYaml(before), readYaml(after)];
  return one !== undefined && other !== undefined ? { language: 'yaml', before: one, after: other } : undefined;
}

function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isStructure(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readYaml(text: string): unknown {
  if (!MAP_LINE.test(text)) return undefined;
  try {
    const documents = parseDocuments(text).filter((document) => document !== null);
    if (unsafeAlias(documents) !== undefined || !documents.every(isStructure)) return undefined;
    return documents.length === 1 ? documents[0] : documents.length === 0 ? undefined : documents;
  } catch (error) {
    if (error instanceof ManifestSyntaxError) return undefined;
    throw error;
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Languages in which white space between words and comments mean nothing. */
const CODE: readonly { readonly field: RegExp; readonly comment: RegExp }[] = [
  // PromQL, also in KEDA's triggers and Grafana's dashboards.
  { field: /(^|\/)(expr|query)$/, comment: /^#[^\n]*/ },
  {
    field: /\.lua$|(^|\/)(inlineCode|health\.lua[^/]*|resource\.customizations\.health\.[^/]*)$/,
    comment: /^--[^\n]*/,
  },
];
const STRING = /^("(\\[\s\S]|[^"\\])*"|'(\\[\s\S]|[^'\\])*'|`[^`]*`|\[\[[\s\S]*?\]\])/;

/** True where two texts of code have the same words: only comments and white space differ. */
export function isSameCode(pattern: string, before: string, after: string): boolean {
  const language = CODE.find(({ field }) => field.test(pattern));
  if (!language) return false;
  return wordsOf(before, language.comment) === wordsOf(after, language.comment);
}

function wordsOf(text: string, comment: RegExp): string {
  const words: string[] = [];
  let rest = text;
  while (rest !== '') {
    const found = /^\s+/.exec(rest) ?? comment.exec(rest);
    if (found) {
      rest = rest.slice(found[0].length);
      continue;
    }
    const word = (STRING.exec(rest) ?? /^[\w.:$]+/.exec(rest))?.[0] ?? rest.charAt(0);
    words.push(word);
    rest = rest.slice(word.length);
  }
  return words.join('\n');
}
