/** Why nothing could be written, and what to do; nothing has been changed when this is thrown. */
export class SynthError extends Error {
  override readonly name = 'SynthError';

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(`${message}\n  Fix: ${fix}`, options);
  }
}

/** Says what a failed file operation means for the person at the terminal. */
export function explainFileError(error: unknown, folder: string): SynthError {
  const { code, message } = error as NodeJS.ErrnoException;
  const intact = `${folder}/ is as it was.`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SynthError(
        `${folder}/ can't be written (${code}). ${intact}`,
        `make the folder that holds ${folder}/ writable for your user`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new SynthError(`The disk is full (${code}). ${intact}`, 'free some space and run again', { cause: error });
    default:
      return new SynthError(`${folder}/ can't be written: ${message}. ${intact}`, 'see the error of the system above', {
        cause: error,
      });
  }
}
