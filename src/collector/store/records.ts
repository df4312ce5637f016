import { AUTOMATIC } from '../../core/automatic.js';
import { UUID } from '../ingest/shapes.js';
import { knownReason } from './dropTable.js';
import { eventAt, indexAt, readEntry, type JournalEntry } from './journalEntry.js';

/** What the store needs of a batch besides its events; the batch itself is let go, hundreds of them would be copied about by V8. */
export interface SeenBatch {
  visitor: bigint;
  site: string;
  /** The visitor's UUID, and the user it was identified as. */
  id: string;
  user: string | null;
  /** Least and greatest corrected time of its events; Infinity and less than that if it has none. */
  first: number;
  last: number;
  drops: DropTotal[];
  receivedAt: number;
}

/** Events the device dropped since it exists, for one reason. */
export interface DropTotal {
  /** The stream of its log, which outlives a change of visitor; the visitor's UUID where no row of a batch told it. */
  device: string;
  reason: string;
  total: number;
}

/** A record that cannot become rows, whatever is tried: it must not stop those behind it. */
export interface Unreadable {
  json: Buffer;
  /** The error's name: its message may quote the payload. */
  reason: string;
}

/** One record of the journal, if it is sound. */
export function readRecord(json: Buffer): JournalEntry | Unreadable {
  try {
    const entry = readEntry(json);
    requireSound(entry);
    return entry;
  } catch (error) {
    return { json, reason: error instanceof Error ? error.name : 'unknown' };
  }
}

const uuid = new RegExp(UUID);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown) => typeof value === 'string';

/** The checks in front of the journal make this hold. An error of ours there must not stop the store here. */
function requireSound(entry: JournalEntry): void {
  const { batch, receivedAt, stream = '' } = entry;
  const { site, visitor, user = '', program, zone, clock, dropped } = batch;
  require(isCount(receivedAt) && isText(site) && uuid.test(visitor) && isText(user) && isCount(program));
  require(isText(stream));
  require(
    Number.isFinite(zone) && clock.every(Number.isFinite) && typeof dropped === 'object' && dropped !== null,
  );
  for (const row of batch.rows) {
    const { id, key, session, page, stream, monotonic, events } = row;
    require(uuid.test(id) && isCount(key) && isText(session) && isText(page) && isText(stream));
    require(Number.isFinite(monotonic));
    for (let place = 0; place < events.length; place++) {
      const { name, time, properties = {}, purposes = [] } = eventAt(entry, row, place);
      require(indexAt(entry, row, place) < 65_536 && isText(name) && isCount(Math.round(time)));
      require(typeof properties === 'object' && properties !== null && Array.isArray(purposes));
    }
  }
}

function require(holds: boolean): void {
  if (!holds) throw new TypeError('not a batch');
}

/** What is needed of a batch besides its events, which `seen` sums up. */
export function seenBatch(
  entry: JournalEntry,
  visitor: bigint,
  seen: { first: number; last: number },
): SeenBatch {
  const { site, visitor: id, user, dropped } = entry.batch;
  const device = entry.batch.rows[0]?.stream ?? entry.stream ?? id;
  const totals = new Map<string, number>();
  for (const [name, total] of Object.entries(dropped)) {
    const reason = knownReason(name);
    if (isCount(total) && total > 0) totals.set(reason, (totals.get(reason) ?? 0) + total);
  }
  const drops = [...totals].map(([reason, total]) => ({ device, reason, total }));
  const { first, last } = seen;
  return {
    visitor,
    site,
    id,
    user: user ?? identifiedIn(entry),
    first,
    last,
    drops,
    receivedAt: entry.receivedAt,
  };
}

function identifiedIn(entry: JournalEntry): string | null {
  for (const row of entry.batch.rows) {
    for (let place = 0; place < row.events.length; place++) {
      const { name, properties } = eventAt(entry, row, place);
      const user = name === AUTOMATIC.identify ? properties?.['user'] : undefined;
      if (typeof user === 'string' && user !== '') return user;
    }
  }
  return null;
}
