import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the stub has answered. */
export interface HostCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
}

/** A status, what is sent as JSON, and headers. */
export type HostAnswer = readonly [status: number, value?: unknown, headers?: Readonly<Record<string, string>>];

/** An answer that is given instead of the right one, so many times. */
export interface Fault {
  readonly method: string;
  readonly answer: HostAnswer;
  times: number;
  /** The request is carried out all the same: only its answer is lost. */
  readonly afterwards?: boolean;
}

/** The token that every stub takes, and that must show up nowhere. */
export const STUB_TOKEN = 'ghs_a-secret-token';

/** What hosts of pull requests have in common: HTTP, pages with `Link`, faults that tests ask for. */
export abstract class CodeHostStub {
  readonly calls: HostCall[] = [];
  readonly faults: Fault[] = [];
  private readonly server: Server;

  protected constructor() {
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Methods of the calls that would write, in order. */
  get writes(): readonly string[] {
    return this.calls
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/graphql'))
      .map((call) => call.method);
  }

  fail(
    method: string,
    answer: HostAnswer,
    options: { readonly times?: number; readonly afterwards?: boolean } = {},
  ): this {
    this.faults.push({ method, answer, times: options.times ?? 1, afterwards: options.afterwards ?? false });
    return this;
  }

  protected abstract answer(call: HostCall, headers: IncomingMessage['headers']): HostAnswer;

  /** The page that the query asks for, with the address of the next one. */
  protected page(path: string, items: readonly unknown[]): HostAnswer {
    const url = new URL(path, this.origin);
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const number = Number(url.searchParams.get('page') ?? 1);
    const rest = items.slice(number * size);
    url.searchParams.set('page', String(number + 1));
    const link = rest.length > 0 ? { link: `<${url.href}>; rel="next", <${url.href}>; rel="last"` } : {};
    return [200, items.slice((number - 1) * size, number * size), link];
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const call = { method: request.method ?? '', path: request.url ?? '', body };
    this.calls.push(call);
    const fault = this.faults.find(({ method, times }) => times > 0 && method === call.method);
    if (fault) fault.times -= 1;
    const right = fault && !fault.afterwards ? undefined : this.answer(call, request.headers);
    const [status, value, headers] = fault?.answer ?? right ?? [500];
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(value === undefined ? '' : JSON.stringify(value));
  }
}
