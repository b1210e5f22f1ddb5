import { setTimeout as sleep } from 'node:timers/promises';
import { ApiException } from '@kubernetes/client-node';

/** How long an API server that does not answer is asked again. */
export interface Patience {
  readonly seconds: number;
  /** Is told once, when the first answer is missing. */
  readonly onSilence?: (what: string, reason: string) => void;
}

/** One call that hangs is given up after this time, and made again. */
const CALL_SECONDS = 20;

const PAUSE_MS = 1000;

/** An API server that has just started says no to everybody until it has read who may do what. */
const SETTLING_MS = 30_000;

/**
 * Asks again while there is no answer: a restarting API server, a network that is away, too many requests. An answer
 * that says no is an answer, unless the server was silent a moment ago.
 */
export class PatientCalls {
  /** When an answer was missing last, ms since 1970. */
  private silentAt = -Infinity;

  constructor(private readonly patience: Patience) {}

  /** @throws what the last try has thrown. */
  async make<T>(what: string, ask: () => Promise<T>): Promise<T> {
    const end = Date.now() + this.patience.seconds * 1000;
    for (let told = false; ; told = true) {
      try {
        return await within(CALL_SECONDS, ask());
      } catch (error) {
        const silent = mayPass(error);
        if (!(silent || this.isSettling(error)) || Date.now() >= end) throw error;
        if (silent) this.silentAt = Date.now();
        if (!told) this.patience.onSilence?.(what, reasonOf(error));
        await sleep(PAUSE_MS);
      }
    }
  }

  private isSettling(error: unknown): boolean {
    return error instanceof ApiException && [401, 403].includes(error.code) && Date.now() - this.silentAt < SETTLING_MS;
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof ApiException) return error.code === 429 || error.code >= 500;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return error instanceof TimeoutError || (typeof code === 'string' && NETWORK.has(code));
}

const NETWORK = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'],
]);

class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiException) return `HTTP ${error.code}`;
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}

async function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(`no answer within ${seconds} s`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
