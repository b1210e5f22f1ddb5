/** Lua files are bundled as text (scripts/bundle.mjs); Argo CD runs them, not we. */
declare module '*.lua' {
  const source: string;
  export default source;
}
