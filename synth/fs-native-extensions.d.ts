/** The one function that is used; the package ships no types. */
declare module 'fs-native-extensions' {
  /** Exchanges two paths: atomic on Linux and macOS. */
  export function swap(from: string, to: string): Promise<void>;
}
