import { duration, type Progress } from '../rollout/progress';

/** Without a terminal the same wait is told again only after this time: a log is read later, and by people. */
const REPEAT_MS = 30_000;

/**
 * Progress on stderr, so that stdout holds results only. On a terminal the last line says what is waited for and is
 * overwritten; elsewhere no cursor is moved: a line is printed when what is waited for changes, and every half minute.
 */
export class TerminalProgress implements Progress {
  private pending = false;
  private lastWhat = '';
  private lastAt = -Infinity;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  readonly say = (text: string): void => {
    this.clear();
    this.lastWhat = '';
    this.stream.write(`${text}\n`);
  };

  readonly waiting = (what: string, waitedMs: number, limitMs: number | undefined): void => {
    const limit = limitMs === undefined ? '' : ` of ${duration(limitMs)}`;
    const line = `waiting for ${what} (${duration(waitedMs)}${limit})`;
    if (this.stream.isTTY) {
      this.clear();
      this.stream.write(line.slice(0, Math.max(20, this.stream.columns - 1)));
      this.pending = true;
      return;
    }
    const now = Date.now();
    if (what === this.lastWhat && now - this.lastAt < REPEAT_MS) return;
    this.lastWhat = what;
    this.lastAt = now;
    this.stream.write(`${line}\n`);
  };

  /** Takes the line that is waited on off the terminal. */
  clear(): void {
    if (!this.pending) return;
    this.pending = false;
    this.stream.write('\r\u001b[2K');
  }
}
