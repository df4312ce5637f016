/**
 * Atoms: all that conditions, caps, groups and arms ask of the past, each question once however many campaigns share it. An atom's
 * state is brought up to date by the events that concern it, and answers at any later moment, whatever the clock did meanwhile.
 */
import { AUTOMATIC } from './automatic.js';
import type { Behaviour, Where } from './conditions.js';
import type { PastEvent } from './decision.js';
import type { Json } from './events.js';
import { MEASURES, type Measured } from './measures.js';
import { readPath } from './path.js';
import { matcher } from './test.js';
import { limitMs } from './window.js';

/** What an atom knows of the past so far. */
export interface AtomState {
  /** Takes the next event in order of sequence. */
  fold(event: PastEvent, place: number): void;
  /** Undefined if there is nothing to measure. */
  read(now: number, session: string): Json | undefined;
  /** Row key of the event that `read` speaks of; of `first` and `last` only. */
  key(now: number, session: string): number | undefined;
  /** Lets go of what left the window long ago. Answers up to which moment it can no longer be asked for that. */
  trim(now: number): number | undefined;
  /** Plain data for `create`. */
  save(): Json;
}

export interface Atom {
  /** The same for atoms that ask the same. */
  key: string;
  /** Which events concern it, see `dispatchKeys`. */
  concerns: readonly string[];
  /** A new state, or what `save` made of one. Throws if that is damaged. */
  create(saved?: Json): AtomState;
}

/**
 * What leaves a window is kept this much longer, ms: a clock that is put right by less changes nothing. After a greater jump back
 * the state says that it cannot answer (`Past.serves`), and is built anew from the log.
 */
const MARGIN_MS = 86_400_000;

/**
 * States of this many sessions are kept, those with the latest events: only the running one is ever asked for, and tabs may
 * differ in which that is.
 */
const SESSIONS = 8;

/** The place of an event as one number; a row has less than 2^16 events. */
export const placeOf = ({ sequence: [key, index] }: PastEvent) => key * 65_536 + index;
const keyOf = (place: number) => Math.floor(Math.abs(place) / 65_536);

/** JSON of equal conditions is equal: keys in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner == 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Under which keys atoms may wait for an event: its name, and of the SDK's own the campaign it is about. */
export function dispatchKeys({ name, properties }: PastEvent): string[] {
  return name[0] == '$' && properties?.campaign ? [name, `${name} ${properties.campaign as string}`] : [name];
}

function concernOf(event: string, where: Where = {}): string {
  const campaign = where.campaign?.eq;
  return event[0] == '$' && campaign && typeof campaign == 'string' ? `${event} ${campaign}` : event;
}

/** States by session. */
export function bySession<T>(saved: Json | undefined, create: (saved?: Json) => T) {
  const states = new Map(
    ((saved ?? []) as [string, Json][]).map(([session, inner]) => [session, create(inner)]),
  );
  return {
    of: (session: string) => states.get(session),
    all: () => states.values(),
    /** For an event of the session. */
    use(session: string): T {
      const state = states.get(session) ?? create();
      states.delete(session);
      states.set(session, state);
      if (states.size > SESSIONS) states.delete(states.keys().next().value!);
      return state;
    },
    save: (saveOf: (state: T) => Json): Json =>
      [...states].map(([session, state]): Json => [session, saveOf(state)]),
  };
}

/** What a behaviour measures of its event. Measures are not checked here: see `evaluate.ts` for those a condition may name. */
export function behaviourAtom({ event, where, within = 'ever', measure = 'count', of }: Behaviour): Atom {
  const path = measure == 'count' ? undefined : of;
  return measureAtom(event, where, within, measure, path, (past) =>
    path === undefined ? [null] : readPath(past.properties, path),
  );
}

/** The campaigns exposed in a session, in order: for caps and groups. One for all, so that a new campaign asks nothing new. */
export const exposedAtom = () =>
  behaviourAtom({
    event: AUTOMATIC.exposure,
    within: 'session',
    measure: 'list' as 'first',
    of: 'campaign',
  });

/** The arm of each campaign's first exposure. */
export const armsAtom = () =>
  measureAtom(AUTOMATIC.exposure, undefined, 'ever', 'firsts', 'variant', ({ properties = {} }) => [
    [properties.campaign ?? null, properties.variant ?? null],
  ]);

/** The last event of a name, whole. */
export function lastEventAtom(name: string): Atom {
  return measureAtom(name, undefined, 'ever', 'last', '*', (past) => [past as unknown as Json]);
}

function measureAtom(
  event: string,
  where: Where | undefined,
  within: string,
  measure: string,
  of: string | undefined,
  valuesOf: (past: PastEvent) => Json[],
): Atom {
  const matches = matcher(event, where);
  const isSession = within == 'session';
  const limit = isSession ? Infinity : limitMs(within);
  const isEver = limit == Infinity;
  const question: Question = {
    limit,
    create: (saved) => MEASURES[measure]!(saved as never, isEver),
    add(measured, past, place) {
      measured.add(isEver ? 0 : past.time, place, valuesOf(past));
    },
    matches,
  };
  return {
    key: canonical([event, where ?? {}, isSession || (isEver ? 'ever' : limit), measure, of ?? null]),
    concerns: [concernOf(event, where)],
    create: (saved) => (isSession ? inSession : inWindow)(question, saved),
  };
}

interface Question {
  matches: (past: PastEvent) => boolean;
  /** How far back the window reaches, ms. */
  limit: number;
  create: (saved?: Json) => Measured;
  add: (measured: Measured, past: PastEvent, place: number) => void;
}

const rowOf = (place: number | undefined) => (place === undefined ? undefined : keyOf(place));

function inSession({ matches, create, add }: Question, saved?: Json): AtomState {
  const sessions = bySession(saved, create);
  const none = create();
  const of = (session: string) => sessions.of(session) ?? none;
  return {
    fold(past, place) {
      if (matches(past)) add(sessions.use(past.session), past, place);
    },
    read: (_, session) => of(session).read(-Infinity),
    key: (_, session) => rowOf(of(session).place(-Infinity)),
    trim: () => undefined,
    save: () => sessions.save((measured) => measured.save()),
  };
}

function inWindow({ matches, limit, create, add }: Question, saved?: Json): AtomState {
  const measured = create(saved);
  return {
    fold(past, place) {
      if (matches(past)) add(measured, past, place);
    },
    read: (now) => measured.read(now - limit),
    key: (now) => rowOf(measured.place(now - limit)),
    trim(now) {
      const dropped = limit < Infinity ? measured.drop(now - limit - MARGIN_MS) : undefined;
      return dropped === undefined ? undefined : dropped + limit;
    },
    save: () => measured.save(),
  };
}
