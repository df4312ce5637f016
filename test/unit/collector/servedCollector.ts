/** The delivered command in a process of its own, where a test can kill it, starve it or look at what it asks of the system. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCollector } from './builtCollector.js';

export interface ServedCollector {
  child: ChildProcess;
  /** Of the collector itself, which under a tracer is not the child. */
  pid: number;
  url: string;
  /** The administrator's, at the first start with the folder. */
  password: string | undefined;
  /** What it wrote to standard error so far. */
  log(): string;
  /** Posts a batch; resolves to the status and the answer's JSON. */
  post(batch: unknown): Promise<{ status: number; headers: Headers; body: Answer }>;
  /** The visitors in the reports, after everything acknowledged is in them. */
  visitors(password: string): Promise<{ visitor: string; events: number }[]>;
  kill(): Promise<void>;
}

interface Answer {
  accepted?: number;
  rejected?: { id: string; code: string }[];
  detail?: string;
}

export interface ServeOptions {
  data: string;
  args?: string[];
  /** Arguments of Node itself. */
  node?: string[];
  env?: { [name: string]: string };
  /** Put in front of the command, such as a tracer. */
  under?: string[];
  /** The command's file; without one, the sources as they are now. */
  command?: string;
}

export async function serve({
  data,
  args = [],
  node = [],
  env = {},
  under = [],
  command,
}: ServeOptions): Promise<ServedCollector> {
  command ??= join(await builtCollector(), 'kikubari.js');
  const own = ['serve', '--port', '0', '--data', data, '--site', 'shop', '--quiet', ...args];
  const [program = '', ...rest] = [...under, process.execPath, ...node, command, ...own];
  const child = spawn(program, rest, { env: { ...process.env, ...env } });
  let log = '';
  child.stderr.on('data', (part) => (log += String(part)));
  const text = await started(child);
  const url = /Console +(http:\S+)\/console/.exec(text)?.[1];
  if (!url) throw new Error(`did not start: ${text}`);
  const { pid } = JSON.parse(readFileSync(join(data, 'lock'), 'utf8')) as { pid: number };
  return {
    child,
    pid,
    url,
    password: /Password +(\S+)/.exec(text)?.[1],
    log: () => log,
    post: (batch) => post(url, batch),
    visitors: (password) => visitorsOf(url, password),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      process.kill(pid, 'SIGKILL');
      await once(child, 'exit');
    },
  };
}

function started(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    child.once('exit', () => resolve(text));
    child.stderr!.on('data', (part) => (text += String(part)));
    child.stdout!.on('data', (part) => {
      text += String(part);
      if (text.includes('Ctrl-C')) resolve(text);
    });
  });
}

async function post(url: string, batch: unknown) {
  const answer = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: typeof batch === 'string' ? batch : JSON.stringify(batch),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer };
}

async function visitorsOf(url: string, password: string) {
  const login = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@localhost', password }),
  });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  const answer = await fetch(`${url}/api/sites/shop/visitors?limit=200`, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`visitors: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { visitors: { visitor: string; events: number }[] }).visitors;
}
