#!/usr/bin/env bash
# Rendered by `npm start` from platform/ and infrastructure/: edit those, not this file.
# infra/gke/europe-west4/build.sh
#
# Builds europe-west4 from nothing, or goes on where it was interrupted.
# Use: ./build.sh PHASE, with the phase that it is to run: phase-1, phase-2, phase-3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
case "${1:-}" in
  phase-1 | phase-2) pools='pools-phase-1.sh' ;;
  phase-3) pools='pools-phase-3.sh' ;;
  *)
    printf '"%s" is no phase of this cluster.\n  Fix: write one of phase-1, phase-2, phase-3\n' "${1:-}" >&2
    exit 2
    ;;
esac
../project.sh
./keys.sh
./network.sh
./create-cluster.sh
"./$pools"
echo 'The cluster has its nodes. Next: Argo CD, as docs/argocd.md says.'
