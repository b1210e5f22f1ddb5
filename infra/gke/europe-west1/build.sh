#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west1/build.sh
#
# Builds europe-west1 from nothing, or goes on where it was interrupted.
# Use: ./build.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
../project.sh
./keys.sh
./network.sh
./create-cluster.sh
./pools-phase-3.sh
echo 'The cluster has its nodes. Next: Argo CD, as docs/argocd.md says.'
