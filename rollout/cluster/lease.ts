import { hostname, userInfo } from 'node:os';
import { V1MicroTime } from '@kubernetes/client-node';
import type { KubeObject } from '../../model/kube-object';
import { CannotRollOut } from '../problem';
import { isDeadProcess, processSpace } from '../process-space';
import { numberField, textField } from './field';
import type { LiveCluster } from './live-cluster';

/** A holder that has not renewed for this long is taken for gone. */
const DURATION_SECONDS = 60;

const RENEW_EVERY_MS = 15_000;

const PROCESS = ', process ';

const API = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' } as const;

/** Rollouts that have begun and not ended, by id: what a killed one has left is to be found by the next. */
const UNFINISHED = 'aia-rollout/unfinished';

/** Where the number of the holder's process means something. */
const SPACE = 'aia-rollout/process-space';

/** Keeps a second rollout of the same cluster out, and tells it who is there. */
export class RolloutLease {
  /** Ids of rollouts before this one that were killed, or had to give up in the middle of a step. */
  readonly unfinished = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  /** The call that is under way. */
  private renewal: Promise<void> | undefined;

  private constructor(
    private readonly live: LiveCluster,
    private readonly where: { readonly name: string; readonly namespace: string },
    private readonly holder: string,
    private readonly rollout: string,
  ) {}

  /**
   * Takes the Lease of a cluster and keeps it. A holder that is known to be dead loses it at once.
   *
   * @param rollout id of the rollout that begins. @param lost is called where somebody else has it all the same: after a silence longer than its duration.
   * @throws CannotRollOut where somebody holds it, with who and since when.
   */
  static async take(
    live: LiveCluster,
    where: { readonly name: string; readonly namespace: string },
    rollout: string,
    lost: (by: string) => void,
  ): Promise<RolloutLease> {
    const lease = new RolloutLease(live, where, whoAmI(), rollout);
    const holder = await lease.write();
    if (holder !== undefined) {
      throw new CannotRollOut(
        `another rollout holds the Lease ${where.name}: ${holder}`,
        `wait until it has ended; a rollout that was killed loses it after ${DURATION_SECONDS} s`,
      );
    }
    lease.timer = setInterval(() => {
      // A call waits long for an API server that is away: one is enough. One that fails is made again at the next turn; only
      // another holder is a reason to stop.
      lease.renewal ??= lease
        .write()
        .then(
          (other) => {
            if (other !== undefined) lost(other);
          },
          () => undefined,
        )
        .finally(() => {
          lease.renewal = undefined;
        });
    }, RENEW_EVERY_MS);
    return lease;
  }

  /**
   * Gives it back, so that the next rollout need not wait.
   *
   * @param finished whether every step that was begun has passed or was taken back.
   */
  async release(finished: boolean): Promise<void> {
    clearInterval(this.timer);
    // Late, it would take the Lease again.
    await this.renewal;
    const found = await this.find();
    if (found === undefined || textField(found, 'spec', 'holderIdentity') !== this.holder) return;
    await this.live.replace(this.leaseObject({ holderIdentity: '' }, finished ? {} : this.annotations(), found));
  }

  /** Writes that we hold it; returns who holds it instead. */
  private async write(): Promise<string | undefined> {
    const spec = {
      holderIdentity: this.holder,
      leaseDurationSeconds: DURATION_SECONDS,
      renewTime: new V1MicroTime(),
    };
    const found = await this.find();
    if (found === undefined) {
      return (await this.live.create(this.leaseObject(spec, this.annotations()))) === undefined
        ? this.otherHolder()
        : undefined;
    }
    const other = activeHolder(found);
    if (other !== undefined && other !== this.holder && !isDead(found, other)) return described(found, other);
    if (this.timer === undefined) for (const id of unfinishedOf(found)) this.unfinished.add(id);
    return (await this.live.replace(this.leaseObject(spec, this.annotations(), found))) === undefined
      ? this.otherHolder()
      : undefined;
  }

  /** Who was quicker. */
  private async otherHolder(): Promise<string | undefined> {
    const found = await this.find();
    const holder = found && activeHolder(found);
    return found === undefined || holder === undefined || holder === this.holder ? undefined : described(found, holder);
  }

  private find(): Promise<KubeObject | undefined> {
    return this.live.find(API.apiVersion, API.kind, this.where.name, this.where.namespace);
  }

  /** With the version that was read, so that nobody's change in between is overwritten. */
  private leaseObject(spec: object, annotations: Record<string, string>, found?: KubeObject): KubeObject {
    const resourceVersion = found && textField(found, 'metadata', 'resourceVersion');
    const version = resourceVersion === undefined ? {} : { resourceVersion };
    return { ...API, metadata: { ...this.where, annotations, ...version }, spec };
  }

  private annotations(): Record<string, string> {
    const ids = new Set([...this.unfinished, this.rollout]);
    return { [UNFINISHED]: [...ids].join(' '), [SPACE]: processSpace() };
  }
}

function unfinishedOf(lease: KubeObject): string[] {
  return (textField(lease, 'metadata', 'annotations', UNFINISHED) ?? '').split(' ').filter((id) => id !== '');
}

/** Whether the holder was killed on this machine, under the same user. */
function isDead(lease: KubeObject, holder: string): boolean {
  const [who = '', id = ''] = holder.split(PROCESS);
  return (
    who === whoAmI().split(PROCESS)[0] &&
    textField(lease, 'metadata', 'annotations', SPACE) === processSpace() &&
    isDeadProcess(Number(id))
  );
}

function activeHolder(lease: KubeObject): string | undefined {
  const holder = textField(lease, 'spec', 'holderIdentity');
  if (holder === undefined || holder === '') return undefined;
  const renewed = Date.parse(textField(lease, 'spec', 'renewTime') ?? '') || 0;
  const duration = numberField(lease, 'spec', 'leaseDurationSeconds') ?? DURATION_SECONDS;
  return Date.now() - renewed > duration * 1000 ? undefined : holder;
}

function described(lease: KubeObject, holder: string): string {
  return `${holder}, renewed at ${textField(lease, 'spec', 'renewTime') ?? 'an unknown time'}`;
}

function whoAmI(): string {
  let user = 'somebody';
  try {
    user = userInfo().username;
  } catch {
    // A container may run as a user without a name.
  }
  return `${user} on ${hostname()}${PROCESS}${process.pid}`;
}
