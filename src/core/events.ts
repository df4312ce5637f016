/**
 * The wire: what a browser writes into its log and what `POST /v1/batch` carries. What is not sent now can never be asked
 * later, so a field may be added here but never removed, and the collector keeps fields it does not know.
 */

/** A JSON value as it may stand in event properties and visitor attributes. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Event properties or visitor attributes: string keys, JSON values. */
export type Properties = { [key: string]: Json };

/** What an event is for. A purpose the visitor denied is neither stored nor sent (P2). */
export type Purpose = 'measure' | 'personalise' | 'survey' | 'identify';

/** One thing that happened. Its id and its sequence follow from the row it stands in and its index there. */
export interface TrackedEvent {
  /** 1-64 characters; names that start with `$` are the SDK's own. */
  name: string;
  properties?: Properties;
  /** The device's own wall clock when it happened, in ms since 1970, never corrected. */
  time: number;
  /** Absent means `['measure']`. */
  purposes?: Purpose[];
}

/** All events of one turn of the page: one IndexedDB row, one transaction. */
export interface LogRow {
  /** UUIDv7 whose last 16 bits are zero; an event's id is this with its index in those bits, see `eventId`. */
  id: string;
  /** The row's key in the log: device-wide, monotone. With the index it is the event's sequence. */
  key: number;
  /** The log the key counts in. A tab without storage is a stream of its own. */
  stream: string;
  /** The page load the events belong to; ids of one load share it until a route change. */
  page: string;
  /** The session the events belong to. */
  session: string;
  /** `performance.now()` at the commit, in ms, comparable with the envelope's monotonic clock if `origin` is the same. */
  monotonic: number;
  /** Which page load's monotonic clock that was. */
  origin: string;
  events: TrackedEvent[];
}

/** Why an event was not kept or not sent. */
export type DropReason =
  | 'queue_full'
  | 'expired'
  | 'too_large'
  | 'invalid'
  | 'no_consent'
  | 'storage_failed'
  | 'rejected'
  | 'unreadable'
  | 'stub_full';

/** The body of `POST /v1/batch`. Rows of one visitor and user only. */
export interface Batch {
  /** The site's write key. */
  site: string;
  /** The SDK's version, `major.minor.patch`. */
  sdk: string;
  /** Version of the program in force, 0 while there is none. */
  program: number;
  /** The visitor: a UUID. */
  visitor: string;
  /** The user of `identify`, if there is one. */
  user?: string;
  /** `Date.prototype.getTimezoneOffset()`: minutes, positive west of Greenwich. */
  zone: number;
  /** Wall clock and monotonic clock at the moment of sending, in ms. */
  clock: [wall: number, monotonic: number];
  /** The page load whose monotonic clock that is. */
  origin: string;
  /** Cumulative drop counters of this device, events per reason; the collector keeps the maximum of each. */
  dropped: Partial<Record<DropReason, number>>;
  rows: LogRow[];
}

/** Why the collector refused an event: repeating the request cannot help. */
export type RejectCode = 'invalid' | 'too_large' | 'unknown_site' | 'too_old' | 'erased';

/** The collector's answer; only this shape is an acknowledgement. Duplicates count as accepted. */
export interface Receipt {
  /** Number of events now in the collector's keeping. */
  accepted: number;
  rejected: { id: string; code: RejectCode; message?: string }[];
  /** The current program version, so that publishing reaches open pages. */
  program: number;
  commands: Command[];
}

/** What a collector may ask of a device. Unknown commands are ignored. */
export type Command = { name: 'reset-identity' } | { name: string };

/** Limits before work (S11), the same numbers on both sides. */
export const LIMITS = {
  /** Compressed request body, bytes. */
  compressedBytes: 256 * 1024,
  /** Inflated request body, bytes. */
  inflatedBytes: 1024 * 1024,
  /** Events per batch. */
  events: 500,
  /** One event as JSON, bytes. */
  eventBytes: 64 * 1024,
  depth: 8,
  /** Properties per event, nested ones counted. */
  properties: 100,
  keyLength: 64,
  stringLength: 4096,
  /** Of an event's name, in UTF-16 as all lengths of texts here. */
  nameLength: 64,
} as const;

/** The id of the event at `index` of the row: the row's UUIDv7 with the index in its last 16 bits. */
export function eventId(rowId: string, index: number): string {
  return rowId.slice(0, -4) + index.toString(16).padStart(4, '0');
}

/** Whether an event's id is that of one of the row's. */
export const isEventOf = (rowId: string, id: string) => id.startsWith(rowId.slice(0, -4));
