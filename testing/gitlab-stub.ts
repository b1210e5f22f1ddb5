import type { IncomingMessage } from 'node:http';
import { CodeHostStub, STUB_TOKEN, type HostAnswer, type HostCall } from './code-host-stub';
import type { StubComment } from './github-stub';

/** The user that GitLab makes for a project access token. */
export const PROJECT_BOT = 'project_7_bot_3f1c';

/**
 * GitLab's API as a note on merge request 5 of project 7 meets it: routes and status codes of its documentation of
 * notes and users (docs.gitlab.com/api/notes, read in November 2026).
 */
export class GitlabStub extends CodeHostStub {
  notes: StubComment[] = [];
  private last = 300;

  static start(): Promise<GitlabStub> {
    return new GitlabStub().listen();
  }

  /** Variables of a job of a merge request pipeline, and the token that a team adds. */
  get environment(): Record<string, string> {
    return {
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${this.origin}/api/v4`,
      CI_MERGE_REQUEST_PROJECT_ID: '7',
      CI_MERGE_REQUEST_IID: '5',
      CI_JOB_URL: 'https://gitlab.example.com/shop/manifests/-/jobs/9',
      GITLAB_TOKEN: STUB_TOKEN,
    };
  }

  say(author: string, body: string): StubComment {
    this.last += 1;
    const note = { id: this.last, author, body };
    // The newest comes first where nobody asks for another order.
    this.notes.unshift(note);
    return note;
  }

  protected answer({ method, path, body }: HostCall, headers: IncomingMessage['headers']): HostAnswer {
    if (headers['private-token'] !== STUB_TOKEN) return [401, { message: '401 Unauthorized' }];
    const [route = ''] = path.split('?');
    const text = (body as { body?: string } | undefined)?.body ?? '';
    if (route === '/api/v4/user') return [200, { id: 44, username: PROJECT_BOT, bot: true }];
    const list = '/api/v4/projects/7/merge_requests/5/notes';
    if (route === list) {
      if (method === 'GET') return this.page(path, this.notes.map(asJson));
      if (method === 'POST') return [201, asJson(this.say(PROJECT_BOT, text))];
    }
    const found = this.notes.find(({ id }) => route === `${list}/${id}`);
    if (!found) return [404, { message: '404 Not found' }];
    if (method === 'DELETE') {
      this.notes = this.notes.filter((note) => note !== found);
      return [204];
    }
    found.body = text;
    return [200, asJson(found)];
  }
}

function asJson({ id, author, body }: StubComment): unknown {
  return { id, body, author: { id: 1, username: author }, system: false };
}
