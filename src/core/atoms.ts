/**
 * Atoms: all that conditions, caps, groups and arms ask of the past, each question once however many campaigns share it. An atom's
 * state is plain data that the events which concern it bring up to date; it answers at any later moment, whatever the clock did
 * meanwhile.
 */
import { AUTOMATIC } from './automatic.js';
import type { Behaviour, Where, Within } from './conditions.js';
import type { PastEvent } from './decision.js';
import type { Json } from './events.js';
import { MEASURES, NO_BOUND, type Measure } from './measures.js';
import { readPath } from './path.js';
import { matcher } from './test.js';
import { UnknownOperator } from './unknownOperator.js';
import { isBetween, windowOf } from './window.js';

export interface Atom<State = never> {
  /** The same for atoms that ask the same. */
  key: string;
  /** Which events concern it, see `dispatchKeys`. */
  concerns: readonly string[];
  empty: () => unknown;
  /** Takes the next event in order of sequence. */
  fold(state: State, event: PastEvent, place: number): void;
  /** Undefined if there is nothing to measure. */
  read(state: State, now: number, session: string): Json | undefined;
  /** Row key of the event that `read` speaks of; of `first` and `last` only. */
  row?(state: State, now: number, session: string): number | undefined;
  /** What stands behind the value of `read`, see `Measure`. */
  parts?(state: State, now: number, session: string): Json[] | undefined;
  /** Lets go of what left the window long ago. Answers up to which moment it can no longer be asked for that. */
  trim?(state: State, now: number): number | undefined;
}

/**
 * What leaves a window is kept this much longer, ms: a clock that is put right by less changes nothing. After a greater jump back
 * the past says that it cannot answer (`FoldedPast.serves`), and is built anew from the log.
 */
const MARGIN_MS = 86_400_000;

/**
 * States of this many sessions are kept, those with the latest events: only the running one is ever asked for, and tabs may
 * differ in which that is.
 */
const SESSIONS = 8;

/** A row has less events than this. */
const ROW = 65_536;

/** The place of an event in the log as one number. */
export const placeOf = ({ sequence: [key, index] }: PastEvent) => key * ROW + index;

/** Under which keys atoms may wait for an event: its name, and of the SDK's own the campaign it is about. */
export function dispatchKeys({ name, properties }: PastEvent): string[] {
  const campaign = properties?.campaign;
  // A site's own event may have anything there, also what has no text.
  return name[0] == '$' && typeof campaign == 'string' ? [name, `${name} ${campaign}`] : [name];
}

function concernOf(event: string, where: Where = {}): string {
  const campaign = where.campaign?.eq;
  return event[0] == '$' && campaign && typeof campaign == 'string' ? `${event} ${campaign}` : event;
}

/** States by session, that with the latest event last. */
export type Sessions<State> = [session: string, state: State][];

export const inSession = <State>(sessions: Sessions<State>, session: string) =>
  sessions.find(([id]) => id == session)?.[1];

/** The state of a session that has an event. */
export function useSession<State>(sessions: Sessions<State>, session: string, empty: () => State): State {
  const at = sessions.findIndex(([id]) => id == session);
  const state = at < 0 ? empty() : sessions.splice(at, 1)[0]![1];
  sessions.push([session, state]);
  if (sessions.length > SESSIONS) sessions.shift();
  return state;
}

/** What a behaviour measures of its event, by one of the measures that every program needs or by the given one. */
export function behaviourAtom(
  { event, where, within, measure = 'count', of }: Behaviour,
  how: Measure = MEASURES.count!,
): Atom {
  const path = measure == 'count' ? undefined : of;
  if (path !== undefined && typeof path != 'string') throw new UnknownOperator('of');
  return measureAtom(event, where, within, measure, path, how, (past) =>
    path === undefined ? [null] : readPath(past.properties, path),
  );
}

/** The campaigns exposed in a session, in order: for caps and groups. One for all, so that a new campaign asks nothing new. */
export const exposedAtom = () =>
  measureAtom(AUTOMATIC.exposure, undefined, 'session', 'list', 'campaign', MEASURES.list!, (past) =>
    readPath(past.properties, 'campaign'),
  );

/** The campaigns of a group exposed in a session, in order. */
export const groupAtom = (group: string) =>
  measureAtom(
    AUTOMATIC.exposure,
    { group: { eq: group } },
    'session',
    'list',
    'campaign',
    MEASURES.list!,
    (past) => readPath(past.properties, 'campaign'),
  );

/** The arm of each campaign's first exposure. */
export const armsAtom = () =>
  measureAtom(
    AUTOMATIC.exposure,
    undefined,
    'ever',
    'firsts',
    'variant',
    MEASURES.firsts!,
    ({ properties: { campaign, variant } = {} }) =>
      typeof campaign == 'string' ? [[campaign, variant ?? null]] : [],
  );

/** Row keys of the events that began a session. */
export const sessionStartAtom = () =>
  measureAtom(AUTOMATIC.sessionStart, undefined, 'session', 'list', 'key', MEASURES.list!, (past) => [
    past.sequence[0],
  ]);

/** The last event of a name, whole. */
export const lastEventAtom = (name: string) =>
  measureAtom(name, undefined, 'ever', 'latest', '*', MEASURES.latest!, (past) => [past as unknown as Json]);

/** What a measure makes of the values that are found in each event; `name` and `of` say of which. */
export function measureAtom(
  event: string,
  where: Where | undefined,
  within: Within | undefined,
  name: string,
  of: string | undefined,
  measure: Measure,
  valuesOf: (past: PastEvent) => Json[],
): Atom {
  const matches = matcher(event, where);
  const window = windowOf(within);
  const { isSession, limit } = window;
  const isEver = limit == Infinity;
  const none = measure.empty() as never;
  const stateIn = (state: Sessions<never>, session: string) =>
    isSession ? (inSession(state, session) ?? none) : (state as never);
  return {
    // With keys as they are written: an operand with others is another one.
    key: JSON.stringify([event, where ?? {}, isEver ? (within ?? 'ever') : limit, name, of ?? null]),
    concerns: [concernOf(event, where)],
    empty: isSession ? () => [] : measure.empty,
    fold(state, past, place) {
      if (isBetween(window, past.time) && matches(past))
        measure.add(
          isSession ? (useSession(state, past.session, measure.empty) as never) : state,
          isEver ? NO_BOUND : past.time,
          place,
          valuesOf(past),
        );
    },
    read: (state, now, session) => measure.read(stateIn(state, session), now - limit),
    row(state, now, session) {
      const place = measure.place?.(stateIn(state, session), now - limit);
      return place === undefined ? place : Math.floor(Math.abs(place) / ROW);
    },
    parts: (state, now, session) => measure.parts?.(stateIn(state, session), now - limit),
    trim(state, now) {
      const dropped = isEver ? undefined : measure.drop?.(state, now - limit - MARGIN_MS);
      return dropped === undefined ? dropped : dropped + limit;
    },
  };
}
