/** A real collector in a temporary folder: real journal, real DuckDB, real store thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Receipt } from '../../../src/core/events.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../src/collector/server.js';
import { builtCollector } from './builtCollector.js';

export interface TestCollector {
  server: RunningServer;
  dataDir: string;
  folder: string;
  /** Signs in; headers for the console's API. */
  signIn(): Promise<{ cookie: string; 'x-kikubari-csrf': string }>;
  /** A report as the console gets it. */
  get<Result>(path: string): Promise<Result>;
  /** What `/metrics` says, by name with its labels. */
  metrics(): Promise<Map<string, number>>;
  send(batch: unknown, headers?: Record<string, string>): Promise<Receipt>;
  remove(): Promise<void>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kikubari-'));
}

export async function startCollector(options: Partial<ServerOptions> = {}): Promise<TestCollector> {
  const folder = temporaryFolder();
  const dataDir = options.dataDir ?? join(folder, 'data');
  const built = await builtCollector();
  const server = await startServer({
    port: 0,
    sdkDir: join(folder, 'sdk'),
    consoleDir: join(folder, 'console'),
    site: { key: 'shop', name: 'Shop' },
    log: (entry) => entry.level === 'error' && process.stderr.write(`${JSON.stringify(entry)}\n`),
    storeThread: pathToFileURL(join(built, 'storeThread.js')),
    ...options,
    dataDir,
  });
  let signedIn: { cookie: string; 'x-kikubari-csrf': string } | undefined;

  async function signIn() {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: server.firstAdmin!,
    });
    const { csrf } = answer.json<{ csrf: string }>();
    return { cookie: String(answer.headers['set-cookie']).split(';')[0]!, 'x-kikubari-csrf': csrf };
  }

  return {
    server,
    dataDir,
    folder,
    signIn,
    async get<Result>(path: string) {
      signedIn ??= await signIn();
      const answer = await server.app.inject({ url: `/api/sites/shop/${path}`, headers: signedIn });
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
      return answer.json<Result>();
    },
    async metrics() {
      const { body } = await server.app.inject('/metrics');
      const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]));
    },
    async send(batch, headers = {}) {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/v1/batch',
        headers: { 'content-type': 'text/plain', ...headers },
        payload: JSON.stringify(batch),
      });
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
      return answer.json<Receipt>();
    },
    async remove() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
