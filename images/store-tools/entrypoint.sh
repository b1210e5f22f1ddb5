#!/bin/sh
# One piece of work on the neural store's backups:
#
#   entrypoint.sh backup   copies the store into the bucket
#   entrypoint.sh drill    restores the latest copy onto a disk of its own, erases again who was erased since, and reports
#   entrypoint.sh restore  puts the latest copy, or BACKUP_NAME, where the store looks for its database; run by people only.
#                          With RESTORE_TO=archive the store then goes on to the end of the archive (below /wal)
#
# From the ConfigMap, which is rendered from platform/recovery.ts:
#
#   BACKUP_URL                bucket and folder, such as gs://bucket/neural-store
#   NEURAL_STORE_ADDRESS      host:port of the primary (backup)
#   BACKUP_RETENTION_DAYS     older backups are deleted (backup)
#   BACKUP_MAX_AGE_MINUTES    the latest must not be older: the RPO (drill)
#   ERASURE_LEDGER_URL        one file for each erased person, named for the request, the person's id in it (drill)
#
# Also: STORE_PASSWORD_FILE [/var/run/secrets/neural-store/password], PGDATA (drill: where to restore to).
#
# The database brings a function erase_person(id text), idempotent, returning how many rows were left of the person: the
# erasure job calls the same one. Exit codes: 0 done; 1 failed, may be tried again; 2 wrong settings, never tried again.
#
# Nothing that names a person is printed or put into an argument: the drill reports counts.
set -eu
umask 077

fail() {
  echo "neural-store-tools: $1" >&2
  [ -z "${2:-}" ] || echo "  Fix: $2" >&2
  exit "${3:-1}"
}

setting() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || fail "$1 is not set" 'let it come from the ConfigMap of the job' 2
}

# A proxy that Kubernetes does not know as a sidecar would keep the pod alive for ever. Where there is none, nobody answers.
leave() {
  curl --silent --max-time 5 --request POST http://localhost:15020/quitquitquit >/dev/null 2>&1 || true
}
trap leave EXIT

# Everything rclone needs stands in the name of the remote and comes from the pod's own identity.
export RCLONE_CONFIG="${TMPDIR:-/tmp}/rclone.conf"
: >"$RCLONE_CONFIG"

setting BACKUP_URL
scheme=${BACKUP_URL%%://*}
case $scheme in
  gs) remote=":gcs,env_auth=true,bucket_policy_only=true:${BACKUP_URL#*://}" ;;
  s3) remote=":s3,provider=AWS,env_auth=true:${BACKUP_URL#*://}" ;;
  # For trying it out: a folder.
  file) remote=${BACKUP_URL#*://} ;;
  *) fail "BACKUP_URL begins with \"$scheme\"" 'write gs://, s3:// or file://' 2 ;;
esac

latest() {
  rclone lsf --files-only --include '*.tar' "$remote" | sort | tail -n 1
}

# unpack NAME
unpack() {
  mkdir -p "$PGDATA"
  rclone cat "$remote/$1" | tar --extract --directory="$PGDATA" || fail "$1 can not be unpacked"
  [ -s "$PGDATA/PG_VERSION" ] || fail "$1 holds no database"
  chmod 700 "$PGDATA"
  rm -f "$PGDATA/standby.signal" "$PGDATA/recovery.signal"
}

restore() {
  setting PGDATA
  case ${RESTORE_TO:-backup} in
    backup | archive) ;;
    *) fail "RESTORE_TO is \"$RESTORE_TO\"" 'write backup or archive' 2 ;;
  esac
  name=${BACKUP_NAME:-$(latest)}
  [ -n "$name" ] || fail "no backup in $BACKUP_URL"
  # A server that runs, or was not stopped, has this file; a pod elsewhere is not seen from here.
  [ ! -e "$PGDATA/postmaster.pid" ] || fail "$PGDATA was not closed" 'stop the store first; then remove postmaster.pid' 2
  before=$PGDATA.before
  [ ! -e "$before" ] || fail "$before is there already" 'an earlier restore left it: look, then delete it' 2
  # Made beside its place: what breaks off is no database, and may be tried again.
  place=$PGDATA
  PGDATA=$place.restoring
  rm -rf "$PGDATA"
  unpack "$name"
  # For the store's entrypoint: how far to go before it writes in a timeline of its own, beside what the archive has.
  echo "${RESTORE_TO:-backup}" >"$PGDATA/recovery.signal"
  [ ! -e "$place" ] || mv "$place" "$before"
  mv "$PGDATA" "$place"
  echo "neural-store-tools: $name is in $place; what was there is in $before"
}

