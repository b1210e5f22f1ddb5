/** How a long command tells what it does; the terminal decides how it looks. */
export interface Progress {
  /** Something has happened, or is known now. */
  readonly say: (text: string) => void;
  /**
   * Still waiting: for what, how long already, and until when at most, both in ms. Called at every look; printing all
   * of them would be too much, so the terminal picks.
   */
  readonly waiting: (what: string, waitedMs: number, limitMs: number | undefined) => void;
}

/** Time as a person says it: `45 s`, `12 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
