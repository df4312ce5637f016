import type { ReplayClient } from './client.js';

/** Calls kept by the stub before the script arrived: its own time and page with each. */
type Queued = [time: number, url: string, title: string, referrer: string, args: ArrayLike<unknown>];

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
  const warn = (text: string) => console.warn('kikubari: ' + text);
  const stub = page[name];
  if (stub?.version) return warn('included twice');
  if (!site) warn('no data-site');
  const client = site ? create() : undefined;
  const dispatch = (command: unknown, args: unknown[], moment?: Parameters<ReplayClient['replay']>[2]) => {
    const result = client?.replay(String(command), args, moment);
    if (client && !result) warn(`no "${String(command)}"`);
    return result ?? Promise.resolve();
  };
  const command: CommandFunction = (name, ...args) => dispatch(name, args);
  command.version = '1';
  Object.defineProperty(page, name, { value: command, configurable: true, writable: true });
  const queue = stub?.q ?? [];
  for (const [time, url, title, referrer, given] of queue.splice(0, MAX_QUEUED)) {
    const [called, ...args] = Array.from(given ?? []);
    void dispatch(called, args, { time, url, title, referrer });
  }
  client?.missed(queue.length);
}
