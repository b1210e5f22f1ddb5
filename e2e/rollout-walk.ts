import type { PhaseId } from '../model/platform/phase';
import { leaseName } from '../model/rollout-access';
import type { StepName } from '../rollout/git/trailers';
import { holdArgoCd, letArgoCdGo } from './control-plane';
import { Broken } from './problem';
import { detail } from './report';
import type { Aia, Moment, Watched } from './rollout';
import { isAt, leaseIsFree, type BranchWatch } from './rollout-state';
import type { Stage } from './stage';

/** One rollout from where the cluster is, and how it must end however often it is killed on its way. */
export interface Course {
  readonly from: PhaseId;
  readonly to: PhaseId;
  /** Exit code of the run that ends it: 1 where the step is taken back. */
  readonly code: 0 | 1;
  readonly steps: readonly StepName[];
  /** Where the cluster is then. */
  readonly end: PhaseId;
}

/** More runs than this come to no end: there are ten to fifteen places. */
const MOST_RUNS = 30;

const REFRESH = '(refresh)';
const RELEASE = '(release)';

/**
 * Kills one rollout again and again: each run at the first place where none was killed before, by the same command, until a
 * run comes by no new place and ends by itself. A place is a write, and how many commits were on the branch before it
 * (testing/kill-at-write.mjs).
 *
 * Why that shows every state which a kill can leave. All that a run leaves is on the branch, in the Lease, and in the
 * Applications; all it can change there is its list of writes, in an order that only the number of commits on the branch
 * decides. A kill after one write leaves what a kill before the next one does, so walking one side meets every state between
 * two writes, and a walk of the other side meets the ends: nothing written yet, and the Lease given back. The run after a kill
 * begins from that state; it is killed in its turn, at a later place, which a run that nobody has killed before comes to in
 * the same state of the branch. What differs is the Lease: it names each run before, not one. That is more than an isolated
 * kill leaves, and includes it.
 *
 * Where it does not. Argo CD goes on while nobody runs, so which refreshes a later run still needs would be chance: the
 * application controller is stopped until a kill at the refresh of each application has been made, and works from then on. Of
 * the refreshes that a loop repeats only the first repetition is a place, and a renewal of the Lease is none: they write again
 * what is there. Kills inside one write are Git's and the API server's own concern: both take all of it or nothing.
 */
export class KillChain {
  private readonly seen = new Set<string>();
  private kills = 0;

  constructor(
    private readonly stage: Stage,
    private readonly aia: Aia,
    private readonly branch: BranchWatch,
    private readonly moment: Moment,
  ) {}

  /** How often a rollout was killed. */
  get killed(): number {
    return this.kills;
  }

  /**
   * Plays one course, and leaves the stage at its end.
   *
   * @param known places of another course that is the same up to there; nobody is killed at them again.
   * @param mustSee how many of them, by what they write, the chain has to come to.
   * @returns where a run was killed.
   * @throws Broken where a kill leaves a half state, or the end is not what it would be without one.
   */
  async walk(course: Course, mustSee: readonly string[], known: readonly string[] = []): Promise<string[]> {
    const start = Date.now();
    this.seen.clear();
    for (const place of known) this.seen.add(place);
    await this.branch.beginAgain();
    const hold = !this.stage.own && course.code === 0;
    if (hold) holdArgoCd(this.stage);
    try {
      for (let runs = 1; !(await this.isEnded(course)); runs++) {
        if (runs > MOST_RUNS) throw new Broken(`${where(course)}: ${runs} runs, and still no end`);
        if (hold && this.isTold()) letArgoCdGo(this.stage);
      }
    } finally {
      if (hold) letArgoCdGo(this.stage);
    }
    await this.isOver(course);
    const places = [...this.seen].slice(known.length);
    const missed = mustSee.filter((text) => !places.some((place) => place.includes(text)));
    if (missed.length > 0)
      throw new Broken(`${where(course)}: no run was killed at ${missed.join(', ')}, but at\n${places.join('\n')}`);
    this.kills += places.length;
    detail(`${where(course)}: killed ${this.moment} ${places.length} writes, then ended, ${secondsSince(start)}`);
    return places;
  }

  /** One run; whether it was the last. */
  private async isEnded(course: Course): Promise<boolean> {
    const start = Date.now();
    const before = this.seen.size;
    const pushes = (await this.branch.steps()).length;
    const run = await this.aia.watch(
      { at: { moment: this.moment, seen: this.seen, pushes } },
      ...['rollout', '--to', course.to, '--cluster', this.stage.cluster, '--yes', '--now'],
    );
    await this.isNoHalfState(course);
    if (!run.killed) {
      mustEndWith(run, course);
      return true;
    }
    const place = [...this.seen].slice(before).join(', ');
    detail(`killed ${this.moment} ${place} (${secondsSince(start)})`);
    // A run that was killed after its last write was over: the same command would begin a new rollout.
    return course.code === 1 && this.moment === 'after' && place.endsWith(RELEASE);
  }

  /** Whether every application has been told to look for the step. */
  private isTold(): boolean {
    return [...this.seen].filter((place) => place.startsWith('1 ') && place.endsWith(REFRESH)).length === 4;
  }

  /** A kill leaves whole commits, and none that the rollout had not come to. */
  private async isNoHalfState(course: Course): Promise<void> {
    const made = await this.branch.steps();
    if (made.some((step, index) => step !== course.steps[index]))
      throw new Broken(`${where(course)}: the branch has the steps ${made.join(', ')}`);
  }

  /** All is as if nobody had been killed. */
  private async isOver(course: Course): Promise<void> {
    const made = await this.branch.steps();
    if (made.join() !== course.steps.join())
      throw new Broken(`${where(course)}: the branch has ${made.join(', ')}, not ${course.steps.join(', ')}`);
    await leaseIsFree(this.stage);
    await isAt(this.stage, course.end);
  }

  /** So that the next rollout creates it. */
  async removeLease(): Promise<void> {
    const { kubectl, argocd, cluster } = this.stage;
    const { argocdNamespace, name } = argocd.settings;
    await kubectl.run('delete', 'lease', leaseName(name, cluster), '-n', argocdNamespace, '--ignore-not-found');
  }
}

function where({ from, to, code }: Course): string {
  return `${from} to ${to}${code === 1 ? ', taken back' : ''}`;
}

function secondsSince(start: number): string {
  return `${((Date.now() - start) / 1000).toFixed(0)} s`;
}

function mustEndWith({ code, stdout, stderr }: Watched, course: Course): void {
  if (code !== course.code)
    throw new Broken(
      `${where(course)}: a run ended with ${code ?? 'a signal'}, not ${course.code}:\n${stdout}\n${stderr}`,
    );
}
