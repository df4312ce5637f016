import type { Finding, Gate } from '../core/decision.js';
import type { DropReason, Purpose } from '../core/events.js';

/** What `init` and `createClient` take. */
export interface ClientOptions {
  /** The site's write key. */
  site: string;
  /** Origin (and path prefix) of the collector, such as `https://events.example.com`. */
  endpoint: string;
  /** `'required'`: nothing is stored or sent before `consent({...})` grants something. */
  consent?: 'required';
  /**
   * A parent domain of all hosts that shall know one visitor, such as `example.com`: a cookie there then holds the visitor's
   * random id. Without it no cookie is set, and each host has visitors of its own.
   */
  cookieDomain?: string;
}

/**
 * What became of one call. With `durable: true` the event is on disk and reaches the collector exactly once, unless the
 * browser deletes the site's storage or it stays unsent for 30 days.
 */
export type TrackResult =
  { id: string; durable: true } | { id?: string; durable: false; reason: DropReason | 'no_storage' | 'off' };

/** Which purposes the visitor grants; the ones left out keep their state. */
export type ConsentChoice = Partial<Record<Purpose, boolean>>;

/** Things that happen to messages, for `on` and `off`. */
export interface MessageNotice {
  campaign: string;
  variant?: string;
  /** `shown`: how many of its blocks were left out, for this version of the SDK cannot show them or the site does not allow it */
  omitted?: number;
  /** `clicked`: the button. */
  button?: string;
  /** `answered`: the question and its value. */
  question?: string;
  value?: unknown;
  /** `closed`: what closed it. */
  reason?: string;
  /** `suppressed`: the first gate that failed. */
  /** or `overlay` (something else is open), `place` (there is no room for it on this page), `content` (it could not be put up) */
  gate?: Gate | 'overlay' | 'place' | 'content';
  /** `called`: the name of a `call` button. */
  name?: string;
}
export type Notice = 'shown' | 'clicked' | 'answered' | 'closed' | 'called' | 'suppressed';
export type Listener = (notice: MessageNotice) => void;

/** The answer to "why is it (not) shown?". */
export interface Explanation {
  campaign: string;
  /** Whether the campaign would be exposed (any arm but the control group) now. */
  shown: boolean;
  /** The first failing gate, null if none failed. */
  gate: Gate | null;
  findings: Finding[];
  sentences: { en: string[]; ja: string[] };
}

/** Where a call was made: the queue stub keeps it for calls made before the script arrived. */
export interface Moment {
  time: number;
  url?: string;
  title?: string;
  referrer?: string;
}
