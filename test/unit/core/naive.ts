/** The segment language's behaviours, sequences and gates, written for obviousness: every event is looked at, every chain is tried. */
import type { Behaviour, Between, Condition, Sequence, Where, Within } from '../../../src/core/conditions.js';
import type { PastEvent, PersonalFacts } from '../../../src/core/decision.js';
import type { Properties } from '../../../src/core/events.js';
import { isZone, wallIn } from './naiveClock.js';
import { naiveCart, naiveReturns } from './naiveSignals.js';

/** The session of a log that has one. */
const SESSION = 'now';
const UNITS: { [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const ms = (duration: string) => Number(duration.slice(0, -1)) * UNITS[duration.slice(-1)]!;

/** Only the one test the generators make: `{kind: {eq: …}}` or `{campaign: {eq: …}}`. */
export function matches(event: PastEvent, name: string, where: Where = {}): boolean {
  if (event.name !== name) return false;
  for (const [path, test] of Object.entries(where)) if (event.properties?.[path] !== test.eq) return false;
  return true;
}

export function isInside(
  event: PastEvent,
  within: Within | undefined,
  now: number,
  session: string,
): boolean {
  if (within === undefined || within === 'ever') return true;
  if (within === 'session') return event.session === session;
  if (typeof within === 'object') {
    const { from, until } = within as Between;
    if (from && event.time < Date.parse(from)) return false;
    return !until || event.time < Date.parse(until);
  }
  return now - event.time <= ms(within);
}

/** The log as it counts: in order, and of events with one id the first. */
export function inOrder(events: readonly PastEvent[]): PastEvent[] {
  const sorted = [...events].sort((a, b) => a.sequence[0] - b.sequence[0] || a.sequence[1] - b.sequence[1]);
  return sorted.filter((event, index) => sorted.findIndex(({ id }) => id === event.id) === index);
}

/** The sum of numbers, rounded once: as fractions of 2^60, which no value of the generators needs more of. */
function exactly(values: number[]): number {
  let sum = 0n;
  for (const value of values) {
    const whole = Math.trunc(value);
    sum += BigInt(whole) * 2n ** 60n + BigInt((value - whole) * 2 ** 60);
  }
  return Number(sum) / 2 ** 60;
}

/** Only the two paths the generators make. */
function valuesAt(event: PastEvent, of: string | undefined): unknown[] {
  if (of === 'items[].price')
    return ((event.properties?.items ?? []) as { price: number }[]).map(({ price }) => price);
  const value = event.properties?.[of ?? 'value'];
  return value === undefined ? [] : [value];
}

/** `log` must be in order. Answers the measured value, undefined if there is none. */
export function naiveMeasure(
  behaviour: Behaviour,
  log: PastEvent[],
  now: number,
  session: string = SESSION,
): unknown {
  const events: PastEvent[] = [];
  for (const event of log)
    if (matches(event, behaviour.event, behaviour.where) && isInside(event, behaviour.within, now, session))
      events.push(event);
  if (!behaviour.measure || behaviour.measure === 'count') return events.length;
  const values: unknown[] = [];
  for (const event of events) values.push(...valuesAt(event, behaviour.of));
  if (behaviour.measure === 'distinct') return new Set(values).size;
  if (behaviour.measure === 'most') {
    const sharing = values.map((value) =>
      events.filter((event) => valuesAt(event, behaviour.of).includes(value)),
    );
    return Math.max(0, ...sharing.map(({ length }) => length));
  }
  if (behaviour.measure === 'first') return values[0];
  if (behaviour.measure === 'last') return values[values.length - 1];
  const numbers = values.filter((value) => typeof value === 'number');
  if (behaviour.measure === 'sum') return exactly(numbers);
  if (!numbers.length) return undefined;
  return behaviour.measure === 'min' ? Math.min(...numbers) : Math.max(...numbers);
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
      .filter((index) => index > after && matches(log[index]!, event, where))
      .filter((index) => step > 0 || isInside(log[index]!, within, now, session));
    for (const selection of selections(places, count)) {
      const end = selection.at(-1)!;
      const isTooLate = step > 0 && gap && log[end]!.time - log[after]!.time > ms(gap as string);
      if (!isTooLate) extend(step + 1, end);
    }
  };
  extend(0, -1);
  if (!ends.length) return [false, reached];
  const latest = Math.max(...ends);
  const isFollowed = log.some(
    (event, index) => thenNot && index > latest && matches(event, thenNot.event, thenNot.where),
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

/** With the values of public facts, of which the generators make no paths. */
function withPublic(behaviour: Behaviour, facts: Properties = {}): Behaviour {
  return JSON.parse(JSON.stringify(behaviour), (_, inner: { public?: string } | null) =>
    inner?.public === undefined ? inner : facts[inner.public],
  ) as Behaviour;
}

/** Only the tests the generators make; a missing value passes none of them. */
function passes(is: { [operator: string]: unknown }, value: unknown): boolean {
  return Object.entries(is).every(([operator, wanted]) => {
    if (operator === 'eq') return value === wanted;
    if (typeof value !== typeof wanted) return false;
    return operator === 'gte'
      ? (value as number) >= (wanted as number)
      : (value as number) < (wanted as number);
  });
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
}

/** Whether a condition of the generators is known to hold: all kinds of them, with the signals that the log answers. */
export const naiveHolds = (condition: Condition, asked: Asked): boolean =>
  naiveTruth(condition, asked) === true;

/** What is unknown is undefined, in the three-valued logic of Kleene. */
function naiveTruth(condition: Condition, asked: Asked): boolean | undefined {
  const { segments, log, now, session, user, personal } = asked;
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
  if ('fact' in condition || 'list' in condition) {
    if (user !== undefined && !personal) return undefined;
    if ('list' in condition) return personal ? personal.lists.includes(condition.list) : false;
    return personal ? passes({ ...condition.is }, personal.facts[condition.fact]) : false;
  }
  if ('segment' in condition) return ask(segments[condition.segment]!);
  if ('sequence' in condition) return naiveSequence(condition, log, now, session);
  if ('time' in condition) {
    const zone = condition.zone ?? asked.zone;
    return isZone(zone) && passes({ ...condition.is }, wallIn(zone, now)[condition.time]);
  }
  if ('signal' in condition) return passes({ ...condition.is }, naiveSignal(condition.signal, log, session));
  const behaviour = withPublic(condition as Behaviour, asked.publicFacts);
  return passes({ ...(behaviour.is ?? { gte: 1 }) }, naiveMeasure(behaviour, log, now, session));
}
