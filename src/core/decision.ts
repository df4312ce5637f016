/** What `decide` reads and answers. No clock, no randomness, no DOM: everything it may know is an argument. */
import type { Behaviour, Sequence, Where, Within } from './conditions.js';
import type { Scope } from './evaluate.js';
import type { Json, Properties, Purpose, TrackedEvent } from './events.js';
import type { Trigger } from './program.js';
import type { PrunedEvents } from './tallies.js';

/** A past event with its place in the order. */
export interface PastEvent extends TrackedEvent {
  id: string;
  /** Position in the device's log: row key, then index. Order is this, never the clock. */
  sequence: [key: number, index: number];
  session: string;
}

/** The device's past as conditions may ask it; `createPast` keeps one. Atoms are numbered by the rules it was made for. */
export interface Past {
  /** What an atom says at `now`, in that session. */
  read(atom: number, now: number, session: string): Json | undefined;
  /** Row key of the event that `read` speaks of, where there is one. */
  row(atom: number, now: number, session: string): number | undefined;
  /** What stands behind the value of `read`, of atoms that have something to say of that; see `Measure`. */
  parts(atom: number, now: number, session: string): Json[];
  /** Row key of that session's first event: rows before it are of other sessions. 0 if that is not there any more. */
  sessionRow(session: string): number;
  /** What retention left of older events; absent if all of the past is there. */
  pruned?: PrunedPast;
}

/** The part of the past of which only tallies are left; `recall` makes it. */
export interface PrunedPast {
  /** What is left of the events of that name. */
  before(name: string): readonly PrunedEvents[];
  /** The most of those events that may match and lie in the window. */
  most(name: string, where: Where | undefined, within: Within | undefined, scope: Scope): number;
  /** The most attention that those of its exposures may have cost that may lie in the window. */
  attention(within: Within | undefined, scope: Scope): number;
  /**
   * A condition's answer and finding once the pruned events are counted in, given those of the retained ones. Where tallies
   * cannot tell the answer is `otherwise`, and the finding says up to when the past is unknown. `row` answers the row key of the
   * event a behaviour measured, or of the first one a sequence may have begun with (`Infinity` if there is none), `atom` is a
   * behaviour's own.
   */
  complete(
    condition: Behaviour | Sequence,
    scope: Scope,
    passed: boolean,
    found: Json[],
    otherwise: boolean,
    row: () => number,
    atom?: number,
  ): [passed: boolean, found: Json[]];
}

/** What only the server knows of a user. */
export interface PersonalFacts {
  facts: Properties;
  /** Those that the user is in. */
  lists: string[];
}

/** Facts of this moment. Absent ones make conditions over them false. */
export interface Facts {
  visitor: string;
  user?: string;
  attributes: Properties;
  consent: readonly Purpose[];
  page: { url: string; title?: string; referrer?: string };
  /** Device, landing page and source as the session-start event has them. */
  device: Properties;
  visit: {
    session: string;
    number: number;
    pages: number;
    startedAt: number;
    landing?: string;
    source?: string;
  };
  /** All but the first two are absent where nothing on the page listens for them. */
  signals: {
    dwell: number;
    scroll: number;
    idle?: number;
    exit?: boolean;
    rage?: number;
    hesitation?: number;
  };
  /** Absent while they are not known: nobody is identified, or the server has not answered for this user. */
  personal?: PersonalFacts;
}

/** The moment a trigger fires. */
export interface Occasion {
  /** Wall clock, ms. */
  now: number;
  trigger: Trigger['on'] | 'delay';
  /**
   * For `event`: the event; for `visible` and `hesitation`: the selector; for `dwell`, `idle` and `hesitation`: how long the trigger
   * waits, s; for `scroll`: how far, percent; for `manual` and `delay`: the campaign asked for, or due.
   */
  event?: TrackedEvent;
  selector?: string;
  seconds?: number;
  percent?: number;
  campaign?: string;
}

/** In the order they are checked. */
export const GATES = [
  'status',
  'schedule',
  'consent',
  'trigger',
  'audience',
  'frequency',
  'group',
  'priority',
  'assignment',
] as const;
export type Gate = (typeof GATES)[number];

/** What was compared and what was found, for `explain`. */
export interface Finding {
  gate: Gate;
  passed: boolean;
  /** JSON path into the campaign, such as `audience.all[1]`. */
  path: string;
  /** What the rule asks, verbatim from the document; beside the name of a public fact stands its `value`. */
  expected: Json;
  /** What was there. In place of personal facts that are not known, why they are not. */
  found: Json;
}

export interface Verdict {
  campaign: string;
  /** The first failing gate, null if none failed. */
  gate: Gate | null;
  /** Set when every gate up to assignment passed; `control` sees nothing and is counted. */
  variant?: string;
}

export interface Decision {
  /** The campaign to expose now, or null. `variant` may be `control`. */
  winner: { campaign: string; variant: string } | null;
  /** Of the campaigns one of whose triggers may have fired; only these can win. */
  judged: readonly Verdict[];
  /** Of all campaigns; made when it is asked for, because most campaigns have nothing to do with most occasions. */
  readonly verdicts: readonly Verdict[];
}
