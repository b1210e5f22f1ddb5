// Preloaded by `node --import`: kills its process before or after its n-th write to Git's remote or to an API server, by
// SIGKILL, so that nothing can be tidied up. KILL_AT is `before 3` or `after 3`; every write is a line of KILL_LOG.
import { createRequire } from 'node:module';
import { appendFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const childProcess = require('node:child_process');
const [moment, place] = (process.env.KILL_AT ?? '').split(' ');
let writes = 0;

/** Counts a write; returns what is to be done when it is over. */
function write(name) {
  writes += 1;
  appendFileSync(process.env.KILL_LOG, `${name}\n`);
  const here = String(writes) === place;
  if (here && moment === 'before') process.kill(process.pid, 'SIGKILL');
  return () => {
    if (here) process.kill(process.pid, 'SIGKILL');
  };
}

const { spawn } = childProcess;
childProcess.spawn = (program, args, ...rest) => {
  const after = program === 'git' && args.includes('push') ? write('git push') : undefined;
  const child = spawn(program, args, ...rest);
  if (after) child.prependListener('exit', after);
  return child;
};

for (const scheme of ['node:http', 'node:https']) {
  const module = require(scheme);
  const { request } = module;
  module.request = (options, ...rest) => {
    const { method, path } = options;
    const after = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)
      ? write(`${method} ${path.split('?')[0]}`)
      : undefined;
    const sent = request(options, ...rest);
    if (after) sent.prependListener('response', after);
    return sent;
  };
}
