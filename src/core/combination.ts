/**
 * Triggers that wait for several things together. What they wait for is in the log, so it may be spread over pages: whether it has
 * come together, and how long ago, is asked of the past like everything else.
 */
import { inSession, useSession, type Atom, type Sessions } from './atoms.js';
import { AUTOMATIC } from './automatic.js';
import type { Where } from './conditions.js';
import type { Occasion, PastEvent } from './decision.js';
import { durationMs } from './duration.js';
import type { Json, Properties, TrackedEvent } from './events.js';
import type { Faults, Register } from './evaluate.js';
import type { Context, Tools } from './gates.js';
import type { CombinedTrigger, Combination, Trigger } from './program.js';
import { ALL_TRIGGERS, isLive } from './liveTriggers.js';
import { backForthAtom, type Returned } from './logSignals.js';
import { matcher } from './test.js';
import { readTrigger, type Fires } from './trigger.js';
import { checkSays } from './types.js';
import { UnknownOperator } from './unknownOperator.js';
import { windowOf } from './window.js';

/** What a signal may wait for, and under which names its event says which threshold it was. */
const SAYS: { [on: string]: string } = {
  dwell: 'seconds',
  scroll: 'percent',
  exit: '',
  visible: 'selector',
  idle: 'seconds',
  rage: '',
  backForth: 'times',
  hesitation: 'seconds selector',
};

/** What the event of a signal says, of all that may be said. */
export function saidBy(on: string, said: { [name: string]: Json | undefined }): Properties {
  const names = (SAYS[on] ?? '').split(' ').filter((name) => said[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, said[name]!]));
}

