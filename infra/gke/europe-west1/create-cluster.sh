#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west1/create-cluster.sh
#
# Creates the control plane of europe-west1; pools-….sh gives it nodes.
#
# Dataplane V2, since nothing enforces a NetworkPolicy without it. People reach the control plane by its DNS name, as
# IAM allows; it has no public address. Secrets in its database are encrypted with a key of ours. Metrics and logs of
# workloads stay in the cluster, where the add-ons keep them; Google gets those of the system.
# Kubernetes is upgraded between 20:00 and 7:00 Europe/Amsterdam, never at the peak.
set -euo pipefail
PROJECT=aia-example
REGION=europe-west1
CLUSTER=aia-europe-west1
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
require_project

finish_operations
ensure cluster aia-europe-west1 \
  gcloud container clusters list --project="$PROJECT" --location="$REGION" --format='value(name)' -- \
  gcloud container clusters create "$CLUSTER" \
    --project="$PROJECT" \
    --location="$REGION" \
    --release-channel=regular \
    --node-locations=europe-west1-b,europe-west1-c,europe-west1-d \
    --enable-dataplane-v2 \
    --enable-ip-alias \
    --network=aia \
    --subnetwork=aia-europe-west1 \
    --cluster-secondary-range-name=pods \
    --services-secondary-range-name=services \
    --enable-private-nodes \
    --enable-private-endpoint \
    --enable-master-authorized-networks \
    --enable-dns-access \
    --workload-pool=aia-example.svc.id.goog \
    --database-encryption-key=projects/aia-example/locations/europe-west1/keyRings/aia/cryptoKeys/database \
    --maintenance-window-start=2000-01-01T19:00:00Z \
    --maintenance-window-end=2000-01-02T05:00:00Z \
    --maintenance-window-recurrence=FREQ=DAILY \
    --logging=SYSTEM \
    --monitoring=SYSTEM \
    --no-enable-managed-prometheus \
    --addons=HorizontalPodAutoscaling,HttpLoadBalancing,GcePersistentDiskCsiDriver \
    --num-nodes=1 \
    --machine-type=e2-medium \
    --service-account=aia-nodes@aia-example.iam.gserviceaccount.com \
    --workload-metadata=GKE_METADATA \
    --image-type=COS_CONTAINERD \
    --shielded-secure-boot \
    --shielded-integrity-monitoring \
    --no-enable-insecure-kubelet-readonly-port \
    --disk-type=pd-balanced \
    --disk-size=50 \
    --boot-disk-kms-key=projects/aia-example/locations/europe-west1/keyRings/aia/cryptoKeys/disks
require_running
run gcloud container clusters get-credentials "$CLUSTER" --project="$PROJECT" --location="$REGION" --dns-endpoint
