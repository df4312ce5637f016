/** Starts the processes of a measurement and talks to them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A server; `ask()` resolves to its CPU since `reset()`, its memory and its metrics. */
export async function startServerProcess(folder, limits = {}) {
  const child = fork(here('serverProcess.mjs'), [folder, JSON.stringify(limits)]);
  const [{ port, scratch }] = await once(child, 'message');
  const ask = async (question = 'cpu') => {
    child.send(question);
    const [answer] = await once(child, 'message');
    return answer;
  };
  return {
    port,
    ask,
    reset: () => ask('reset'),
    async close() {
      // What is left in the journal is of no interest: no time for storing it.
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** A generator; `run(job)` resolves to what came back. */
export function startGenerator() {
  const child = fork(here('generator.mjs'));
  return {
    async run(job) {
      child.send(job);
      const [result] = await once(child, 'message');
      return result;
    },
    close: () => child.kill(),
  };
}

/** Runs a script that answers one message and ends. */
export async function runProcess(file, job) {
  const child = fork(here(file), { execArgv: ['--expose-gc'] });
  child.send(job);
  const [result] = await once(child, 'message');
  child.kill();
  return result;
}
