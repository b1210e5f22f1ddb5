#!/usr/bin/env bash
# Makes the check red where the review says so.
set -euo pipefail

case $AIA_EXIT_CODE in
  0) echo "Nothing at or above the risk that fails the check ($AIA_FAIL_ON)." ;;
  1) echo "::error::The review has findings at or above \"$AIA_FAIL_ON\": read the comment, or the summary of this run." ;;
  *) echo "::error::The change could not be reviewed: the log of the step Review says why." ;;
esac
exit "$AIA_EXIT_CODE"
