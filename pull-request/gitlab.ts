import { asProblem, connect, isGone, type Api, type ApiOptions } from './api';
import type { Comment, Thread } from './thread';

/** A merge request on a GitLab. */
export interface GitlabPlace extends ApiOptions {
  /** Number or path of the project. */
  readonly project: string;
  /** The number that people see, GitLab's `iid`. */
  readonly number: number;
}

/** A note as GitLab's REST API has it. */
interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly username: string };
}

const PAGE = 100;

/**
 * Notes of a merge request.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests read in November 2026
 */
export class GitlabThread implements Thread {
  readonly title: string;
  private readonly api: Api;
  private readonly at: { readonly project: string; readonly number: number };

  constructor(private readonly place: GitlabPlace) {
    this.title = `${place.project}!${place.number}`;
    this.at = { project: place.project, number: place.number };
    this.api = connect({ ...place, tokenHeader: 'private-token' });
  }

  async whoami(): Promise<string> {
    const { data } = await this.ask<{ readonly data: unknown }>(() => this.api.request('GET /user'));
    return (data as Note['author']).username;
  }

  async list(): Promise<readonly Comment[]> {
    const route = 'GET /projects/{project}/merge_requests/{number}/notes';
    const notes = await this.ask(() => this.api.paginate<Note>(route, { ...this.at, per_page: PAGE }));
    return notes.map(commentOf);
  }

  async create(body: string): Promise<Comment> {
    const route = 'POST /projects/{project}/merge_requests/{number}/notes';
    return this.note(() => this.api.request(route, { ...this.at, body }));
  }

  async update(id: Comment['id'], body: string): Promise<Comment> {
    const route = 'PUT /projects/{project}/merge_requests/{number}/notes/{id}';
    return this.note(() => this.api.request(route, { ...this.at, id, body }));
  }

  async remove(id: Comment['id']): Promise<void> {
    const route = 'DELETE /projects/{project}/merge_requests/{number}/notes/{id}';
    await this.ask(() => this.api.request(route, { ...this.at, id }).catch(isGone));
  }

  private async note(request: () => Promise<{ readonly data: unknown }>): Promise<Comment> {
    return commentOf((await this.ask(request)).data as Note);
  }

  private async ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw asProblem(error, { title: this.title, token: this.place.token });
    }
  }
}

function commentOf({ id, body, author }: Note): Comment {
  return { id, author: author.username, body, url: '' };
}
