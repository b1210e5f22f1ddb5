# What the scripts of this folder share. They set PROJECT; those about a cluster REGION and CLUSTER too, those that ask
# Argo CD ARGOCD_NAMESPACE.
#
# Every step asks first whether it is done, so a script that was interrupted is run again from its beginning.

# gcloud takes the default answer instead of waiting for one.
export CLOUDSDK_CORE_DISABLE_PROMPTS=1

# A kubeconfig entry as `gcloud container clusters get-credentials` names it.
context() { printf 'gke_%s_%s_%s' "$PROJECT" "$REGION" "$CLUSTER"; }

say() { printf '%s\n' "$*"; }

# refuse WHAT FIX: ends the script like every command of this repository that could not do its job.
refuse() {
  printf '%s\n  Fix: %s\n' "$1" "$2" >&2
  exit 2
}

# run COMMAND...: shows a command that changes something, then runs it.
run() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  "$@"
}

# require_project: nothing happens in a project that the person at the terminal does not believe to be in.
require_project() {
  command -v gcloud >/dev/null || refuse 'gcloud is not there.' 'install it: https://cloud.google.com/sdk/docs/install'
  local current
  current=$(gcloud config get-value project 2>/dev/null) || current=''
  [ "$current" = "$PROJECT" ] ||
    refuse "gcloud is set to project \"$current\", this script is for \"$PROJECT\". Nothing was changed." \
      "gcloud config set project $PROJECT; or write your project in platform/infrastructure.ts and run npm start"
}

# require_context: the same for kubectl. Every kubectl below names the context too, in case it changes meanwhile.
require_context() {
  command -v kubectl >/dev/null || refuse 'kubectl is not there.' 'gcloud components install kubectl'
  local current
  current=$(kubectl config current-context 2>/dev/null) || current=''
  [ "$current" = "$(context)" ] ||
    refuse "kubectl is set to context \"$current\", this script is for \"$(context)\". Nothing was changed." \
      "gcloud container clusters get-credentials $CLUSTER --project=$PROJECT --location=$REGION --dns-endpoint"
}

# is_listed NAME LIST...: whether a list has the name. Listed and not described, since a list tells "is not there" (a
# list without it) from "you may not look" (an error, which ends the script instead of making it create things).
is_listed() {
  local name=$1 names
  shift
  names=$("$@") || refuse "\"$*\" failed, see above." 'mend what it says, and run this script again'
  grep -qxF -- "$name" <<<"$names"
}

# ensure WHAT NAME LIST... -- CREATE...: creates what the list does not have.
ensure() {
  local what=$1 name=$2
  shift 2
  local list=()
  while [ "$1" != -- ]; do
    list+=("$1")
    shift
  done
  shift
  if is_listed "$name" "${list[@]}"; then
    say "$what $name: is there"
  else
    say "$what $name: creating"
    run "$@"
  fi
}

# allow_key KEY AGENT: lets one of Google's own service accounts use a key, and nothing but use it.
allow_key() {
  local number
  number=$(gcloud projects describe "$PROJECT" --format='value(projectNumber)')
  run gcloud kms keys add-iam-policy-binding "$1" --role=roles/cloudkms.cryptoKeyEncrypterDecrypter \
    --member="serviceAccount:service-$number@$2.iam.gserviceaccount.com" --format=none
}

# finish_operations: an interrupted run leaves its operation running in the cloud, and GKE does one at a time.
finish_operations() {
  local operations operation
  operations=$(gcloud container operations list --project="$PROJECT" --location="$REGION" \
    --filter="status!=DONE AND targetLink~\"/clusters/$CLUSTER(/|\$)\"" --format='value(name)')
  for operation in $operations; do
    say "operation $operation is still running: waiting for it"
    run gcloud container operations wait "$operation" --project="$PROJECT" --location="$REGION"
  done
}

# require_running: a cluster whose creation failed is listed too.
require_running() {
  local status
  status=$(gcloud container clusters list --project="$PROJECT" --location="$REGION" \
    --format='value(name,status)' | awk -v name="$CLUSTER" '$1 == name { print $2 }')
  case $status in
    RUNNING | RECONCILING) ;;
    '') refuse "There is no cluster $CLUSTER." "run create-cluster.sh first" ;;
    *)
      refuse "Cluster $CLUSTER is in status $status." \
        "gcloud container clusters describe $CLUSTER --project=$PROJECT --location=$REGION; a creation that failed: delete it there, and run this script again"
      ;;
  esac
}

list_pools() {
  gcloud container node-pools list --project="$PROJECT" --location="$REGION" --cluster="$CLUSTER" --format='value(name)'
}

# delete_pool POOL: GKE drains what is still on it, within the disruption budgets, for up to an hour.
delete_pool() {
  finish_operations
  if is_listed "$1" list_pools; then
    run gcloud container node-pools delete "$1" --project="$PROJECT" --location="$REGION" --cluster="$CLUSTER"
  else
    say "pool $1: is gone"
  fi
}

# GKE labels each node with the name of its pool.
nodes_of() { kubectl --context="$(context)" get nodes -l "cloud.google.com/gke-nodepool=$1" -o name; }

# open_pool POOL: its nodes are there and take pods, also those that an interrupted step the other way had closed.
open_pool() {
  local node nodes
  nodes=$(nodes_of "$1")
  [ -n "$nodes" ] || refuse "Pool $1 has no node." \
    'spot machines may be sold out: look at the pool in the console, and run this script again'
  run kubectl --context="$(context)" wait --for=condition=Ready --timeout=10m node -l "cloud.google.com/gke-nodepool=$1"
  for node in $nodes; do run kubectl --context="$(context)" uncordon "$node"; done
}

# drain_pools POOL...: first no new pod lands on any of them, then node after node loses its pods, as fast as the
# disruption budgets allow.
drain_pools() {
  local pool node nodes
  for pool in "$@"; do
    nodes=$(nodes_of "$pool")
    for node in $nodes; do run kubectl --context="$(context)" cordon "$node"; done
  done
  for pool in "$@"; do
    nodes=$(nodes_of "$pool")
    for node in $nodes; do
      run kubectl --context="$(context)" drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout=30m
    done
  done
}

# has_arrived APPLICATION PATH...: whether Argo CD has brought one of the folders onto the cluster, all of it healthy.
# On a hub Argo CD runs elsewhere: ARGOCD_CONTEXT says where.
has_arrived() {
  local state path application=$1
  shift
  state=$(kubectl --context="${ARGOCD_CONTEXT:-$(context)}" -n "$ARGOCD_NAMESPACE" get application "$application" -o \
    jsonpath='{.status.sync.comparedTo.source.path} {.status.sync.status} {.status.health.status}') ||
    refuse "Argo CD can't be asked for $application, see above." 'on a hub, set ARGOCD_CONTEXT to the context it runs in'
  say "$application: ${state:-says nothing yet}"
  for path in "$@"; do
    if [ "$state" = "$path Synced Healthy" ]; then return 0; fi
  done
  return 1
}
