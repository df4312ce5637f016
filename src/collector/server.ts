import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { CampaignFile } from '../core/program.js';
import { hashPassword, randomPassword } from './auth/passwords.js';
import { ClearError, systemCode } from './clearError.js';
import { createCounters } from './counters.js';
import { createApp } from './http/app.js';
import { openIntake } from './intake.js';
import { DEFAULT_LIMITS, type CollectorLimits } from './limits.js';
import { createLog, logToStderr, type LogSink } from './log.js';
import { createPrograms } from './programs.js';
import { startStopWatch } from './stopWatch.js';
import { lockDataFolder } from './store/dataFolder.js';
import type { Store } from './store/storeClient.js';
import { readVersion } from './version.js';

export interface ServerOptions {
  /** 0 for any free port. */
  port: number;
  /** Default 127.0.0.1: nothing outside this machine. */
  host?: string;
  dataDir: string;
  /** Built SDK files. */
  sdkDir: string;
  /** Built console. */
  consoleDir: string;
  site: { key: string; name: string };
  /** Checked campaign files, written when the site has no campaigns yet. */
  campaigns?: CampaignFile[];
  /** A folder of pages to serve beside the collector. */
  extraStatic?: { prefix: string; dir: string };
  /** Where `/` leads; default `/console/`. */
  root?: string;
  /** Proxy hops whose X-Forwarded-For is believed. */
  trustProxy?: number;
  /** What it takes before it says 503 or 429; the rest as in `DEFAULT_LIMITS`. */
  limits?: Partial<CollectorLimits>;
  /** Lets whoever sends `Authorization: Bearer` with it read `/metrics`; without one only this machine may. */
  metricsToken?: string | undefined;
  /** Where structured log lines go; `false` for nowhere. Default standard error. */
  log?: LogSink | false;
  /** The least time between two looks at stop conditions, ms; default 5,000. */
  stopPauseMs?: number;
  /** The built store thread, where it does not lie beside this file. */
  storeThread?: URL;
}

export interface RunningServer {
  url: string;
  /** Only at the first start with this data folder: the password is stored nowhere. */
  firstAdmin?: { email: string; password: string };
  /** For tests: requests without a socket. */
  app: FastifyInstance;
  /** Stops accepting, drains, closes the store, gives the folder free. */
  close(): Promise<void>;
}

export const ADMIN_EMAIL = 'admin@localhost';

/** Starts a collector. What a person must put right (port, folder, damage) is thrown as a ClearError. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const dataDir = resolve(options.dataDir);
  const release = await lockDataFolder(dataDir);
  const opened: (() => Promise<unknown>)[] = [release];
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return await open({ ...options, dataDir }, opened, closeAll);
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

async function open(
  options: ServerOptions,
  opened: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<RunningServer> {
  const log = createLog(options.log ?? logToStderr);
  const threadFile = options.storeThread ?? new URL('./storeThread.js', import.meta.url);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const counters = createCounters();
  const intake = await openIntake({ folder: options.dataDir, threadFile, limits, counters, log }, opened);
  const firstAdmin = await prepare(intake.store, options);
  const programs = await createPrograms(intake.store);
  const app = await createApp({
    ...intake,
    counters,
    limits,
    metricsToken: options.metricsToken,
    programs,
    log,
    version: readVersion(),
    trustProxy: options.trustProxy ?? 0,
    sdkDir: options.sdkDir,
    consoleDir: options.consoleDir,
    extraStatic: options.extraStatic,
    root: options.root ?? '/console/',
  });
  opened.push(() => app.close());
  const url = await listen(app, options, limits);
  const { stopPauseMs: pauseMs } = options;
  opened.push(startStopWatch({ store: intake.store, programs, counters, log, ...(pauseMs && { pauseMs }) }));
  // Only now: a start that found its port occupied shows no password, and the next one would not either.
  if (firstAdmin) await storeAccount(intake.store, firstAdmin);
  log.info('listening', { url, version: readVersion() });
  return { url, app, close: closeAll, ...(firstAdmin && { firstAdmin }) };
}

/** First start: the site and its campaigns; resolves to the administrator to make, if there is none. */
async function prepare(
  store: Store,
  { site, campaigns = [] }: ServerOptions,
): Promise<RunningServer['firstAdmin']> {
  const atMs = Date.now();
  await store.ensureSite(site.key, site.name, atMs);
  const known = (await store.loadSites()).find((one) => one.site.key === site.key);
  if (campaigns.length > 0 && known?.campaigns.length === 0) {
    await store.importCampaigns({ site: site.key, actor: 'first start', atMs }, campaigns);
  }
  if ((await store.countAccounts()) > 0) return undefined;
  return { email: ADMIN_EMAIL, password: randomPassword() };
}

async function storeAccount(
  store: Store,
  { email, password }: NonNullable<RunningServer['firstAdmin']>,
): Promise<void> {
  await store.putAccount(email, await hashPassword(password), Date.now());
}

async function listen(
  app: FastifyInstance,
  { host = '127.0.0.1', port }: ServerOptions,
  { connections }: CollectorLimits,
): Promise<string> {
  try {
    // Node lets 511 wait to be accepted; of a thousand that come at once the system then resets some and makes others wait for seconds.
    return await app.listen({ host, port, backlog: connections });
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE') {
      throw new ClearError(
        `Port ${port} is already in use; choose another one with --port, for example --port ${port + 1}.`,
      );
    }
    if (systemCode(error) === 'EACCES') {
      throw new ClearError(
        `Port ${port} may not be used by this account; choose one above 1023 with --port.`,
      );
    }
    if (systemCode(error) === 'EADDRNOTAVAIL' || systemCode(error) === 'ENOTFOUND') {
      throw new ClearError(`This machine has no address ${host}; choose another one with --host.`);
    }
    throw error;
  }
}
