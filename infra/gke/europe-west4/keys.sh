#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west4/keys.sh
#
# Makes the keys of europe-west4: "disks" for disks, "database" for the Secrets in the
# control plane's database. Each gets a new version every 90 days; docs/infrastructure.md says what that
# does and what it does not. Keys and key rings can never be deleted, only their versions.
set -euo pipefail
PROJECT=aia-example
REGION=europe-west4
CLUSTER=aia-europe-west4
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
require_project

ensure 'key ring' aia \
  gcloud kms keyrings list --project="$PROJECT" --location="$REGION" --format='value(name.basename())' -- \
  gcloud kms keyrings create aia --project="$PROJECT" --location="$REGION"
ensure key disks \
  gcloud kms keys list --project="$PROJECT" --location="$REGION" --keyring=aia --format='value(name.basename())' -- \
  gcloud kms keys create disks \
    --project="$PROJECT" \
    --location="$REGION" \
    --keyring=aia \
    --purpose=encryption \
    --rotation-period=90d \
    --next-rotation-time=+p90d
allow_key projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/disks compute-system
ensure key database \
  gcloud kms keys list --project="$PROJECT" --location="$REGION" --keyring=aia --format='value(name.basename())' -- \
  gcloud kms keys create database \
    --project="$PROJECT" \
    --location="$REGION" \
    --keyring=aia \
    --purpose=encryption \
    --rotation-period=90d \
    --next-rotation-time=+p90d
allow_key projects/aia-example/locations/europe-west4/keyRings/aia/cryptoKeys/database container-engine-robot
