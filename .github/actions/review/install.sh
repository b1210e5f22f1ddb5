#!/usr/bin/env bash
# Installs this repository at the action's own revision. No script of a package runs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
npm ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix "$root"
# Once, instead of at every start.
node "$root/scripts/bundle.mjs"
