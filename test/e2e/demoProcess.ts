/** The demo as a newcomer starts it, in a process of its own: killed for real, restarted for real. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(fileURLToPath(new URL('.', import.meta.url)), '../..');
const START_MS = 120_000;

export interface Demo {
  url: string;
  /** Only at the first start in a data folder. */
  password: string | undefined;
  output(): string;
  /** Ctrl-C, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is flushed. */
  kill(): Promise<void>;
}

export async function startDemo(dataDir: string, args: string[] = ['--traffic', '0']): Promise<Demo> {
  const child = spawn(process.execPath, ['scripts/demo.mjs', '--port', '0', '--data', dataDir, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const url = await waitForUrl(child, () => text);
  return {
    url,
    password: /Password\s+(\S+)/.exec(text)?.[1],
    output: () => text,
    stop: () => end(child, 'SIGINT'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

async function waitForUrl(child: ChildProcess, output: () => string): Promise<string> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const url = /Demo shop\s+(http\S+)\/shop\//.exec(output())?.[1];
    if (url && output().includes('Ctrl-C')) return url;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The demo did not start:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
