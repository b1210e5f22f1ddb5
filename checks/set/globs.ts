/** Argo CD's globs: a star stands for anything, a question mark for one character. */
export function fitsGlob(pattern: string, value: string): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!/[*?]/.test(pattern)) return false;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(value);
}
