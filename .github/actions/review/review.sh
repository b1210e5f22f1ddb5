#!/usr/bin/env bash
# Writes the review as Markdown, as a page and as SARIF. Succeeds whatever it finds: the comment must be written before
# the check goes red, which is what verdict.sh is for.
set -euo pipefail

aia=(node "$(dirname "${BASH_SOURCE[0]}")/../../../build/aia.mjs")

if [[ ! $AIA_MARKER =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]]; then
  echo "::error::the input marker is a name of letters, digits, dots, underscores and hyphens"
  exit 2
fi
folder="$RUNNER_TEMP/aia-$AIA_MARKER"
mkdir -p "$folder"
markdown="$folder/review.md"
html="$folder/aia-$AIA_MARKER.html"
sarif="$folder/review.sarif"
log="$folder/review.log"

# Texts of a stranger's files may look like commands to the runner: none is obeyed while they are printed.
print_log() {
  local word
  word=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
  echo "::stop-commands::$word"
  cat "$log"
  echo "::$word::"
}

finish() {
  {
    echo "exit-code=$1"
    echo "markdown=$markdown"
    echo "html=$([ "$1" = 2 ] || [ "$AIA_HTML" != true ] || echo "$html")"
    echo "sarif=$([ "$1" = 2 ] || [ "$AIA_SARIF" != true ] || echo "$sarif")"
  } >>"$GITHUB_OUTPUT"
  cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
  exit 0
}

# What an earlier push was told must not stand there as if it were about this one.
give_up() {
  print_log
  printf '### This change could not be reviewed\n\nThe log of the job says why. Nothing is known of its risk.\n' >"$markdown"
  finish 2
}

is_revision() { git rev-parse --verify --quiet --end-of-options "$1^{commit}" >/dev/null 2>&1; }

base=$AIA_BASE
head=$AIA_HEAD
AIA_PATH=${AIA_PATH#./}
AIA_PATH=${AIA_PATH%/}
if [ -z "$base" ]; then
  if [ -n "$EVENT_HEAD" ] && [ "$(git rev-parse --verify --quiet "$head^2" || true)" = "$EVENT_HEAD" ]; then
    # GitHub's trial merge: its first parent is the branch as it is now, so nothing that others merged is shown.
    base=$head^1
  elif [ -n "$EVENT_BASE" ] && base=$(git merge-base "$EVENT_BASE" "$head" 2>/dev/null); then
    :
  else
    echo "No base to compare with: check out with fetch-depth: 2 on pull_request (or 0), or name the input base." >"$log"
    give_up
  fi
fi
if is_revision "$base" && is_revision "$head"; then
  # Names that mean the same to whoever reads the comment later.
  base=$(git rev-parse --short=12 "$base^{commit}")${AIA_PATH:+:$AIA_PATH}
  head=$(git rev-parse --short=12 "$head^{commit}")${AIA_PATH:+:$AIA_PATH}
elif [ -n "$AIA_PATH" ]; then
  echo "The input path is for revisions: name folders as base and head instead." >"$log"
  give_up
else
  # Lines of files that are not in the repository mean nothing to code scanning.
  AIA_SARIF=false
fi

# Digests of secrets are the same in all outputs of this run, and in no other.
AIA_DIGEST_KEY=${AIA_DIGEST_KEY:-$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')}
export AIA_DIGEST_KEY
code=0

# Runs aia review; its standard output goes to the first argument. A finding is no failure of this script.
review() {
  local to=$1 status=0
  shift
  "${aia[@]}" review "$base" "$head" --fail-on "$AIA_FAIL_ON" "$@" >"$to" 2>"$log" || status=$?
  [ "$status" -le 1 ] || give_up
  code=$status
}

review "$markdown" --format markdown
[ "$AIA_HTML" != true ] || review /dev/null --format html --output "$html"
if [ "$AIA_SARIF" = true ]; then
  review "$sarif" --format sarif
  if [ -n "$AIA_PATH" ]; then
    # Files are named from the folder that was looked at, code scanning wants them from the top.
    node -e '
      const { readFileSync, writeFileSync } = require("node:fs");
      const [file, folder] = process.argv.slice(1);
      const log = JSON.parse(readFileSync(file, "utf8"));
      for (const { results } of log.runs) for (const { locations } of results) for (const { physicalLocation } of locations)
        physicalLocation.artifactLocation.uri = encodeURI(folder) + "/" + physicalLocation.artifactLocation.uri;
      writeFileSync(file, JSON.stringify(log));
    ' "$sarif" "$AIA_PATH"
  fi
fi
finish "$code"
