import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Outcome } from './checkout';

/**
 * Both programs: write down how they were called, and fail where the test wants them to: at an odd call before they have
 * done anything, at an even one after, like a connection that breaks before the answer comes.
 */
const RECORD = `#!/usr/bin/env bash
set -eu
{ printf '%s' "\${0##*/}"; printf ' %q' "$@"; printf '\\n'; } >> "$FAKE/log"
if [ "$FAIL_AT" != 0 ] && [ "$(wc -l < "$FAKE/log")" -eq "$FAIL_AT" ]; then
  echo 'the connection was lost' >&2
  if [ $((FAIL_AT % 2)) = 1 ]; then exit 1; fi
  trap 'exit 1' EXIT
fi
`;

/** Remembers what was created; refuses to create it twice or to delete what is not there, as the real one does. */
const GCLOUD = `${RECORD}
group=
while [ $# -gt 0 ]; do
  case $1 in
    create | delete | list | describe | wait | enable | get-value | get-credentials | add-iam-policy-binding) break ;;
    *) group="\${group:+$group-}$1"; shift ;;
  esac
done
verb=$1 name=\${2:-} things="$FAKE/cloud/$group"
case $group-$verb in
  config-get-value) cat "$FAKE/project" ;;
  projects-describe) echo 123456789012 ;;
  container-operations-list) cat "$FAKE/operations" ;;
  container-operations-wait) : > "$FAKE/operations" ;;
  *-list)
    [ ! -e "$FAKE/forbidden" ] || { echo 'PERMISSION_DENIED' >&2; exit 1; }
    for file in "$things"/*; do
      [ -e "$file" ] || continue
      case "$*" in *'value(name,status)'*) printf '%s\\tRUNNING\\n' "\${file##*/}" ;; *) printf '%s\\n' "\${file##*/}" ;; esac
    done ;;
  *-create)
    [ "$group" != iam-service-accounts ] || name="$name@$(<"$FAKE/project").iam.gserviceaccount.com"
    [ -d "$things" ] || mkdir -p "$things"
    if [ -e "$things/$name" ]; then echo "ALREADY_EXISTS: $name" >&2; exit 1; fi
    : > "$things/$name"
    if [ "$group" = container-clusters ]; then mkdir -p "$FAKE/cloud/container-node-pools"; : > "$FAKE/cloud/container-node-pools/default-pool"; fi ;;
  *-delete)
    rm "$things/$name" ;;
esac
`;

const KUBECTL = `${RECORD}
case "$*" in
  'config current-context') cat "$FAKE/context" ;;
  *' get nodes -l '*)
    pool="$*"
    pool=\${pool##*gke-nodepool=}
    pool=\${pool%% *}
    if [ -e "$FAKE/cloud/container-node-pools/$pool" ] && [ "$(<"$FAKE/sold-out")" != "$pool" ]; then echo "node/gke-$pool"; fi ;;
  *' get application '*) cat "$FAKE/application" ;;
esac
`;

/**
 * A gcloud and a kubectl that do nothing but remember: what scripts call, what they have created, what Argo CD says.
 * Nothing in it knows the platform's data.
 */
export class FakeCloud {
  readonly root = mkdtempSync(path.join(tmpdir(), 'aia-cloud-'));

  /** @param files the scripts, by path below `infra/`. */
  constructor(files: ReadonlyMap<string, string>) {
    for (const [file, text] of files) this.write(path.join('infra', file), text);
    this.write('bin/gcloud', GCLOUD);
    this.write('bin/kubectl', KUBECTL);
    this.set('project', 'aia-example');
    for (const name of ['context', 'application', 'operations', 'sold-out', 'log']) this.set(name, '');
  }

  /** What the programs answer: `project`, `context`, `application`, `operations`, `sold-out` (a pool), `forbidden`. */
  set(what: string, text: string): void {
    this.write(what, text);
  }

  /** What is there from before, such as a pool. */
  has(group: string, ...names: readonly string[]): void {
    for (const name of names) this.write(path.join('cloud', group, name), '');
  }

  /** What is there now. */
  things(group: string): string[] {
    const folder = path.join(this.root, 'cloud', group);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  /** Everything that is there now, as `group/name`. */
  everything(): string[] {
    const groups = existsSync(path.join(this.root, 'cloud')) ? readdirSync(path.join(this.root, 'cloud')) : [];
    return groups.flatMap((group) => this.things(group).map((name) => `${group}/${name}`)).sort();
  }

  /**
   * Runs a script; the log starts anew.
   *
   * @param failAt number of the call that fails, from 1.
   */
  run(script: string, args: readonly string[] = [], failAt = 0): Outcome & { readonly calls: readonly string[] } {
    this.set('log', '');
    const { status, stdout, stderr } = spawnSync(path.join(this.root, 'infra', script), args, {
      encoding: 'utf8',
      // Nobody at the terminal, and no other gcloud.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: `${path.join(this.root, 'bin')}:/usr/bin:/bin`, FAKE: this.root, FAIL_AT: String(failAt) },
    });
    const calls = readFileSync(path.join(this.root, 'log'), 'utf8').split('\n').slice(0, -1);
    return { code: status, stdout, stderr, calls };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(file: string, text: string): void {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
}

/** Calls that change something. */
export function changes(calls: readonly string[]): string[] {
  return calls.filter((call) => / (create|delete|cordon|uncordon|drain) /.test(call));
}

/** Calls by what they are about: `create ml-spot-a`, `drain node/gke-ml`. */
export function steps(calls: readonly string[]): string[] {
  return changes(calls).map((call) => / ((?:create|delete|cordon|uncordon|drain) \S+)/.exec(call)?.[1] ?? call);
}
