// Preloaded by `node --import`: kills its process before or after one of its writes to Git, a pull request or an API server,
// by SIGKILL, so that nothing can be tidied up, or by KILL_SIGNAL. Every write is a line of KILL_LOG. KILL_AT names one:
// `before 3` is the third of all; `after 2 1 NAME` the second of that name after one push, since how often a loop repeats a
// write differs from run to run.
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const childProcess = require('node:child_process');
const [moment, place, afterPushes, ...words] = (process.env.KILL_AT ?? '').split(' ');
const wanted = words.join(' ');
const signal = process.env.KILL_SIGNAL ?? 'SIGKILL';
let writes = 0;
let pushes = 0;
let ofTheName = 0;

/** Counts a write; returns what is to be done when it is over. */
function write(name) {
  writes += 1;
  appendFileSync(process.env.KILL_LOG, `${name}\n`);
  if (name === wanted && String(pushes) === afterPushes) ofTheName += 1;
  const counted = wanted === '' ? writes : name === wanted && String(pushes) === afterPushes ? ofTheName : 0;
  if (name === 'git push') pushes += 1;
  const here = String(counted) === place;
  if (here && moment === 'before') process.kill(process.pid, signal);
  return () => {
    if (here) process.kill(process.pid, signal);
  };
}

/** What a program writes, as far as others can see it. */
function writeOf(program, args) {
  if (program === 'git') return ['commit', 'push'].find((command) => args.includes(command));
  return program === 'gh' && args.includes('create') ? 'pr create' : undefined;
}

const { spawn } = childProcess;
childProcess.spawn = (program, args, ...rest) => {
  const command = writeOf(program, args);
  const after = command === undefined ? undefined : write(`${program} ${command}`);
  const child = spawn(program, args, ...rest);
  if (after) child.prependListener('exit', after);
  return child;
};

/** One object, and what is done to it. A question by POST (may I?) writes nothing. */
function requestName(method, path, body) {
  const end = path.split('?')[0].split('/').slice(-2).join('/');
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || end.endsWith('selfsubjectaccessreviews'))
    return undefined;
  const sent = JSON.parse(body || '{}');
  if (sent.metadata?.annotations?.['argocd.argoproj.io/refresh']) return `${method} ${end} (refresh)`;
  if (sent.operation === null) return `${method} ${end} (end of operation)`;
  if (sent.spec?.holderIdentity === '') return `${method} ${end} (release)`;
  return `${method} ${end}`;
}

for (const scheme of ['node:http', 'node:https']) {
  const module = require(scheme);
  const { request } = module;
  module.request = (options, ...rest) => {
    const sent = request(options, ...rest);
    // Nothing is on its way before the first of these calls, and it has the whole body.
    for (const call of ['write', 'end']) {
      const original = sent[call];
      sent[call] = (body, ...others) => {
        delete sent.write;
        delete sent.end;
        const name = requestName(
          options.method,
          options.path,
          typeof body === 'function' ? undefined : body?.toString(),
        );
        if (name !== undefined) sent.prependListener('response', write(name));
        return original.call(sent, body, ...others);
      };
    }
    return sent;
  };
}
// What is imported by name from these modules, too.
syncBuiltinESMExports();
