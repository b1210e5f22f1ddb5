import type { PhaseId } from '../model/platform/phase';
import { leaseName } from '../model/rollout-access';
import type { StepName } from '../rollout/git/trailers';
import { isCertain, killAt, killPoints, type KillPoint } from '../testing/kill-points';
import { Broken } from './problem';
import { detail } from './report';
import type { Aia, Watched } from './rollout';
import { isAt, leaseIsFree, type BranchWatch } from './rollout-state';
import type { Stage } from './stage';

/** One rollout from where the cluster is, and how it must end however often it is killed on its way. */
export interface Course {
  readonly from: PhaseId;
  readonly to: PhaseId;
  /** Exit code of the run that ends it. */
  readonly code: 0 | 1;
  readonly steps: readonly StepName[];
  /** Where the cluster is then. */
  readonly end: PhaseId;
}

/** The walk over all points at which a rollout can be killed. */
export class KillWalk {
  private readonly points = new Map<string, KillPoint>();
  /** Phase of the cluster after the last rollout. */
  at: PhaseId | undefined;
  /** From which side of the writes: in turn from run to run. */
  private readonly side: KillPoint['moment'];
  private reached = 0;
  private readonly unreached: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly aia: Aia,
    private readonly branch: BranchWatch,
  ) {
    this.side = stage.run % 2 === 1 ? 'after' : 'before';
  }

  /** Makes a rollout that nobody kills, and takes down where it can be killed. */
  async discover(course: Course): Promise<void> {
    await this.branch.beginAgain();
    const run = await this.run(course, undefined);
    mustEndWith(run, course);
    await this.isOver(course);
    this.at = course.end;
    for (const point of killPoints(run.writes, this.side)) this.points.set(killAt(point), point);
    detail(`${course.from} to ${course.to} wrote ${run.writes.length} times`);
  }

  /** Kills rollouts at all points that were taken down, and ends each by a second run. */
  async walk(courses: readonly Course[]): Promise<void> {
    const start = Date.now();
    for (const point of this.points.values()) {
      const course = courses.find(({ from }) => from === this.at);
      if (course === undefined) throw new Error(`no course begins at ${this.at ?? 'nowhere'}`);
      await this.killAndEnd(course, point);
      this.at = course.end;
    }
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    const rest = this.unreached.length === 0 ? '' : `; over before it came to: ${this.unreached.join(', ')}`;
    detail(`killed at ${this.reached} of ${this.points.size} points in ${seconds} s${rest}`);
  }

  private async killAndEnd(course: Course, point: KillPoint): Promise<void> {
    const start = Date.now();
    await this.branch.beginAgain();
    if (point.name.startsWith('POST') && point.name.endsWith('/leases')) await this.removeLease();
    const first = await this.run(course, point);
    const where = `${course.from} to ${course.to}, killed ${killAt(point)}`;
    if (first.killed) {
      this.reached += 1;
      await this.isNoHalfState(course, where);
    } else if (isCertain(point)) throw new Broken(`${where}: it was not\n${first.writes.join('\n')}\n${first.stderr}`);
    else this.unreached.push(killAt(point));
    const over = first.killed && point.moment === 'after' && point.name.endsWith('(release)');
    if (first.killed && !over) mustEndWith(await this.run(course, undefined), course, where);
    else if (!first.killed) mustEndWith(first, course, where);
    await this.isOver(course, where);
    detail(
      `${where}: ended by ${over ? 'nothing, it was over' : 'the next run'} (${((Date.now() - start) / 1000).toFixed(0)} s)`,
    );
  }

  private run({ to }: Course, point: KillPoint | undefined): Promise<Watched> {
    const at = point === undefined ? undefined : { point };
    return this.aia.watch(at, 'rollout', '--to', to, '--cluster', this.stage.cluster, '--yes', '--now');
  }

  /** A kill leaves whole commits, and none that the rollout had not come to. */
  private async isNoHalfState({ steps }: Course, where: string): Promise<void> {
    const made = await this.branch.steps();
    if (made.some((step, index) => step !== steps[index]))
      throw new Broken(`${where}: the branch has the steps ${made.join(', ')}`);
  }

  private async isOver({ steps, end }: Course, where = ''): Promise<void> {
    const made = await this.branch.steps();
    if (made.join() !== steps.join())
      throw new Broken(`${where}: the branch has the steps ${made.join(', ')}, not ${steps.join(', ')}`);
    await leaseIsFree(this.stage);
    await isAt(this.stage, end);
  }

  /** So that the next rollout creates it. */
  private async removeLease(): Promise<void> {
    const { kubectl, argocd, cluster } = this.stage;
    const { argocdNamespace, name } = argocd.settings;
    await kubectl.run('delete', 'lease', leaseName(name, cluster), '-n', argocdNamespace, '--ignore-not-found');
  }
}

function mustEndWith({ code, stdout, stderr }: Watched, { code: wanted }: Course, where = 'not killed'): void {
  if (code !== wanted)
    throw new Broken(`${where}: the run ended with ${code ?? 'a signal'}, not ${wanted}:\n${stdout}\n${stderr}`);
}
