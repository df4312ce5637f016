/** The segment language's behaviours, sequences and gates, written for obviousness: every event is looked at, every chain is tried. */
import type { Behaviour, Between, Condition, Sequence, Where, Within } from '../../../src/core/conditions.js';
import type { Facts, PastEvent, PersonalFacts } from '../../../src/core/decision.js';
import type { Json, Properties } from '../../../src/core/events.js';
import { naiveFacts } from './naiveFacts.js';
import { naiveCart, naiveReturns } from './naiveSignals.js';
import { durationOf, nameOfFact, naivePasses, naiveValues } from './naiveTests.js';

/** The session of a log that has one. */
const SESSION = 'now';

/** In `where` now is the time of the event itself. */
export function matches(
  event: PastEvent,
  name: string,
  where: Where = {},
  publicFacts?: Properties,
): boolean {
  if (event.name !== name) return false;
  for (const [path, test] of Object.entries(where))
    if (!naivePasses(test, naiveValues(path, event.properties), { now: event.time, publicFacts }))
      return false;
  return true;
}

export function isInside(
  event: PastEvent,
  within: Within | undefined,
  now: number,
  session: string,
  publicFacts?: Properties,
): boolean {
  const path = nameOfFact(within);
  if (path !== undefined) return isInside(event, naiveValues(path, publicFacts)[0] as string, now, session);
  if (within === undefined || within === 'ever') return true;
  if (within === 'session') return event.session === session;
  if (typeof within === 'object') {
    const { from, until } = within as Between;
    if (from && event.time < Date.parse(from)) return false;
    return !until || event.time < Date.parse(until);
  }
  return now - event.time <= durationOf(within);
}

/** The log as it counts: in order, and of events with one id the first. */
export function inOrder(events: readonly PastEvent[]): PastEvent[] {
  const sorted = [...events].sort((a, b) => a.sequence[0] - b.sequence[0] || a.sequence[1] - b.sequence[1]);
  return sorted.filter((event, index) => sorted.findIndex(({ id }) => id === event.id) === index);
}

/** As a whole number of the smallest parts that numbers have. */
function inSmallestParts(value: number): bigint {
  const bound = Math.max(-1e290, Math.min(1e290, value));
  let [whole, doubled] = [bound, 0n];
  for (; whole % 1; doubled++) whole *= 2;
  return BigInt(whole) * 2n ** (1074n - doubled);
}

/** The sum of numbers, rounded once; one beyond ±10^290 counts as that. */
function exactly(values: number[]): number {
  const sum = values.reduce((sum, value) => sum + inSmallestParts(value), 0n);
  // No number goes so far in these parts: the last places go first.
  const tooLong = Math.max(0, (sum < 0n ? -sum : sum).toString(2).length - 1000);
  const rest = sum >> BigInt(tooLong);
  // The last one that stays says whether there was anything in them.
  const isCut = rest << BigInt(tooLong) !== sum;
  return Number(isCut ? rest | 1n : rest) * 2 ** -537 * 2 ** (tooLong - 537);
}

/** The events that a behaviour looks at. `log` must be in order. */
function eventsOf(
  { event: name, where, within }: Behaviour,
  log: PastEvent[],
  now: number,
  session: string,
  publicFacts: Properties | undefined,
): PastEvent[] {
  return log.filter(
    (event) => matches(event, name, where, publicFacts) && isInside(event, within, now, session, publicFacts),
  );
}

/** How many of the events have each value; what is the same for `eq` is the same here. */
function naiveShares(events: PastEvent[], of: string): Map<string, number> {
  const texts = events.map(({ properties }) =>
    naiveValues(of, properties).map((each) => JSON.stringify(each)),
  );
  return new Map(texts.flat().map((text) => [text, texts.filter((some) => some.includes(text)).length]));
}

/** The values that are shared most, of which `most` says how often they are. */
export function naiveMostShared(behaviour: Behaviour, { log, now, session, publicFacts }: Asked): Json[] {
  const shares = naiveShares(eventsOf(behaviour, log, now, session, publicFacts), behaviour.of!);
  const most = Math.max(...shares.values());
  return [...shares].filter(([, count]) => count === most).map(([text]) => JSON.parse(text) as Json);
}

/** `log` must be in order. Answers the measured value, undefined if there is none. */
export function naiveMeasure(
  behaviour: Behaviour,
  log: PastEvent[],
  now: number,
  session: string = SESSION,
  publicFacts?: Properties,
): Json | undefined {
  const { measure = 'count', of = 'value' } = behaviour;
  const events = eventsOf(behaviour, log, now, session, publicFacts);
  if (measure === 'count') return events.length;
  if (measure === 'distinct') return naiveShares(events, of).size;
  if (measure === 'most') return Math.max(0, ...naiveShares(events, of).values());
  const values = events.flatMap(({ properties }) => naiveValues(of, properties));
  if (measure === 'first') return values[0];
  if (measure === 'last') return values[values.length - 1];
  const numbers = values.filter((value) => typeof value === 'number');
  if (measure === 'sum') return exactly(numbers);
  if (!numbers.length) return undefined;
  return measure === 'min' ? Math.min(...numbers) : Math.max(...numbers);
}

