/** The segment language: conditions as JSON. One page of reference is `docs/language.md`. */
import type { Json } from './events.js';

/** A duration as authors write it: a number with `s`, `m`, `h`, `d` or `w`, such as `"30m"` or `"7d"`. */
export type Duration = string;

/** Versions to compare with, by the precedence of Semantic Versioning 2.0.0. */
export interface VersionTest {
  eq?: string;
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
}

/** A moment: an ISO 8601 date, `now`, or a duration with a sign, before or after now: `-30d`, `+3d`. */
export type Moment = string;

/**
 * A value that the site gives for all of its visitors, by its path in the program's `facts`; stands for a number, a text, a list
 * or a duration.
 */
export interface PublicFact {
  public: string;
}

/** Comparisons; all named ones must hold. A missing value satisfies only `exists: false` and `ne`/`nin`. */
export interface Test {
  eq?: Json;
  ne?: Json;
  gt?: number | string | PublicFact;
  gte?: number | string | PublicFact;
  lt?: number | string | PublicFact;
  lte?: number | string | PublicFact;
  in?: Json[] | PublicFact;
  nin?: Json[] | PublicFact;
  /** Substring of a string, or member of an array. */
  contains?: Json;
  startsWith?: string;
  endsWith?: string;
  exists?: boolean;
  /** A regular expression (flag `u`) that cannot take long, see `patternProblem`. */
  matches?: string;
  semver?: VersionTest;
  /** A date, as ISO 8601 or ms since 1970, before, after a moment. */
  before?: Moment;
  after?: Moment;
  /** All values at the path pass, and there is one; what stands beside it is asked of all too. */
  every?: Test;
}

/** Property path (dots, `items[]` for "any element") to test; all must hold. */
export type Where = { [path: string]: Test };

/** Facts of the page now. `query.NAME` reads a query parameter, `utm.source` the same of the landing page. */
export type PageFact = 'url' | 'path' | 'title' | 'referrer' | `query.${string}` | `utm.${string}`;

/** Facts of the device, as the session-start event carries them. */
export type DeviceFact =
  'type' | 'viewportWidth' | 'viewportHeight' | 'language' | 'timeZone' | 'touch' | 'os' | 'browser';

/** Facts of the visit. `number` is 1 in the first session, `pages` counts page views of the session, `seconds` its age. */
export type VisitFact = 'new' | 'number' | 'pages' | 'seconds' | 'landing' | 'source';

/** What a clock on the wall shows: `weekday` 1 (Monday) to 7, `hour` 0 to 23, `date` `2026-05-01`, `time` `09:30`. */
export type TimeFact = 'weekday' | 'hour' | 'date' | 'time';

/**
 * Live facts of the page: dwell seconds, greatest scroll depth in percent, seconds without a sign of life, exit intent, bursts of rage
 * clicks, seconds without one in a form; of the log: returns to a page just left in this session, the value of the cart.
 */
export type SignalFact = 'dwell' | 'scroll' | 'idle' | 'exit' | 'rage' | 'hesitation' | 'backForth' | 'cart';

/** From one moment on, up to but without another; ISO 8601 with zone. One of them at least. */
export interface Between {
  from?: string;
  until?: string;
}

/** Where a behaviour looks: a sliding window back from now, between dates, the running session, or the whole retained past. */
export type Within = Duration | 'session' | 'ever' | Between | PublicFact;

/** An aggregate over past events: how often (or how much) an event happened where its properties match. */
export interface Measured {
  event: string;
  where?: Where;
  /** Default `ever`. */
  within?: Within;
  /** Default `count`. The others need `of`. */
  measure?: 'count' | 'sum' | 'min' | 'max' | 'distinct' | 'most' | 'first' | 'last';
  /** Property path the measure reads; `items[].price` reads every element. */
  of?: string;
}

/** An aggregate, and what it has to be. */
export interface Behaviour extends Measured {
  /** Test of the measured value. Default `{gte: 1}`; `{eq: 0}` is absence. */
  is?: Test;
}

/** One step of a sequence: the event, and the longest time after the step before. */
export interface Step {
  event: string;
  where?: Where;
  /** At most this long after the previous step. */
  within?: Duration | PublicFact;
  /** How many times the step must happen; default 1. */
  count?: number;
}

/** Steps in order of sequence number, others may intervene; then, if given, something that must not have followed. */
export interface Sequence {
  sequence: Step[];
  /** The first step must lie within this window back from now. Default `ever`. */
  within?: Within;
  /** Not seen after the last step: drop-off. */
  thenNot?: { event: string; where?: Where };
}

/** True or false of one visitor at one moment. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { segment: string }
  | { attribute: string; is: Test }
  | { page: PageFact; is: Test }
  | { device: DeviceFact; is: Test }
  | { visit: VisitFact; is: Test }
  | { signal: SignalFact; is: Test }
  /** `zone`: a name of the IANA database; default the visitor's. */
  | { time: TimeFact; zone?: string; is: Test }
  /** What only the server knows of the user: an imported attribute. */
  | { fact: string; is: Test }
  /** Whether the user is in a list of the server's; `is` defaults to `{eq: true}`. */
  | { list: string; is?: Test }
  | Behaviour
  | Sequence;