/** The event that says that a signal was given; the SDK writes it where a combination waits for it. */
export const signalEvent = (on: string) =>
  `$signal_${on.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;

/** The event that says that a delay is over: {campaign}. */
export const DELAY_EVENT = signalEvent('delay');

/** The event of a part. Throws `UnknownOperator`. */
function signOf(part: CombinedTrigger): [event: string, where: Where | undefined] {
  const { on, page } = part;
  readTrigger(part, ALL_TRIGGERS);
  if (on == 'event') {
    if (page !== undefined) throw new UnknownOperator('page');
    return [part.event, part.where];
  }
  if ((on as string) == 'manual') throw new UnknownOperator(on);
  const where: Where = page !== undefined ? { path: page } : {};
  for (const [name, wanted] of Object.entries(saidBy(on, part as unknown as Properties)))
    // A return is a later one as well.
    where[name] = name == 'times' ? { gte: wanted as number } : { eq: wanted };
  return [on == 'page' ? AUTOMATIC.pageView : signalEvent(on), where];
}

export const isCombination = (trigger: Trigger): trigger is Combination =>
  trigger.on == 'all' || trigger.on == 'then';

/** How far it has come in one session. */
interface Progress {
  /** Time and name of the last event that completed it. */
  done?: [time: number, name: string];
  /** Since when it waits, ms: the first completion after the last exposure, or after the last delay that was over. */
  since?: number;
  /** Time of the event by which a delay was over that no exposure has followed. */
  over?: number;
}

interface State {
  /** Of each part the latest time; of `then` that of the first one, in the latest beginning that came so far. By session if it has to be one. */
  parts: Sessions<(number | null)[]>;
  progress: Sessions<Progress>;
}

/** What `combinationAtom` answers: the parts that are there now, and the progress of the session. */
type Gathered = [isThere: boolean[], progress: Progress];

/** What a combination says, made ready. Throws `UnknownOperator`. */
function readCombination({ on, of, within = 'session', delay }: Combination) {
  if (!of.length) throw new UnknownOperator('of');
  const delayMs = delay === undefined ? 0 : durationMs(delay);
  if (!(delayMs >= 0)) throw new UnknownOperator('delay');
  const signs = of.map(signOf);
  return {
    isThen: on == 'then',
    matches: signs.map(([event, where]) => matcher(event, where)),
    names: [...new Set(signs.map(([event]) => event))],
    window: windowOf(within),
    isDelayed: delay !== undefined,
    delayMs,
    said: [on, of, within, delay ?? null],
  };
}
type Reading = ReturnType<typeof readCombination>;

const isInside = ({ window: { limit } }: Reading, part: number | null | undefined, at: number) =>
  part != null && at - part <= limit;

/** Takes the event as one or more of the parts; whether it completed them. */
function gather(reading: Reading, parts: (number | null)[], event: PastEvent): boolean {
  const { isThen, matches } = reading;
  const { time } = event;
  const last = matches.length - 1;
  let isLast = !isThen;
  // From the last part back: an event must not be two steps of one chain.
  for (let at = last; at >= 0; at--) {
    const start = isThen && at ? parts[at - 1] : time;
    if (start == null || !matches[at]!(event)) continue;
    parts[at] = Math.max(parts[at] ?? start, start);
    if (at == last) isLast = isInside(reading, start, time);
  }
  return isLast && (isThen || matches.every((_, at) => isInside(reading, parts[at], time)));
}

/** Ends a delay of the session. */
function settle({ delayMs }: Reading, waiting: Progress, { name, time }: PastEvent): void {
  const isOver = name == DELAY_EVENT && time >= waiting.since! + delayMs;
  // An exposure is what it waited for, or came before: of two tabs that wait only one is to show it.
  if (isOver) waiting.over = time;
  else if (name == AUTOMATIC.exposure) delete waiting.over;
  if (isOver || name == AUTOMATIC.exposure) delete waiting.since;
}

/**
 * A window reaches back from the event that completes, so it does not matter when it is asked. An event may be several parts of
 * `all`, but only one of `then`.
 */
function combinationAtom(reading: Reading, campaign: string): Atom<State> {
  const { matches, names, window, isDelayed, said } = reading;
  // An event that is asked for by its name would come twice if it were asked for by its campaign as well.
  const own = isDelayed ? [AUTOMATIC.exposure, DELAY_EVENT].filter((name) => !names.includes(name)) : [];
  const scopeOf = (session: string) => (window.isSession ? session : '');
  return {
    key: JSON.stringify(['combination', ...said, isDelayed ? campaign : null]),
    concerns: [...names, ...own.map((name) => `${name} ${campaign}`)],
    empty: () => ({ parts: [], progress: [] }),
    fold({ parts, progress }, event) {
      const { name, time, session, properties = {} } = event;
      const waiting = isDelayed && properties.campaign === campaign && inSession(progress, session);
      if (waiting) settle(reading, waiting, event);
      if (!matches.some((isPart) => isPart(event))) return;
      const there = useSession(parts, scopeOf(session), () => []);
      if (!gather(reading, there, event)) return;
      const reached = useSession(progress, session, (): Progress => ({}));
      reached.done = [time, name];
      reached.since ??= time;
    },
    read({ parts, progress }, now, session) {
      const there = inSession(parts, scopeOf(session)) ?? [];
      const isThere = matches.map((_, at) => isInside(reading, there[at], now));
      const gathered: Gathered = [isThere, inSession(progress, session) ?? {}];
      return gathered as unknown as Json;
    },
  };
}

/** When is asked, and of which past. */
type Asked = Pick<Context, 'past' | 'now'>;

/** A combination made ready. */
export interface Combined {
  /** The campaign's. */
  campaign: string;
  /** The events it waits for. */
  names: string[];
  /** Whether it is to wait when it has come together. */
  isDelayed: boolean;
  /** Whether the event is what one of its parts waits for. */
  awaits(event: TrackedEvent): boolean;
  /** Of one that waits for a return to a page: the returns of the session, and whether its last page view is one. */
  returned?: (asked: Asked, session: string) => Returned;
  /** When its delay is over, ms; undefined if it does not wait in this session. */
  due(asked: Asked, session: string): number | undefined;
  /** The occasion it made last; if there was none, one it does not make. */
  last(asked: Asked, session: string): Occasion;
}

/** Of parts that wait for a return what `Combined` has to say of it. */
function returnedOf(
  of: readonly CombinedTrigger[],
  register: Register,
  faults: Faults,
): Combined['returned'] {
  const live = of.filter((part) => isLive(part, faults));
  if (!live.some(({ on }) => on == 'backForth')) return undefined;
  const index = register(backForthAtom());
  return ({ past, now }, session) => past.read(index, now, session) as unknown as Returned;
}

/** Throws `UnknownOperator`. */
export function compileCombination(
  combination: Combination,
  campaign: string,
  path: string,
  { register, combined, file, faults }: Tools,
): Fires {
  checkSays(combination, { s: 'on', '[': 'of', su: 'within delay' });
  const { of, delay } = combination;
  const reading = readCombination(combination);
  const { matches, names, isDelayed, delayMs } = reading;
  const index = register(combinationAtom(reading, campaign));
  const gathered = ({ past, now }: Asked, session: string) =>
    past.read(index, now, session) as unknown as Gathered;
  const dueAt = ({ since }: Progress) => (isDelayed && since !== undefined ? since + delayMs : undefined);
  const made: Combined = {
    campaign,
    names,
    isDelayed,
    awaits: (event) => matches.some((isPart) => isPart(event)),
    returned: returnedOf(of, register, faults),
    due: (asked, session) => dueAt(gathered(asked, session)[1]),
    last(asked, session) {
      const { now } = asked;
      const { over = now, done = [now, ''] } = gathered(asked, session)[1];
      const [time, name] = done;
      return isDelayed
        ? { now, trigger: 'delay', campaign, event: { name: DELAY_EVENT, time: over } }
        : { now, trigger: 'event', event: { name, time } };
    },
  };
  for (const name of names) {
    combined.set(name, [...(combined.get(name) ?? []), made]);
    if (!isDelayed) file('event', name);
  }
  if (isDelayed) file('delay');
  return (context) => {
    const { occasion, facts, trace } = context;
    const [isThere, progress] = gathered(context, facts.visit.session);
    const { trigger, event } = occasion;
    const { done, over } = progress;
    const isMade = isDelayed
      ? trigger == 'delay' && occasion.campaign == campaign && over === event?.time && over !== undefined
      : trigger == 'event' && !!event && done?.[0] === event.time && done[1] == event.name;
    if (trace) {
      of.forEach((part, at) => trace(`${path}.of[${at}]`, isThere[at]!, part as unknown as Json, null));
      if (delay !== undefined) trace(`${path}.delay`, isMade, delay, dueAt(progress) ?? null);
    }
    return isMade;
  };
}
