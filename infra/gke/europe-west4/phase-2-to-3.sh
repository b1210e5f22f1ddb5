#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west4/phase-2-to-3.sh
#
# Changes the pools of europe-west4 for the step to phase-3. Run it before the step: it creates
# ml-spot-a and ml-spot-b. Run it after: it drains and deletes ml. It looks at Argo CD
# to know which of the two it is, so running it once too often does no harm.
set -euo pipefail
PROJECT=aia-example
REGION=europe-west4
CLUSTER=aia-europe-west4
ARGOCD_NAMESPACE=argocd
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
require_project

require_context
finish_operations
require_running

say '1. Nodes for phase-3'
ensure pool ml-spot-a \
  list_pools -- \
  gcloud container node-pools create ml-spot-a \
    --project="$PROJECT" \
    --location="$REGION" \
    --cluster="$CLUSTER" \
    --machine-type=n2d-standard-4 \
    --spot \
    --node-locations=europe-west4-a \
    --num-nodes=1 \
    --node-labels=aia.io/pool=ml-spot,aia.io/capacity-spread=2 \
    --node-taints=cloud.google.com/gke-spot=true:NoSchedule \
    --max-pods-per-node=110 \
    --enable-autorepair \
    --enable-autoupgrade \
    --max-surge-upgrade=1 \
    --max-unavailable-upgrade=0 \
    --service-account=aia-nodes@aia-example.iam.gserviceaccount.com \
    --workload-metadata=GKE_METADATA \
    --image-type=COS_CONTAINERD \
    --shielded-secure-boot \
    --shielded-integrity-monitoring \
    --no-enable-insecure-kubelet-readonly-port \
    --disk-type=pd-balanced \
    --disk-size=50 \
    --boot-disk-kms-key=projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/disks
ensure pool ml-spot-b \
  list_pools -- \
  gcloud container node-pools create ml-spot-b \
    --project="$PROJECT" \
    --location="$REGION" \
    --cluster="$CLUSTER" \
    --machine-type=n2d-standard-4 \
    --spot \
    --node-locations=europe-west4-b \
    --num-nodes=1 \
    --node-labels=aia.io/pool=ml-spot,aia.io/capacity-spread=3 \
    --node-taints=cloud.google.com/gke-spot=true:NoSchedule \
    --max-pods-per-node=110 \
    --enable-autorepair \
    --enable-autoupgrade \
    --max-surge-upgrade=1 \
    --max-unavailable-upgrade=0 \
    --service-account=aia-nodes@aia-example.iam.gserviceaccount.com \
    --workload-metadata=GKE_METADATA \
    --image-type=COS_CONTAINERD \
    --shielded-secure-boot \
    --shielded-integrity-monitoring \
    --no-enable-insecure-kubelet-readonly-port \
    --disk-type=pd-balanced \
    --disk-size=50 \
    --boot-disk-kms-key=projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/disks
open_pool ml-spot-a
open_pool ml-spot-b

say '2. The step to phase-3'
if ! has_arrived aia-workloads-europe-west4 dist/phase-3/europe-west4/workloads; then
  say 'Not there yet. Now promote: aia rollout --cluster europe-west4 --to phase-3'
  say 'Then run this script again; it goes on here.'
  exit 0
fi

say '3. Nodes that phase-3 does not have'
drain_pools ml
# Before the nodes are gone for good: with a node uncordoned, the pods would find back.
run kubectl --context="$(context)" -n aia wait --for=condition=Available --timeout=15m deployment --all
delete_pool ml
say 'Done: europe-west4 has the nodes of phase-3.'
