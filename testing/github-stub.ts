import type { IncomingMessage } from 'node:http';
import { CodeHostStub, STUB_TOKEN, type HostAnswer, type HostCall } from './code-host-stub';

/** A comment as a test sees it. */
export interface StubComment {
  readonly id: number;
  readonly author: string;
  body: string;
}

/** Who the token of a job is. */
export const JOB_BOT = 'github-actions[bot]';

/**
 * GitHub's API as a comment on pull request 12 of `shop/manifests` meets it, below `/api/v3` as on an Enterprise Server
 * and at the top as on api.github.com. Routes, status codes and messages are those of its REST documentation for
 * comments of issues (API version 2022-11-28, read in November 2026); the 403 of a token that may only read and the
 * 422 of a body that is too long are what the API says, which the documentation does not spell out.
 */
export class GithubStub extends CodeHostStub {
  comments: StubComment[] = [];
  /** The token of a pull request from a fork. */
  isReadOnly = false;
  private last = 1000;

  static start(): Promise<GithubStub> {
    return new GithubStub().listen();
  }

  /** Variables of a job on a pull request. */
  get environment(): Record<string, string> {
    return {
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: `${this.origin}/api/v3`,
      GITHUB_REPOSITORY: 'shop/manifests',
      GITHUB_REF: 'refs/pull/12/merge',
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_RUN_ID: '77',
      GITHUB_TOKEN: STUB_TOKEN,
    };
  }

  /** Somebody comments. */
  say(author: string, body: string): StubComment {
    this.last += 1;
    const comment = { id: this.last, author, body };
    this.comments.push(comment);
    return comment;
  }

  protected answer({ method, path, body }: HostCall, headers: IncomingMessage['headers']): HostAnswer {
    if (headers.authorization !== `token ${STUB_TOKEN}`) return [401, { message: 'Bad credentials' }];
    if (method === 'POST' && /^(\/api)?\/graphql$/.test(path)) return [200, { data: { viewer: { login: JOB_BOT } } }];
    const [route = ''] = path.replace(/^\/api\/v3/, '').split('?');
    const text = (body as { body?: string } | undefined)?.body ?? '';
    if (method !== 'GET' && this.isReadOnly) return [403, { message: 'Resource not accessible by integration' }];
    if (text.length > 65_536)
      return [
        422,
        {
          message: 'Validation Failed',
          errors: [
            {
              resource: 'IssueComment',
              code: 'unprocessable',
              field: 'data',
              message: 'Body is too long (maximum is 65536 characters)',
            },
          ],
        },
      ];
    if (route === '/repos/shop/manifests/issues/12/comments') {
      if (method === 'GET') return this.page(path, this.comments.map(asJson));
      if (method === 'POST') return [201, asJson(this.say(JOB_BOT, text))];
    }
    const id = Number(/^\/repos\/shop\/manifests\/issues\/comments\/(\d+)$/.exec(route)?.[1]);
    const found = this.comments.find((comment) => comment.id === id);
    if (!found) return [404, { message: 'Not Found' }];
    if (method === 'DELETE') {
      this.comments = this.comments.filter((comment) => comment !== found);
      return [204];
    }
    found.body = text;
    return [200, asJson(found)];
  }
}

function asJson({ id, author, body }: StubComment): unknown {
  const html_url = `https://github.example.com/shop/manifests/pull/12#issuecomment-${id}`;
  return { id, body, html_url, user: { login: author, type: author.endsWith('[bot]') ? 'Bot' : 'User' } };
}
