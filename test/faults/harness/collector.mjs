/** The collector as it is delivered, in a process of its own: killed for real, restarted on the same folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../../scripts/run.mjs';
import { killAtExit } from './processes.mjs';
import { until } from './waiting.mjs';

export const SITE = 'faults';
const SPOILED = new URL('spoiledAnswers.mjs', import.meta.url).href;
const COMMAND = join(root, 'src/collector/dist/kikubari.js');

/**
 * A collector on `dataDir`, to be started. `preload` is a module that Node loads first, for faults of the disk and the
 * clock; `env` and `args` go to the process. `spoiledAnswers` is a sabotage.
 */
export function createCollector(dataDir, spoiledAnswers) {
  let child;
  let output = '';
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  const end = async (name) => {
    if (!isRunning()) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(name);
    await exited;
    return child.exitCode;
  };

  const collector = {
    url: '',
    starts: 0,
    output: () => output,
    pid: () => child?.pid,
    isRunning,
    async start({ preload, env = {}, args: more = [] } = {}) {
      output = '';
      const preloads = [preload, spoiledAnswers && SPOILED].filter(Boolean);
      const args = [...preloads.flatMap((module) => ['--import', module]), COMMAND, 'serve', '--quiet'];
      child = spawn(process.execPath, [...args, '--port', '0', '--site', SITE, '--data', dataDir, ...more], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, FAULTS_ANSWERS: spoiledAnswers, ...env },
      });
      killAtExit(child);
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text) => (output = (output + text).slice(-20_000)));
      collector.url = await until(
        () => /Console\s+(http\S+)\/console\//.exec(output)?.[1] ?? (isRunning() ? undefined : 'ended'),
        'the collector to start',
      );
      collector.starts += 1;
      if (collector.url === 'ended') throw new Error(`the collector did not start:\n${output}`);
    },
    kill: () => end('SIGKILL'),
    /** As Ctrl-C: everything durable is in the store afterwards. */
    stop: () => end('SIGINT'),
  };
  return collector;
}
