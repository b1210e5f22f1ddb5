/** Shell that several scripts share, as text. */
declare module '*.sh' {
  const text: string;
  export default text;
}
