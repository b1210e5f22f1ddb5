/** Something that keeps the tests from running at all: bad surroundings, not a failed test. Exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';

  constructor(message: string, fix: string) {
    super(`${message}\n  Fix: ${fix}`);
  }
}

/** A promise of the project that the cluster does not show. */
export class Broken extends Error {
  override readonly name = 'Broken';
}
