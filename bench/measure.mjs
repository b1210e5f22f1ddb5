import { spawnSync } from 'node:child_process';

/** The middle value; the mean of the two middle ones where the count is even. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Peak resident memory of a Node program, in KiB, as the program itself reads it when it exits. */
export function peakMemory(args, cwd) {
  const hook = `process.on('exit', () => require('node:fs').writeSync(2, '\\npeak ' + process.resourceUsage().maxRSS + '\\n'));`;
  const { stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${hook}`,
      ...args,
    ],
    {
      cwd,
      encoding: 'utf8',
    },
  );
  const found = /\npeak (\d+)/.exec(stderr);
  if (found === null) throw new Error(`no memory reading in: ${stderr}`);
  return Number(found[1]);
}
