#!/bin/sh
# Starts one pod of the neural store from its environment:
#
#   NEURAL_STORE_PEERS        host:port of all pods, separated by commas, pod 0 first (from the ConfigMap)
#   HOSTNAME                  the pod's name (from Kubernetes)
#   PGDATA                    where the database lies, a folder below the volume (from the image)
#   STORE_PASSWORD_FILE       a file of a mounted Secret [/var/run/secrets/neural-store/password]
#
# From phase 3 on, rendered from platform/recovery.ts; each URL is a bucket and a folder, such as gs://bucket/neural-store:
#
#   ARCHIVE_URL               where the write-ahead log goes, below /wal
#   ARCHIVE_TIMEOUT_SECONDS   after so long it goes there though its part is not full
#   CHECKPOINT_SECONDS        after so long it does so for the first time after a start
#   FOLLOW_URL                whose backups and log pod 0 of a standby region reads
#
# What people run in pod 0 of a standby region, with `kubectl exec` (docs/runbooks/region-lost.md):
#
#   entrypoint.sh fence       nobody may write in the followed region any more
#   entrypoint.sh promote     the same, then this pod takes the writes
#
# A template; an operator such as CloudNativePG is the better choice. Pod 0 takes the writes, by its name; in a standby
# region it follows the archive until it is promoted, and what was promoted never follows again by itself. A primary whose
# region is fenced (bucket/fences/neural-store is there) stops at its next part of the log and does not start; the fence
# goes when the pod begins anew, behind another region. Nothing here deletes a database. The password is the superuser's, and the replica uses it too; make roles of your own for the
# applications.
set -eu
umask 077

fail() {
  echo "neural-store: $1" >&2
  echo "  Fix: $2" >&2
  exit 2
}

say() { echo "neural-store: $1" >&2; }

tmp=${TMPDIR:-/tmp}
export RCLONE_CONFIG="$tmp/rclone.conf"
[ -e "$RCLONE_CONFIG" ] || : >"$RCLONE_CONFIG"
retry=${STORE_RETRY_SECONDS:-5}

# How rclone names a place; everything it needs stands in the name and comes from the pod's own identity.
remote() {
  case $1 in
    gs://*) echo ":gcs,env_auth=true,bucket_policy_only=true:${1#*://}" ;;
    s3://*) echo ":s3,provider=AWS,env_auth=true:${1#*://}" ;;
    # For trying it out: a folder.
    file:///*) echo "${1#*://}" ;;
    *) fail "\"$1\" is no bucket" 'write gs://, s3:// or file:// and a folder in it' ;;
  esac
}

own=
[ -z "${ARCHIVE_URL:-}" ] || own=$(remote "$ARCHIVE_URL")

# fetch FROM TO: 0 it is here now, 1 the bucket does not have it, 2 the bucket does not say.
fetch() {
  rm -f "$2"
  code=0
  error=$(rclone copyto --retries 1 --low-level-retries 3 --contimeout 10s "$1" "$2" 2>&1) || code=$?
  case $code in
    # Of an object store rclone says that it copied nothing, and that this is well.
    0) if [ -e "$2" ]; then return 0; else return 1; fi ;;
    # Its codes for "no such folder" and "no such file".
    3 | 4) return 1 ;;
  esac
  printf '%s\n' "$error" | tail -n 1 >&2
  return 2
}

fence_of() { echo "${1%/*}/fences/${1##*/}"; }

# lift_fence REMOTE: what begins anew has no old database that could write.
lift_fence() {
  [ -n "$1" ] || return 0
  fenced=0
  is_fenced "$1" || fenced=$?
  case $fenced in
    0) rclone deletefile "$(fence_of "$1")" ;;
    1) return 0 ;;
    *) return 1 ;;
  esac
}

# is_fenced REMOTE: 0 yes, 1 no, 2 nobody can tell.
is_fenced() { fetch "$(fence_of "$1")" "$tmp/fence.$$"; }

# archive_command. A part that is there already with other content is never overwritten.
archive_wal() {
  fenced=0
  is_fenced "$own" || fenced=$?
  if [ "$fenced" -eq 0 ]; then
    say 'another region has taken over: stopping, and this part of the log stays here'
    kill -INT "$(head -n 1 "$PGDATA/postmaster.pid")"
  fi
  [ "$fenced" -eq 1 ] || exit 1
  gzip --no-name --stdout "$1" >"$tmp/$2.gz"
  done=0
  rclone copyto --immutable --checksum --contimeout 10s "$tmp/$2.gz" "$own/wal/$2.gz" || done=1
  rm -f "$tmp/$2.gz"
  exit $done
}

