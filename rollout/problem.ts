/** Why a command could not do its job, and what to do; exit code 2. Nothing is half done when this is thrown. */
export class CannotRollOut extends Error {
  override readonly name = 'CannotRollOut';

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(`${message}\n  Fix: ${fix}`, options);
  }
}

/** The text without what stands before the `@` of an address: a token or a password may stand there. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\/\/)[^/@\s]+@/g, '$1');
}
