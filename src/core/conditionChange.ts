/** What would make a condition hold, or not hold any more: the least of what was tried, each thing tried by asking again. */
import { bySize, type Alteration } from './change.js';
import { spend } from './budget.js';
import { laterBy, type World } from './changedWorld.js';
import type { Behaviour, Condition, Sequence, Test, Within } from './conditions.js';
import { durationMs } from './duration.js';
import type { Json, Properties } from './events.js';
import { nextTime, turningPoint } from './later.js';
import { isOfLog } from './logSignals.js';
import type { Program } from './program.js';
import { withPublic } from './publicFacts.js';
import { passes } from './test.js';
import { timeFact } from './timeFacts.js';
import { propertiesFor, valuesFor, type Value } from './valuesFor.js';

/** By JSON path whether a condition held, and what it found. */
export type Rows = Map<string, [passed: boolean, found: Json]>;

export interface Asking {
  segments: Program['segments'];
  /** Public facts that conditions may name. */
  facts?: Program['facts'];
  /** Asks all of the audience in a world. */
  rows: (world: World) => Rows;
  alter: (world: World, alterations: readonly Alteration[]) => World;
  /** See `leaderOf`. */
  leader: (node: Condition, world: World) => Json | undefined;
}

type Attempt = readonly Alteration[];

const YEAR_MS = 366 * 86_400_000;
/** More of them is not a small change, and each is tried. */
const MOST_EVENTS = 300;
/** Each different value is told of. */
const MOST_VALUES = 20;

const ALTERATION_KINDS = ['attribute', 'page', 'device', 'visit', 'signal', 'fact', 'list'] as const;

/** Whether it holds, by what its parts came to. */
function holds(inner: Condition, at: string, known: Rows): boolean {
  if ('not' in inner) return !holds(inner.not, `${at}.not`, known);
  if ('all' in inner) return inner.all.every((each, index) => holds(each, `${at}.all[${index}]`, known));
  if ('any' in inner) return inner.any.some((each, index) => holds(each, `${at}.any[${index}]`, known));
  return known.get(at)?.[0] ?? false;
}

/** What was found, and of `most` the value it is of. */
function foundAt({ rows, leader }: Asking, node: Condition, at: string, world: World): Json[] {
  const [, found = []] = rows(world).get(at) ?? [];
  const value = leader(node, world);
  return value === undefined ? (found as Json[]) : [...(found as Json[]), value];
}

type IsSo = (inner: Condition, at: string, want: boolean, there: World) => boolean;

/** Answers what would have to be otherwise for the condition at `path` to be as wanted; undefined if nothing was found. */
export function conditionChange(
  asking: Asking,
  node: Condition,
  path: string,
  wanted: boolean,
  world: World,
): Attempt | undefined {
  const { rows, alter, segments, facts } = asking;
  const isSo: IsSo = (inner, at, want, there) => holds(inner, at, rows(there)) == want;

  /** One after the other, each in the world the ones before have made: an event may serve several. */
  const together = (parts: [Condition, string][], want: boolean, from: World): Attempt | undefined => {
    let all: Attempt = [];
    for (let round = 0; round < 3; round++) {
      let isWhole = true;
      for (const [inner, at] of parts) {
        const there = alter(from, all);
        if (isSo(inner, at, want, there)) continue;
        isWhole = false;
        const more = solve(inner, at, want, there);
        if (!more) return undefined;
        all = [...all, ...more];
      }
      if (isWhole) return all;
    }
    return undefined;
  };
  const either = (parts: [Condition, string][], want: boolean, from: World): Attempt | undefined =>
    parts
      .map(([inner, at]) => solve(inner, at, want, from))
      .filter((attempt) => attempt !== undefined)
      .sort(bySize)[0];

  const solve = (inner: Condition, at: string, want: boolean, from: World): Attempt | undefined => {
    if ('not' in inner) return solve(inner.not, `${at}.not`, !want, from);
    const kind = 'all' in inner ? 'all' : 'any';
    const children = 'all' in inner ? inner.all : 'any' in inner ? inner.any : undefined;
    if (children) {
      const parts = children.map((each, index): [Condition, string] => [each, `${at}.${kind}[${index}]`]);
      return (kind == 'all') == want ? together(parts, want, from) : either(parts, want, from);
    }
    if ('segment' in inner) {
      const name = inner.segment;
      return solve(segments[name]!, `segments.${name}`, want, from);
    }
    const found = foundAt(asking, inner, at, from);
    const tried = attempts(withPublic(inner, facts), want, found, from, (there) =>
      isSo(inner, at, want, there),
    );
    return tried.sort(bySize).find((attempt) => isSo(inner, at, want, alter(from, attempt)));
  };
  return isSo(node, path, wanted, world) ? [] : solve(node, path, wanted, world);
}

type Ask = (there: World) => boolean;

function attempts(node: Condition, wanted: boolean, found: Json[], world: World, isSo: Ask): Attempt[] {
  if ('event' in node) return behaviourAttempts(node, wanted, found, world, isSo);
  if ('sequence' in node) return sequenceAttempts(node, wanted, world, isSo);
  if ('signal' in node && isOfLog(node.signal)) return logSignalAttempts(node, wanted, found, world);
  const { now } = world.occasion;
  if ('time' in node) {
    const at = nextTime(clockAsk(node, wanted, world), now);
    return at === undefined ? [] : [[{ kind: 'wait', until: at }]];
  }
  const kind = ALTERATION_KINDS.find((name) => name in node)!;
  const { [kind]: name, is = { eq: true } } = node as unknown as { [key: string]: string } & { is?: Test };
  // Before it is known who the user is, or what the server knows of that user, no other value would be believed.
  if ((kind == 'fact' || kind == 'list') && !(world.facts.user && world.facts.personal)) return [];
  const [current] = found;
  return valuesFor(is, wanted, current, now).flatMap((value) =>
    factAttempts(`${kind}.${name}`, value, world),
  );
}

