#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/project.sh
#
# Makes what all clusters of the project share: APIs, the network, the account that nodes run as.
set -euo pipefail
PROJECT=aia-example
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
require_project

run gcloud services enable \
  --project="$PROJECT" \
  compute.googleapis.com \
  container.googleapis.com \
  cloudkms.googleapis.com \
  artifactregistry.googleapis.com \
  iam.googleapis.com \
  cloudresourcemanager.googleapis.com
ensure network aia \
  gcloud compute networks list --project="$PROJECT" --format='value(name)' -- \
  gcloud compute networks create aia --project="$PROJECT" --subnet-mode=custom
ensure 'service account' aia-nodes@aia-example.iam.gserviceaccount.com \
  gcloud iam service-accounts list --project="$PROJECT" --format='value(email)' -- \
  gcloud iam service-accounts create aia-nodes --project="$PROJECT" --display-name='Nodes of AIA'
run gcloud projects add-iam-policy-binding "$PROJECT" \
  --member=serviceAccount:aia-nodes@aia-example.iam.gserviceaccount.com \
  --role=roles/container.defaultNodeServiceAccount \
  --condition=None \
  --format=none
run gcloud projects add-iam-policy-binding "$PROJECT" \
  --member=serviceAccount:aia-nodes@aia-example.iam.gserviceaccount.com \
  --role=roles/artifactregistry.reader \
  --condition=None \
  --format=none
