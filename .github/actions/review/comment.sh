#!/usr/bin/env bash
# Puts the review on the pull request. The job summary has it already, so a token that may not write is no failure.
set -euo pipefail

more=()
[ -z "$AIA_PAGE" ] || more=(--details-url "$AIA_PAGE")
node "$(dirname "${BASH_SOURCE[0]}")/../../../build/aia.mjs" comment \
  --file "$AIA_FILE" --marker "$AIA_MARKER" --no-summary "${more[@]}"
