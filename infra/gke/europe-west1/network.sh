#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west1/network.sh
#
# Makes the network of europe-west1: its subnet, Cloud NAT (nodes have no public address), the reserved addresses of
# the front doors, and the way from the control plane to webhooks.
set -euo pipefail
PROJECT=aia-example
REGION=europe-west1
CLUSTER=aia-europe-west1
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
require_project

ensure subnet aia-europe-west1 \
  gcloud compute networks subnets list --project="$PROJECT" --regions="$REGION" --format='value(name)' -- \
  gcloud compute networks subnets create aia-europe-west1 \
    --project="$PROJECT" \
    --region="$REGION" \
    --network=aia \
    --range=10.5.0.0/22 \
    --secondary-range=pods=10.64.128.0/17,services=10.5.16.0/20 \
    --enable-private-ip-google-access
ensure router aia-europe-west1 \
  gcloud compute routers list --project="$PROJECT" --regions="$REGION" --format='value(name)' -- \
  gcloud compute routers create aia-europe-west1 --project="$PROJECT" --region="$REGION" --network=aia
ensure NAT aia-europe-west1 \
  gcloud compute routers nats list \
    --project="$PROJECT" \
    --region="$REGION" \
    --router=aia-europe-west1 \
    --format='value(name)' \
    -- \
  gcloud compute routers nats create aia-europe-west1 \
    --project="$PROJECT" \
    --region="$REGION" \
    --router=aia-europe-west1 \
    --auto-allocate-nat-external-ips \
    --nat-custom-subnet-ip-ranges=aia-europe-west1:ALL
# Where the mesh gateway answers.
ensure address aia-gateway \
  gcloud compute addresses list --project="$PROJECT" --regions="$REGION" --format='value(name)' -- \
  gcloud compute addresses create aia-gateway --project="$PROJECT" --region="$REGION"
# Where the cloud's Ingress answers, in the phases that have one.
ensure address aia-front-door \
  gcloud compute addresses list --project="$PROJECT" --format='value(name)' --global -- \
  gcloud compute addresses create aia-front-door --project="$PROJECT" --global
# For istiod (15017), KEDA admission (9443), KEDA metrics (6443), vertical-pod-autoscaler (8000).
# The control plane's inner address lies in the subnet.
ensure 'firewall rule' aia-europe-west1-webhooks \
  gcloud compute firewall-rules list --project="$PROJECT" --format='value(name)' -- \
  gcloud compute firewall-rules create aia-europe-west1-webhooks \
    --project="$PROJECT" \
    --network=aia \
    --direction=INGRESS \
    --allow=tcp:15017,tcp:9443,tcp:6443,tcp:8000 \
    --source-ranges=10.5.0.0/22 \
    --target-service-accounts=aia-nodes@aia-example.iam.gserviceaccount.com