/** All ways to take `count` of the places, ascending. */
function selections(places: number[], count: number): number[][] {
  if (count === 0) return [[]];
  return places.flatMap((place, index) =>
    selections(places.slice(index + 1), count - 1).map((rest) => [place, ...rest]),
  );
}

/** Whether the sequence holds, and how many steps were reached: tries every choice of events for every step. */
export function naiveSteps(
  { sequence, within, thenNot }: Sequence,
  log: PastEvent[],
  now: number,
  session: string = SESSION,
  publicFacts?: Properties,
): [holds: boolean, reached: number] {
  const ends: number[] = [];
  let reached = 0;
  const tried = new Set<string>();
  const extend = (step: number, after: number): void => {
    // However one came here, what follows is the same.
    if (tried.has(`${step} ${after}`)) return;
    tried.add(`${step} ${after}`);
    reached = Math.max(reached, step);
    if (step === sequence.length) {
      ends.push(after);
      return;
    }
    const { event, where, count = 1, within: gap } = sequence[step]!;
    const places = log
      .map((_, index) => index)
      .filter((index) => index > after && matches(log[index]!, event, where, publicFacts))
      .filter((index) => step > 0 || isInside(log[index]!, within, now, session, publicFacts));
    for (const selection of selections(places, count)) {
      const end = selection.at(-1)!;
      // Between the two of them: so much before the later one.
      const isTimely = !step || !gap || isInside(log[after]!, gap, log[end]!.time, session, publicFacts);
      if (isTimely) extend(step + 1, end);
    }
  };
  extend(0, -1);
  if (!ends.length) return [false, reached];
  const latest = Math.max(...ends);
  const isFollowed = log.some(
    (event, index) => thenNot && index > latest && matches(event, thenNot.event, thenNot.where, publicFacts),
  );
  return [!isFollowed, reached];
}

export const naiveSequence = (...args: Parameters<typeof naiveSteps>): boolean => naiveSteps(...args)[0];

/** A signal that the log answers. */
export function naiveSignal(signal: string, log: PastEvent[], session: string): number | undefined {
  if (signal === 'cart') return naiveCart(log);
  if (signal !== 'backForth') throw new Error(`no ${signal} here`);
  return naiveReturns(log, session)[0];
}

/** Whom is asked about, when, and what the server says of the user. */
export interface Asked {
  user?: string | undefined;
  personal?: PersonalFacts | undefined;
  publicFacts?: Properties | undefined;
  segments: { [name: string]: Condition };
  /** In order. */
  log: PastEvent[];
  now: number;
  session: string;
  /** The visitor's. */
  zone?: unknown;
  /** Of the page, device, visit and visitor; where they are not needed they may be left out. */
  facts?: Facts;
}

/** Who is asked about, and when. */
export const askedOf = (facts: Facts, now: number) => ({
  facts,
  user: facts.user,
  personal: facts.personal,
  now,
  session: facts.visit.session,
});

/** Whether a condition is known to hold. */
export const naiveHolds = (condition: Condition, asked: Asked): boolean =>
  naiveTruth(condition, asked) === true;

/** What is unknown is undefined, in the three-valued logic of Kleene. */
export function naiveTruth(condition: Condition, asked: Asked): boolean | undefined {
  const ask = (inner: Condition) => naiveTruth(inner, asked);
  if ('all' in condition) {
    const answers = condition.all.map(ask);
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  }
  if ('any' in condition) {
    const answers = condition.any.map(ask);
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if ('not' in condition) {
    const answer = ask(condition.not);
    return answer === undefined ? undefined : !answer;
  }
  if ('segment' in condition) return ask(asked.segments[condition.segment]!);
  const { log, now, session, publicFacts } = asked;
  if ('sequence' in condition) return naiveSteps(condition, log, now, session, publicFacts)[0];
  const values = naiveFound(condition, asked);
  // A list is asked whether one is in it, a behaviour whether there was one.
  const { is = 'list' in condition ? { eq: true } : { gte: 1 } } = condition;
  return values && naivePasses(is, values, { now, publicFacts });
}

/** Conditions that hold no others. */
export type Leaf = Exclude<
  Condition,
  { all: unknown } | { any: unknown } | { not: unknown } | { segment: unknown }
>;

/** The values that are there, or the steps that were reached; undefined where they are unknown. */
export function naiveFound(condition: Leaf, asked: Asked): Json[] | undefined {
  const { log, now, session, user, personal, publicFacts, facts, zone = facts?.device.timeZone } = asked;
  if ('fact' in condition || 'list' in condition) {
    if (user === undefined) return [];
    if (!personal) return undefined;
    if ('list' in condition) return [personal.lists.includes(condition.list)];
    return naiveValues(condition.fact, personal.facts);
  }
  if ('sequence' in condition) return [naiveSteps(condition, log, now, session, publicFacts)[1]];
  const present = naiveFacts(condition, facts, now, zone);
  if (present) return present;
  const value =
    'signal' in condition
      ? naiveSignal(condition.signal, log, session)
      : naiveMeasure(condition as Behaviour, log, now, session, publicFacts);
  return value === undefined ? [] : [value];
}
