import { asProblem, connect, isGone, type Api, type ApiOptions } from './api';
import type { Comment, Thread } from './thread';

/** A pull request on GitHub or a GitHub Enterprise Server. */
export interface GithubPlace extends ApiOptions {
  readonly owner: string;
  readonly repository: string;
  readonly number: number;
}

/** A comment as GitHub's REST API has it; `user` is null where the account is gone. */
interface IssueComment {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user: { readonly login: string } | null;
}

const PAGE = 100;

/**
 * Comments of a pull request: those of its conversation, which GitHub calls comments of an issue.
 *
 * @see https://docs.github.com/en/rest/issues/comments API version 2022-11-28, read in November 2026
 */
export class GithubThread implements Thread {
  readonly title: string;
  private readonly api: Api;
  private readonly issue: { readonly owner: string; readonly repo: string; readonly issue_number: number };

  constructor(private readonly place: GithubPlace) {
    this.title = `${place.owner}/${place.repository}#${place.number}`;
    this.issue = { owner: place.owner, repo: place.repository, issue_number: place.number };
    this.api = connect(place);
  }

  /** The one question about itself that the token of a job may ask too: REST's `/user` is closed to it. */
  async whoami(): Promise<string> {
    const { viewer } = await this.ask(() => this.api.graphql<{ viewer: { login: string } }>('{ viewer { login } }'));
    return viewer.login;
  }

  async list(): Promise<readonly Comment[]> {
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const comments = await this.ask(() => this.api.paginate(route, { ...this.issue, per_page: PAGE }));
    return comments.map(commentOf);
  }

  async create(body: string): Promise<Comment> {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    return commentOf((await this.ask(() => this.api.request(route, { ...this.issue, body }))).data);
  }

  async update(id: Comment['id'], body: string): Promise<Comment> {
    const { owner, repo } = this.issue;
    const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
    return commentOf((await this.ask(() => this.api.request(route, { owner, repo, comment_id: id, body }))).data);
  }

  async remove(id: Comment['id']): Promise<void> {
    const { owner, repo } = this.issue;
    const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
    await this.ask(() => this.api.request(route, { owner, repo, comment_id: id }).catch(isGone));
  }

  private async ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw asProblem(error, { title: this.title, token: this.place.token });
    }
  }
}

function commentOf({ id, body, html_url, user }: IssueComment): Comment {
  return { id, author: user?.login ?? '', body: body ?? '', url: html_url };
}