backup() {
  setting NEURAL_STORE_ADDRESS
  setting BACKUP_RETENTION_DAYS
  secret=${STORE_PASSWORD_FILE:-/var/run/secrets/neural-store/password}
  [ -s "$secret" ] || fail "no password in $secret" 'mount a Secret there' 2
  passfile=${TMPDIR:-/tmp}/pgpass
  printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$secret")" >"$passfile"
  export PGPASSFILE="$passfile"

  name=$(date -u +%Y%m%dT%H%M%SZ)
  # Under another name until it is whole: sh knows only how the last program of a pipe ended, so the first one's end is
  # kept in a file.
  state=${TMPDIR:-/tmp}/copied
  rm -f "$state"
  {
    pg_basebackup --host="${NEURAL_STORE_ADDRESS%:*}" --port="${NEURAL_STORE_ADDRESS##*:}" --username=postgres \
      --no-password --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast && touch "$state"
  } | rclone rcat "$remote/$name.part" || fail "the bucket did not take the copy"
  [ -e "$state" ] || fail "$NEURAL_STORE_ADDRESS gave no copy"
  rclone moveto "$remote/$name.part" "$remote/$name.tar" || fail "could not name the copy $name.tar"

  # Only once a new one is there; the archive below /wal goes with the backups. What a killed run left half goes too.
  rclone delete --min-age "${BACKUP_RETENTION_DAYS}d" "$remote" || fail 'could not delete what is past its time'
  rclone delete --min-age 1d --include '*.part' "$remote" || fail 'could not delete what is half'
  echo "neural-store-tools: $name.tar is whole, $(rclone lsf --files-only --include '*.tar' "$remote" | wc -l) backups in all"
}

drill() {
  setting BACKUP_MAX_AGE_MINUTES
  setting ERASURE_LEDGER_URL
  setting PGDATA
  case $ERASURE_LEDGER_URL in
    "${BACKUP_URL%/*}"/*) ledger=${remote%/*}/${ERASURE_LEDGER_URL##*/} ;;
    *) fail 'ERASURE_LEDGER_URL lies in another bucket than the backups' 'keep both in one bucket' 2 ;;
  esac
  began=$(date -u +%s)
  name=$(latest)
  [ -n "$name" ] || fail "no backup in $BACKUP_URL"
  # 20260801T061500Z.tar
  taken=$(date -u -d "$(echo "$name" | sed -E 's/^(....)(..)(..)T(..)(..)(..)Z.*$/\1-\2-\3 \4:\5:\6/')" +%s)
  age=$(((began - taken) / 60))
  [ "$age" -le "$BACKUP_MAX_AGE_MINUTES" ] ||
    fail "the latest backup is $age minutes old, and $BACKUP_MAX_AGE_MINUTES may be lost" 'see why neural-store-backup fails'

  rm -rf "$PGDATA"
  unpack "$name"
  # Answers nobody but this pod, and asks this pod for no password.
  socket=${SOCKET_FOLDER:-/var/run/postgresql}
  echo 'local all postgres trust' >"$PGDATA/pg_hba.conf"
  pg_ctl --pgdata="$PGDATA" --wait --timeout=3600 --log="${TMPDIR:-/tmp}/postgres.log" \
    --options="-c listen_addresses='' -c unix_socket_directories='$socket' -c archive_mode=off" start >/dev/null ||
    fail "$name does not start: $(tail -n 1 "${TMPDIR:-/tmp}/postgres.log")"

  ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse --host="$socket" --username=postgres "$@"; }
  ask --command='select 1' >/dev/null || fail "$name does not answer"
  erased=0
  left=0
  # Everything the ledger has: erasing twice does no harm, forgetting one does.
  for request in $(rclone lsf --files-only "$ledger"); do
    # The id comes in through standard input and goes in as a variable: no argument of a process shows it.
    rows=$({
      printf "\\\\set person '%s'\n" "$(rclone cat "$ledger/$request" | sed "s/['\\\\]/\\\\&/g")"
      echo "select erase_person(:'person');"
    } | ask) || fail "an erasure could not be repeated (request $request)"
    erased=$((erased + 1))
    left=$((left + rows))
  done
  pg_ctl --pgdata="$PGDATA" --wait --timeout=3600 stop >/dev/null || fail "$name does not stop"
  # Reads every page: what is damaged is found only by reading it.
  pg_checksums --check --pgdata="$PGDATA" >/dev/null || fail "$name is damaged: checksums of pages do not fit"
  rm -rf "$PGDATA"
  [ "$left" -eq 0 ] || fail "$left rows of erased people are left in $name" 'erase_person misses a table'
  echo "neural-store-tools: $name restored, $age minutes old, in $(($(date -u +%s) - began)) s; $erased erasures repeated, nothing left of them"
}

case ${1:-} in
  backup) backup ;;
  drill) drill ;;
  restore) restore ;;
  *) fail "\"${1:-}\" is no command" 'run it with backup, drill or restore' 2 ;;
esac