/** Whether the clock on the wall is as wanted at a moment: asked alone, because so many moments are asked about. */
function clockAsk(
  { time, zone, is }: Extract<Condition, { time: unknown }>,
  wanted: boolean,
  world: World,
): (at: number) => boolean {
  const { one } = timeFact(time, { zone });
  return (at) => {
    spend(world, 1, 'moments');
    const value = one!(world.facts, at);
    return passes(is, value === undefined ? [] : [value], at) == wanted;
  };
}

function factAttempts(fact: string, value: Value, { facts }: World): Attempt[] {
  const one: Alteration = { kind: 'fact', fact, ...(value !== undefined && { value }) };
  // The age of a visit comes by itself.
  if (fact == 'visit.seconds' && typeof value == 'number')
    return [
      [{ kind: 'wait', until: facts.visit.startedAt + Math.ceil(value * 1000) }],
      [{ kind: 'session' }],
    ];
  return [[one]];
}

/** To go back and forth more often, or to begin a new session; another cart, or none any more. */
function logSignalAttempts(
  { signal, is }: Extract<Condition, { signal: unknown }>,
  wanted: boolean,
  [current]: Json[],
  { occasion: { now } }: World,
): Attempt[] {
  const values = valuesFor(is, wanted, current, now).filter((value) => typeof value == 'number');
  const happens = (event: string, properties: Properties): Attempt => [
    { kind: 'event', event, properties, count: 1 },
  ];
  if (signal == 'cart')
    return [
      ...values.map((value) => happens('cart_updated', { value })),
      ...(values.includes(0) ? [happens('purchase', {})] : []),
    ];
  const more = values.filter((value) => Number.isInteger(value) && value > Number(current));
  return [
    ...more.map((value): Attempt => [{ kind: 'fact', fact: 'signal.backForth', value }]),
    [{ kind: 'session' }],
  ];
}

function spanOf(within: Within | undefined): number | undefined {
  return typeof within == 'string' && within != 'session' && within != 'ever'
    ? durationMs(within)
    : undefined;
}

/** What happens without the visitor: events leave the window, or a session ends. */
function passing(within: Within | undefined, world: World, isSo: Ask): Attempt[] {
  if (within == 'session') return [[{ kind: 'session' }]];
  const span = spanOf(within);
  if (span === undefined) return [];
  const { now } = world.occasion;
  const asked = (at: number) => isSo(laterBy(world, at));
  // An event may be of a clock that was a year ahead.
  const end = [now + span + 1, now + span + YEAR_MS].find(asked);
  return end === undefined ? [] : [[{ kind: 'wait', until: turningPoint(asked, now, end) }]];
}

/** In a window between dates an event counts once that has begun. */
function afterStart(within: Within | undefined, now: number, attempt: Attempt): Attempt {
  const from =
    typeof within == 'object' && 'from' in within && within.from ? Date.parse(within.from) : -Infinity;
  return from > now ? [{ kind: 'wait', until: from }, ...attempt] : attempt;
}

function behaviourAttempts(
  node: Behaviour,
  wanted: boolean,
  found: Json[],
  world: World,
  isSo: Ask,
): Attempt[] {
  const { event, where, within, measure = 'count', of = '', is = { gte: 1 } } = node;
  const { now } = world.occasion;
  const plain = propertiesFor(where, now);
  const others = passing(within, world, isSo);
  if (!plain) return others;
  const happens = (count: number, value?: Value): Attempt => {
    const properties =
      value === undefined ? plain : (propertiesFor({ ...where, [of]: { eq: value } }, now) ?? plain);
    return afterStart(within, now, [{ kind: 'event', event, properties, count }]);
  };
  const [value, leader = 'new'] = found;
  const known = typeof value == 'number' ? value : 0;
  if (measure == 'count' || measure == 'distinct' || measure == 'most') {
    const target = Array.from({ length: MOST_EVENTS }, (_, more) => known + more + 1).find(
      (count) => passes(is, [count], now) == wanted,
    );
    if (target === undefined) return others;
    if (measure == 'count') return [...others, happens(target - known)];
    if (measure == 'most') return [...others, happens(target - known, leader)];
    if (target - known > MOST_VALUES) return others;
    const fresh = Array.from({ length: target - known }, (_, index) => happens(1, `new-${index + 1}`));
    return [...others, fresh.flat()];
  }
  const values = valuesFor(is, wanted, value, now).filter((each) => each !== undefined);
  const needed = values.map((each) => (measure == 'sum' ? Number(each) - known : each));
  return [...others, ...needed.map((each) => happens(1, each))];
}

function sequenceAttempts(
  { sequence, within, thenNot }: Sequence,
  wanted: boolean,
  world: World,
  isSo: Ask,
): Attempt[] {
  const { now } = world.occasion;
  const others = passing(within, world, isSo);
  const happens = (
    { event, where }: { event: string; where?: Behaviour['where'] },
    count: number,
  ): Attempt => {
    const properties = propertiesFor(where, now);
    return properties ? [{ kind: 'event', event, properties, count }] : [];
  };
  if (!wanted) return thenNot ? [...others, happens(thenNot, 1)] : others;
  // The last steps, from each step on, and of that so many events: less may do, because some have happened.
  const ends = sequence.flatMap((step, at) =>
    Array.from({ length: Math.min(step.count ?? 1, 20) }, (_, count) => [
      ...happens(step, count + 1),
      ...sequence.slice(at + 1).flatMap((next) => happens(next, next.count ?? 1)),
    ]),
  );
  return [...others, ...ends.map((attempt) => afterStart(within, now, attempt))];
}
