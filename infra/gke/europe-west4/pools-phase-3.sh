#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west4/pools-phase-3.sh
#
# Creates the pools that europe-west4 has in phase-3. A pool that is there stays as it is.
set -euo pipefail
PROJECT=aia-example
REGION=europe-west4
CLUSTER=aia-europe-west4
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
require_project

finish_operations
require_running
ensure pool core \
  list_pools -- \
  gcloud container node-pools create core \
    --project="$PROJECT" \
    --location="$REGION" \
    --cluster="$CLUSTER" \
    --machine-type=n2d-standard-4 \
    --node-locations=europe-west4-a,europe-west4-b,europe-west4-c \
    --num-nodes=1 \
    --node-labels=aia.io/pool=core,aia.io/capacity-spread=1,aia.io/addons=true \
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
ensure pool core-extra \
  list_pools -- \
  gcloud container node-pools create core-extra \
    --project="$PROJECT" \
    --location="$REGION" \
    --cluster="$CLUSTER" \
    --machine-type=n2d-standard-4 \
    --node-locations=europe-west4-a \
    --num-nodes=1 \
    --node-labels=aia.io/pool=core,aia.io/capacity-spread=1,aia.io/addons=true \
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
ensure pool cognitive \
  list_pools -- \
  gcloud container node-pools create cognitive \
    --project="$PROJECT" \
    --location="$REGION" \
    --cluster="$CLUSTER" \
    --machine-type=n2d-standard-4 \
    --node-locations=europe-west4-b,europe-west4-c \
    --num-nodes=1 \
    --node-labels=aia.io/pool=cognitive,aia.io/capacity-spread=1,aia.io/addons=true \
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
# The one that the cluster was created with.
delete_pool default-pool
