/** Style of the pages, as text. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** A script of the pages, bundled for browsers: `client:page` is html/client/page.ts. */
declare module 'client:*' {
  const text: string;
  export default text;
}
