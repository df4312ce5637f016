import { join } from 'node:path';
import { orBusy } from '../evaluate/walk.js';
import type { JournalPosition } from '../journal/segments.js';
import { DEFAULT_LIMITS } from '../limits.js';
import type { Log } from '../log.js';
import { reports } from '../reports/index.js';
import type { Report } from '../reports/report.js';
import * as accounts from './accounts.js';
import { createApplier, type ApplierOptions } from './applier.js';
import { claimCoupons } from './couponClaims.js';
import { addCoupons, couponPools, prepareCoupons } from './coupons.js';
import { prepareStaging } from './stageGroup.js';
import { setCampaignStatus } from './campaignStatus.js';
import { createClocks } from './clocks.js';
import { openDatabase } from './database.js';
import { countDrops } from './dropTable.js';
import { loadEventNames } from './eventNames.js';
import { prepareEvents } from './eventTables.js';
import { addFactSecret, factSecretsOf, prepareFactSecrets, removeFactSecret } from './factSecrets.js';
import { importFacts, personalFactsOf, preparePersonalFacts } from './personalFacts.js';
import { ensureSite, importCampaigns, listSites, prepareSettings, putPublicFacts } from './settings.js';
import { siteDocuments } from './siteDocuments.js';
import type { Sql } from './sql.js';
import { stopMethods } from './stopMethods.js';
import type { LoadedSite, StoreMethods, StoreOptions } from './storeMethods.js';

/** What the engine may use of the machine's memory, MiB. Settings are small; reports that need more spill to disk. */
const SETTINGS_MEMORY_MIB = 64;
const EVENTS_MEMORY_MIB = 256;

/** Opens both database files and answers the store's methods. Runs in the store thread: nothing else opens them. */
export async function openStore(
  options: StoreOptions,
  report: Pick<ApplierOptions, 'onApplied' | 'onFailed'>,
  log: Log,
): Promise<StoreMethods> {
  const settings = await openDatabase(join(options.folder, 'settings.duckdb'), SETTINGS_MEMORY_MIB);
  const events = await openDatabase(join(options.folder, 'events.duckdb'), EVENTS_MEMORY_MIB);
  const documents = await settings.connect(prepareDocuments);
  const people = await settings.connect();
  const desk = await settings.connect(prepareCoupons);
  const facts = await settings.connect(preparePersonalFacts);
  const writer = await events.connect(prepareStaging);
  const reader = await events.connect();
  const tables = await prepareEvents(writer);
  const position = await appliedPosition(writer);
  const applier = createApplier({
    ...options,
    ...report,
    sql: writer,
    tables,
    clocks: createClocks(),
    names: await loadEventNames(writer, options.namesPerSite ?? DEFAULT_LIMITS.namesPerSite),
    position,
    log,
  });
  return {
    ...documentMethods(documents),
    ...accountMethods(people),
    ...couponMethods(desk),
    ...stopMethods({ events: reader, settings: documents }, applier.flush),
    ...factMethods(facts, people),
    applied: async () => position,
    countDrops: () => countDrops(reader),
    advance: async (until, undeleted) => applier.advance(until, undeleted),
    flush: () => applier.flush().then(() => undefined),
    async report(name, site, params, nowMs = Date.now()) {
      const asOf = new Date(await applier.flush()).toISOString();
      const report = reports[name] as unknown as Report<unknown, never>;
      return orBusy(report({ events: reader, settings: documents, site, nowMs, asOf }, params));
    },
    async close() {
      await applier.flush().catch(() => undefined);
      await applier.stop();
      for (const sql of [writer, documents]) await sql.run('CHECKPOINT').catch(() => undefined);
      events.close();
      settings.close();
    },
  };
}

async function prepareDocuments(sql: Sql): Promise<void> {
  await prepareSettings(sql);
  await prepareFactSecrets(sql);
}

async function appliedPosition(sql: Sql): Promise<JournalPosition> {
  const [position] = await sql.rows<JournalPosition>('SELECT segment, "offset" FROM applied');
  return position ?? { segment: 0, offset: 0 };
}

type DocumentMethods = Pick<
  StoreMethods,
  | 'loadSites'
  | 'ensureSite'
  | 'importCampaigns'
  | 'setCampaignStatus'
  | 'putPublicFacts'
  | 'addFactSecret'
  | 'removeFactSecret'
>;

function documentMethods(sql: Sql): DocumentMethods {
  return {
    loadSites: () => loadSites(sql),
    ensureSite: (key, name, atMs) => ensureSite(sql, key, name, atMs),
    importCampaigns: (change, files) => importCampaigns(sql, change, files),
    setCampaignStatus: (change, id, status) => setCampaignStatus(sql, change, id, status),
    putPublicFacts: (change, facts) => putPublicFacts(sql, change, facts),
    addFactSecret: (change, id, secret) => addFactSecret(sql, change, id, secret),
    removeFactSecret: (change, id) => removeFactSecret(sql, change, id),
  };
}

/** Read on another connection than they are written: on that of an import that is under way a reader would see half of it. */
function factMethods(writer: Sql, reader: Sql): Pick<StoreMethods, 'importFacts' | 'personalFactsOf'> {
  return {
    importFacts: (change, mode, entries) => importFacts(writer, change, mode, entries),
    personalFactsOf: (site, user) => personalFactsOf(reader, site, user),
  };
}

type AccountMethods = Pick<
  StoreMethods,
  | 'countAccounts'
  | 'findAccount'
  | 'putAccount'
  | 'putSession'
  | 'findSession'
  | 'touchSession'
  | 'endSession'
>;

function accountMethods(sql: Sql): AccountMethods {
  return {
    countAccounts: () => accounts.countAccounts(sql),
    findAccount: (email) => accounts.findAccount(sql, email),
    putAccount: (email, hash, atMs) => accounts.putAccount(sql, email, hash, atMs),
    putSession: (hash, session) => accounts.putSession(sql, hash, session),
    findSession: (hash) => accounts.findSession(sql, hash),
    touchSession: (hash, seenMs) => accounts.touchSession(sql, hash, seenMs),
    endSession: (hash, expiredMs) => accounts.endSession(sql, hash, expiredMs),
  };
}

function couponMethods(sql: Sql): Pick<StoreMethods, 'couponPools' | 'addCoupons' | 'claimCoupons'> {
  return {
    couponPools: (site) => couponPools(sql, site),
    addCoupons: (change, pool, codes) => addCoupons(sql, change, pool, codes),
    claimCoupons: (claims, atMs) => claimCoupons(sql, claims, atMs),
  };
}

async function loadSites(sql: Sql): Promise<LoadedSite[]> {
  const sites = await listSites(sql);
  return Promise.all(
    sites.map(async (site) => ({
      site,
      ...(await siteDocuments(sql, site.key)),
      secrets: await factSecretsOf(sql, site.key),
    })),
  );
}