# restore_command. Postgres takes "not there" for the end of the log, so what nobody can tell has to wait.
restore_wal() {
  [ -n "$1" ] || exit 1
  from=$(remote "$1")
  while :; do
    code=0
    fetch "$from/wal/$2.gz" "$tmp/restored.gz" || code=$?
    [ "$code" -ne 1 ] || exit 1
    [ "$code" -ne 0 ] || ! gunzip --stdout "$tmp/restored.gz" >"$3" || exit 0
    say "$1/wal/$2.gz can not be read, trying again in $retry s"
    sleep "$retry"
  done
}

case ${1:-} in
  archive-wal) archive_wal "$2" "$3" ;;
  restore-wal) restore_wal "$2" "$3" "$4" ;;
esac

peers=${NEURAL_STORE_PEERS:-}
secret=${STORE_PASSWORD_FILE:-/var/run/secrets/neural-store/password}
passfile=$tmp/pgpass

[ -n "${PGDATA:-}" ] || fail 'PGDATA is not set' 'leave it as the image has it'
[ -n "$peers" ] || fail 'NEURAL_STORE_PEERS is not set' 'let neural-store be a caller of itself in its data'
[ -s "$secret" ] || fail "no password in $secret" 'mount a Secret there: the database is not opened without one'

primary=${peers%%,*}
self=$(printf '%s\n' "$peers" | tr ',' '\n' | grep "^${HOSTNAME:-nobody}\." || true)
[ -n "$self" ] || fail "${HOSTNAME:-this pod} is none of $peers" 'run it as the StatefulSet does, under the name of a pod'

# libpq's own file for passwords, so that none stands in arguments or in the database's folder.
printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$secret")" >"$passfile"
export PGPASSFILE="$passfile"

# Whom pod 0 follows: nobody, unless its disk says that it does. A promoted primary has no standby.signal, whatever the
# cluster's role; a role that became `full` has no FOLLOW_URL, and the disk remembers.
follows=
if [ "$self" = "$primary" ]; then
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    follows=${FOLLOW_URL:-}
  elif [ -e "$PGDATA/standby.signal" ]; then
    follows=${FOLLOW_URL:-$(cat "$PGDATA/followed")}
  fi
fi

fence() {
  [ -n "$follows" ] || fail 'this pod follows no other region' 'run it in pod 0 of the standby, before it is promoted'
  echo "taken over on $(date -u +%Y-%m-%dT%H:%M:%SZ) by ${ARCHIVE_URL:-a region without a bucket}" |
    rclone rcat "$(fence_of "$(remote "$follows")")" || fail "$follows can not be fenced" 'see that the bucket answers'
  say "$follows is fenced: a primary there stops at its next part of the log, and does not start"
}

ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --no-password --host=localhost --port="${self##*:}" \
    --username=postgres --command="$1"
}

promote() {
  fence
  # Postgres first takes all that the archive still has.
  [ "$(ask 'select pg_promote(true, 3600)')" = t ] || fail 'Postgres was not promoted' 'read the log of the pod, then run it again'
  say "this pod takes the writes; the last change that it has is of $(ask "select coalesce(pg_last_xact_replay_timestamp()::text, 'an unknown time')")"
}

case ${1:-} in
  fence | promote)
    "$1"
    exit 0
    ;;
esac

if [ "$self" = "$primary" ] && [ -z "$follows" ] && [ -n "$own" ]; then
  while :; do
    fenced=0
    is_fenced "$own" || fenced=$?
    [ "$fenced" -eq 2 ] || break
    # After a takeover its bucket may be gone with the other region. That one's fence goes when it begins anew behind this
    # one, which it must before it is promoted: while the fence is there, the writes are here.
    if [ -s "$PGDATA/followed" ] && is_fenced "$(remote "$(cat "$PGDATA/followed")")"; then
      say "$ARCHIVE_URL does not answer, but $(cat "$PGDATA/followed") is fenced: starting"
      break
    fi
    say "whether another region has taken over, $ARCHIVE_URL does not say: not starting; asking again in $retry s"
    sleep "$retry"
  done
  [ "$fenced" -ne 0 ] || fail "another region has taken over: $(cat "$tmp/fence.$$")" \
    'docs/runbooks/region-lost.md, "Failback": what is on this disk and not there is kept until you delete it'
  if [ ! -s "$PGDATA/PG_VERSION" ] && [ -n "$(rclone lsf --files-only "$own/wal" 2>/dev/null | head -n 1)" ]; then
    fail "no database on the disk, but its log is in $ARCHIVE_URL: a new one would be empty" \
      'docs/runbooks/restore-from-backup.md'
  fi
