// Preloaded by `node --import`: kills its process before or after one of its writes to Git, a pull request or an API server,
// by SIGKILL, so that nothing can be tidied up, or by KILL_SIGNAL. Every write is a line of KILL_LOG. KILL_AT says where:
//   before 3          the third of all
//   after git push    the first of that name
//   before unseen     the first that is not in KILL_SEEN, which then has it
// A place of KILL_SEEN is how many pushes came before (KILL_PUSHES of earlier runs, and those of this one) and the name. That
// Argo CD is told once more to look is one place more, whichever application it is; that the Lease is renewed is none.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const childProcess = require('node:child_process');
const { KILL_LOG, KILL_SEEN = '', KILL_SIGNAL = 'SIGKILL' } = process.env;
const [moment, ...words] = (process.env.KILL_AT ?? '').split(' ');
const wanted = words.join(' ');
const seen = new Set(existsSync(KILL_SEEN) ? readFileSync(KILL_SEEN, 'utf8').split('\n') : []);
const met = new Set();
const names = new Set();
let writes = 0;
let pushes = Number(process.env.KILL_PUSHES ?? 0);

/** Counts a write; returns what is to be done when it is over. */
function write(name) {
  appendFileSync(KILL_LOG, `${name}\n`);
  writes += 1;
  const first = !names.has(name);
  names.add(name);
  const here = `${pushes} ${name}`;
  const place = met.has(here) && name.endsWith('(refresh)') ? `${pushes} (refresh) again` : here;
  const isRenewal = met.has(here) && place === here;
  met.add(here);
  if (name === 'git push') pushes += 1;
  const isIt =
    wanted === 'unseen' ? !seen.has(place) && !isRenewal : wanted === String(writes) || (wanted === name && first);
  const end = () => {
    if (wanted === 'unseen') appendFileSync(KILL_SEEN, `${place}\n`);
    process.kill(process.pid, KILL_SIGNAL);
  };
  if (isIt && moment === 'before') end();
  return () => {
    if (isIt && moment === 'after') end();
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
