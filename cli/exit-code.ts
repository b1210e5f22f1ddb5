/** What the exit code of every command means. */
export const EXIT = {
  clean: 0,
  findings: 1,
  /** The command could not do its job: bad input, a missing tool, a file system that refuses. */
  failed: 2,
} as const;
