#!/usr/bin/env node
// Bundles, then runs: an edit to the data or the constructs is never missed by a stale build.
import { bundle } from '../scripts/bundle.mjs';

try {
  await bundle();
} catch {
  process.exit(2); // esbuild has said which file does not parse, and where
}
await import('../build/aia.mjs');
