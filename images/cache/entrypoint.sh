#!/bin/sh
# Starts one peer of the cognitive cache from the pod's environment:
#
#   COGNITIVE_CACHE_PEERS   host:port of all peers, separated by commas, pod 0 first (from the ConfigMap)
#   QUORUM                  how many peers must hold a write before more are taken (from the ConfigMap)
#   HOSTNAME                the pod's name (from Kubernetes)
#   CACHE_PASSWORD_FILE     a file of a mounted Secret [/var/run/secrets/cognitive-cache/password]
#   CACHE_MAX_MEMORY        what Valkey may fill [768mb]; below the memory request, since a snapshot needs room too
#
# A template, and a modest one. Pod 0 takes the writes and the others follow it: while fewer than QUORUM peers are up,
# writes are refused, and nobody else takes over when pod 0 is away. Taking over needs Sentinel or Valkey Cluster, and
# each needs a second port, which the workload's data would have to declare. The Service leads to any peer: clients
# must say CLIENT CAPA REDIRECT (Valkey 8.0 and newer) and follow where a replica sends them.
set -eu
umask 077

fail() {
  echo "cognitive-cache: $1" >&2
  echo "  Fix: $2" >&2
  exit 2
}

peers=${COGNITIVE_CACHE_PEERS:-}
quorum=${QUORUM:-}
secret=${CACHE_PASSWORD_FILE:-/var/run/secrets/cognitive-cache/password}
data=${CACHE_DATA:-/data}
config=${TMPDIR:-/tmp}/valkey.conf

[ -n "$peers" ] || fail 'COGNITIVE_CACHE_PEERS is not set' 'let cognitive-cache be a caller of itself in its data'
case $quorum in
  '' | *[!0-9]* | 0) fail "QUORUM is \"$quorum\", not a number of peers" 'set it in the config of the workload' ;;
esac
[ -s "$secret" ] || fail "no password in $secret" 'mount a Secret there: without one, whoever reaches the port reads all'

primary=${peers%%,*}
self=$(printf '%s\n' "$peers" | tr ',' '\n' | grep "^${HOSTNAME:-nobody}\." || true)
[ -n "$self" ] || fail "${HOSTNAME:-this pod} is none of $peers" 'run it as the StatefulSet does, under the name of a pod'

# In a file, not as arguments: those can be read by whoever lists processes.
password=$(sed 's/[\\"]/\\&/g' "$secret")
{
  echo "port ${self##*:}"
  echo 'bind * -::*'
  echo "dir $data"
  echo 'appendonly yes'
  echo "maxmemory ${CACHE_MAX_MEMORY:-768mb}"
  echo 'maxmemory-policy allkeys-lru'
  echo "replica-announce-ip ${self%:*}"
  echo "min-replicas-to-write $((quorum - 1))"
  echo 'min-replicas-max-lag 10'
  printf 'requirepass "%s"\nmasterauth "%s"\n' "$password" "$password"
  if [ "$self" != "$primary" ]; then echo "replicaof ${primary%:*} ${primary##*:}"; fi
} >"$config"

exec valkey-server "$config"
