#!/bin/sh
# Starts one pod of the neural store from its environment:
#
#   NEURAL_STORE_PEERS    host:port of all pods, separated by commas, pod 0 first (from the ConfigMap)
#   HOSTNAME              the pod's name (from Kubernetes)
#   PGDATA                where the database lies, a folder below the volume (from the image)
#   STORE_PASSWORD_FILE   a file of a mounted Secret [/var/run/secrets/neural-store/password]
#
# A template. Pod 0 is the primary, by its name and for good: promotion is not automatic, and a pod 0 that comes back
# without its volume makes a new, empty database. Before you promote by hand, see that pod 0 can't come back. The
# password is the superuser's, and the replica uses it too; make roles of your own for the applications.
set -eu
umask 077

fail() {
  echo "neural-store: $1" >&2
  echo "  Fix: $2" >&2
  exit 2
}

peers=${NEURAL_STORE_PEERS:-}
secret=${STORE_PASSWORD_FILE:-/var/run/secrets/neural-store/password}
passfile=${TMPDIR:-/tmp}/pgpass

[ -n "${PGDATA:-}" ] || fail 'PGDATA is not set' 'leave it as the image has it'
[ -n "$peers" ] || fail 'NEURAL_STORE_PEERS is not set' 'let neural-store be a caller of itself in its data'
[ -s "$secret" ] || fail "no password in $secret" 'mount a Secret there: the database is not opened without one'

primary=${peers%%,*}
self=$(printf '%s\n' "$peers" | tr ',' '\n' | grep "^${HOSTNAME:-nobody}\." || true)
[ -n "$self" ] || fail "${HOSTNAME:-this pod} is none of $peers" 'run it as the StatefulSet does, under the name of a pod'

# libpq's own file for passwords, so that none stands in arguments or in the database's folder.
printf '*:*:*:*:%s\n' "$(sed 's/[\\:]/\\&/g' "$secret")" >"$passfile"
export PGPASSFILE="$passfile"

# Made beside its place and moved there once whole: a pod that is killed in between starts afresh.
fresh=$PGDATA.new
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$fresh"
  if [ "$self" = "$primary" ]; then
    initdb --pgdata="$fresh" --username=postgres --pwfile="$secret" --auth=scram-sha-256 --data-checksums --encoding=UTF8
    {
      echo 'host all all all scram-sha-256'
      echo 'host replication all all scram-sha-256'
    } >>"$fresh/pg_hba.conf"
  else
    until pg_basebackup --pgdata="$fresh" --host="${primary%:*}" --port="${primary##*:}" --username=postgres \
      --no-password --wal-method=stream --checkpoint=fast; do
      echo "neural-store: $primary gave no copy, trying again in ${STORE_RETRY_SECONDS:-5} s" >&2
      rm -rf "$fresh"
      sleep "${STORE_RETRY_SECONDS:-5}"
    done
  fi
  mv "$fresh" "$PGDATA"
fi

# What follows the primary says so at every start, from the environment: a restored backup can't know it.
if [ "$self" != "$primary" ]; then
  touch "$PGDATA/standby.signal"
  set -- -c "primary_conninfo=host=${primary%:*} port=${primary##*:} user=postgres passfile=$passfile application_name=$HOSTNAME" "$@"
fi

# wal_keep_size: how far the replica may be behind without a new copy.
exec postgres -c listen_addresses='*' -c port="${self##*:}" -c wal_keep_size=1GB "$@"
