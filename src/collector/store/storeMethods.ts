import type { CampaignFile, CampaignStatus, Stop } from '../../core/program.js';
import type { PersonalFacts } from '../../core/decision.js';
import type { Properties } from '../../core/events.js';
import type { CouponPool, CouponUpload, FactsImport } from '../api.js';
import type { FactsEntry } from '../facts/importBody.js';
import type { JournalPosition } from '../journal/segments.js';
import type { ReportName, ReportParams, ReportResult } from '../reports/index.js';
import type { Account, StoredSession } from './accounts.js';
import type { Applied } from './applier.js';
import type { CouponClaim } from './couponClaims.js';
import type { Elsewhere } from './coupons.js';
import type { DropCount } from './dropTable.js';
import type { FactSecret } from './factSecrets.js';
import type { ImportMode, TooLong } from './personalFacts.js';
import type { Change, Site } from './settings.js';
import type { SiteDocuments } from './siteDocuments.js';
import type { StopFound } from './stops.js';

/** A site with everything its program is compiled from. */
export interface LoadedSite extends SiteDocuments {
  site: Site;
  secrets: FactSecret[];
}

/** What the store thread can be asked. Arguments and results are plain data: they cross a thread boundary. */
export interface StoreMethods {
  /** Where the journal has been applied. */
  applied(): Promise<JournalPosition>;
  /** More of the journal is durable; of the segments before it the start could not delete those `undeleted`. */
  advance(until: JournalPosition, undeleted?: readonly number[]): Promise<void>;
  /** What devices have reported to have dropped, as far as it is applied; later reports come with `onApplied`. */
  countDrops(): Promise<DropCount[]>;
  /** Applies all that is durable. */
  flush(): Promise<void>;
  /** Undefined if there is nothing it could be about; `busy` if too many wait for what takes long. */
  report<Name extends ReportName>(
    name: Name,
    site: string,
    params: ReportParams<Name>,
    nowMs?: number,
  ): Promise<ReportResult<Name> | 'busy' | undefined>;
  loadSites(): Promise<LoadedSite[]>;
  ensureSite(key: string, name: string, atMs: number): Promise<void>;
  importCampaigns(change: Change, files: readonly CampaignFile[]): Promise<number>;
  setCampaignStatus(
    change: Change,
    id: string,
    status: CampaignStatus,
  ): Promise<{ status: CampaignStatus; version: number } | undefined>;
  /** Stops the campaigns that have reached what they are to be stopped at; resolves to those that were stopped now. */
  stopCampaigns(atMs: number): Promise<{ site: string; campaign: string; stop: StopFound }[]>;
  /**
   * Gives a campaign other stop conditions, null for none. `passed` if it would be stopped at once, `refused` if it cannot have them.
   * Undefined if there is no such campaign.
   */
  setStop(
    change: Change,
    id: string,
    stop: Stop | null,
  ): Promise<{ version: number } | { passed: StopFound } | { refused: string } | undefined>;
  couponPools(site: string): Promise<CouponPool[]>;
  addCoupons(change: Change, pool: string, codes: readonly string[]): Promise<CouponUpload | Elsewhere>;
  /** Null for each that no code is left for. Resolves when all are on disk. */
  claimCoupons(claims: readonly CouponClaim[], atMs: number): Promise<(string | null)[]>;
  putPublicFacts(change: Change, facts: Properties): Promise<number>;
  /** `tooLong`: a user whose facts, merged, would be more than one may have; then nothing is imported. */
  importFacts(
    change: Change,
    mode: ImportMode,
    entries: readonly FactsEntry[],
  ): Promise<FactsImport | TooLong>;
  personalFactsOf(site: string, user: string): Promise<PersonalFacts>;
  addFactSecret(change: Change, id: string, secret: string): Promise<void>;
  removeFactSecret(change: Change, id: string): Promise<boolean>;
  countAccounts(): Promise<number>;
  findAccount(email: string): Promise<Account | undefined>;
  putAccount(email: string, hash: string, atMs: number): Promise<void>;
  putSession(hash: string, session: StoredSession): Promise<void>;
  findSession(hash: string): Promise<StoredSession | undefined>;
  touchSession(hash: string, seenMs: number): Promise<void>;
  endSession(hash: string, expiredMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Messages between the threads. */
export type ToStore = { id: number; method: keyof StoreMethods; args: unknown[] };
export type FromStore =
  | { kind: 'opened' }
  | { kind: 'failed'; message: string; isClear: boolean }
  | { kind: 'clearError'; id: number; message: string }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; message: string }
  | ({ kind: 'applied' } & Applied)
  | { kind: 'applyFailed' }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; message: string; fields?: { [field: string]: never } };

export interface StoreOptions {
  folder: string;
  journalFolder: string;
  /** See `CollectorLimits`. */
  namesPerSite?: number;
}
