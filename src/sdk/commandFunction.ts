import type { ReplayClient } from './client.js';
import { warn } from './environment.js';

/** Calls kept by the stub before the script arrived: its own time and page with each. */
type Queued = [time: number, url: string, title: string, referrer: string, args: Iterable<unknown>];

interface CommandFunction {
  (command: string, ...args: unknown[]): unknown;
  q?: Queued[];
  /** Set once the script runs; the stub has none. */
  version?: string;
}

/** The stub keeps what it gets; we replay no more than this. */
const MAX_QUEUED = 100;

/** Puts `kikubari('track', …)` into the page and replays what the stub has kept. */
export function commandFunction(name: string, site: string, create: () => ReplayClient) {
  const page = window as unknown as { [name: string]: CommandFunction | undefined };
  const stub = page[name];
  if (stub?.version) return warn('included twice');
  if (!site) warn('no data-site');
  let client: ReplayClient | undefined;
  const command: CommandFunction = async (name, ...args) => client?.replay(name, args);
  command.version = '1';
  // Without a prototype, for a page may have put a `get` on every object.
  const descriptor = { __proto__: null, value: command, configurable: true, writable: true };
  Object.defineProperty(page, name, descriptor);
  // From here on there is a command, whatever happens.
  if (site) client = create();
  const queue = stub?.q ?? [];
  for (const [time, url, title, referrer, given] of queue.splice(0, MAX_QUEUED)) {
    const [called, ...args] = [...given];
    void client?.replay(called, args, { time, url, title, referrer });
  }
  client?.missed(queue.length);
}