fi

# Made beside its place and moved there once whole: a pod that is killed in between starts afresh.
fresh=$PGDATA.new
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$fresh"
  if [ -n "$follows" ]; then
    from=$(remote "$follows")
    until name=$(rclone lsf --files-only --include '*.tar' "$from" 2>/dev/null | sort | tail -n 1) && [ -n "$name" ] &&
      mkdir -p "$fresh" && rclone cat "$from/$name" | tar --extract --directory="$fresh" && [ -s "$fresh/PG_VERSION" ] &&
      lift_fence "$own"; do
      say "no backup of $follows to begin with yet, trying again in $retry s"
      rm -rf "$fresh"
      sleep "$retry"
    done
    chmod 700 "$fresh"
    echo "$follows" >"$fresh/followed"
    touch "$fresh/standby.signal"
  elif [ "$self" = "$primary" ]; then
    initdb --pgdata="$fresh" --username=postgres --pwfile="$secret" --auth=scram-sha-256 --data-checksums --encoding=UTF8
    {
      echo 'host all all all scram-sha-256'
      echo 'host replication all all scram-sha-256'
    } >>"$fresh/pg_hba.conf"
  else
    until pg_basebackup --pgdata="$fresh" --host="${primary%:*}" --port="${primary##*:}" --username=postgres \
      --no-password --wal-method=stream --checkpoint=fast; do
      say "$primary gave no copy, trying again in $retry s"
      rm -rf "$fresh"
      sleep "$retry"
    done
  fi
  mv "$fresh" "$PGDATA"
fi

# The role became `full`. Where the other region is fenced, somebody has decided: take what its archive has, then the writes.
if [ -n "$follows" ] && [ -z "${FOLLOW_URL:-}" ]; then
  if is_fenced "$(remote "$follows")"; then
    echo takeover >"$PGDATA/recovery.signal"
    rm "$PGDATA/standby.signal"
    follows=
  else
    say "this region is full, but $follows is not fenced: following on. Fix: run \"entrypoint.sh promote\" in this pod"
  fi
fi

restore_from() { echo "restore_command=sh $0 restore-wal '$1' %f %p"; }

if [ "$self" != "$primary" ]; then
  # What follows the primary says so at every start, from the environment: a restored backup can't know it.
  touch "$PGDATA/standby.signal"
  set -- -c "primary_conninfo=host=${primary%:*} port=${primary##*:} user=postgres passfile=$passfile application_name=$HOSTNAME" "$@"
elif [ -n "$follows" ]; then
  set -- -c "$(restore_from "$follows")" "$@"
elif [ -e "$PGDATA/recovery.signal" ]; then
  # Written above, or by the restore of neural-store-tools: how far to go. Then the log goes on in a timeline of its own.
  upto=$(cat "$PGDATA/recovery.signal")
  [ "$upto" != backup ] || set -- -c recovery_target=immediate -c recovery_target_action=promote "$@"
  case $upto in
    takeover) set -- -c "$(restore_from "$(cat "$PGDATA/followed")")" "$@" ;;
    *) set -- -c "$(restore_from "${ARCHIVE_URL:-}")" "$@" ;;
  esac
fi
if [ -n "$own" ]; then
  # After a start the process that looks at archive_timeout sleeps until the first checkpoint is due (tried with Postgres 15).
  set -- -c archive_mode=on -c archive_timeout="${ARCHIVE_TIMEOUT_SECONDS:-60}" \
    -c checkpoint_timeout="${CHECKPOINT_SECONDS:-120}" -c "archive_command=sh $0 archive-wal %p %f" "$@"
fi

# wal_keep_size: how far the replica may be behind without a new copy.
exec postgres -c listen_addresses='*' -c port="${self##*:}" -c wal_keep_size=1GB "$@"
