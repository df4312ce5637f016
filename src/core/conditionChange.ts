/** What would make a condition hold, or not hold any more: the least of what was tried, each thing tried by asking again. */
import { bySize, type Alteration } from './change.js';
import { miss, spend } from './budget.js';
import type { World } from './changedWorld.js';
import { nextShown } from './clockChange.js';
import type { Condition, Test } from './conditions.js';
import type { Json, Properties } from './events.js';
import { LAST_MS } from './momentWords.js';
import { isOfLog } from './logSignals.js';
import { behaviourAttempts, sequenceAttempts } from './pastChange.js';
import type { Program } from './program.js';
import { withPublic } from './publicFacts.js';
import type { AtomSet } from './rules.js';
import type { Attempt, Trial } from './trial.js';
import { pathsFor, valuesFor, type Value } from './valuesFor.js';

/** By JSON path whether a condition held, and what it found. */
export type Rows = Map<string, [passed: boolean, found: Json]>;

export interface Asking {
  segments: Program['segments'];
  /** Public facts that conditions may name. */
  facts?: Program['facts'];
  atoms: AtomSet;
  /** Asks all of the audience in a world. */
  rows: (world: World) => Rows;
  alter: (world: World, alterations: readonly Alteration[]) => World;
}

const ALTERATION_KINDS = ['attribute', 'page', 'device', 'visit', 'signal', 'fact', 'list'] as const;

/** Whether it holds, by what its parts came to. */
function holds(inner: Condition, at: string, known: Rows): boolean {
  if ('not' in inner) return !holds(inner.not, `${at}.not`, known);
  if ('all' in inner) return inner.all.every((each, index) => holds(each, `${at}.all[${index}]`, known));
  if ('any' in inner) return inner.any.some((each, index) => holds(each, `${at}.any[${index}]`, known));
  return known.get(at)?.[0] ?? false;
}

/** So many conditions looked at cost as much as asking all gates. */
const VISITS = 20;

const smallest = (tried: (Attempt | undefined)[]) =>
  tried.filter((attempt) => attempt !== undefined).sort(bySize)[0];

type IsSo = (inner: Condition, at: string, want: boolean, there: World) => boolean;

/** Answers what would have to be otherwise for the condition at `path` to be as wanted; undefined if nothing was found. */
export function conditionChange(
  asking: Asking,
  node: Condition,
  path: string,
  wanted: boolean,
  world: World,
): Attempt | undefined {
  const { rows, alter, segments, facts, atoms } = asking;
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
    // Clocks that come together seldom may yet do so.
    if (all.some(({ kind }) => kind == 'wait')) miss(from, { because: 'unsearched' });
    return undefined;
  };
  const either = (parts: [Condition, string][], want: boolean, from: World) =>
    smallest(parts.map(([inner, at]) => solve(inner, at, want, from)));

  const solve = (inner: Condition, at: string, want: boolean, from: World): Attempt | undefined => {
    // Segments that share others are more ways than anybody could go.
    spend(from, 1 / VISITS);
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
    const isDone = (there: World) => isSo(inner, at, want, there);
    const found = (rows(from).get(at)?.[1] ?? []) as Json[];
    const trial: Trial = { world: from, wanted: want, found, isSo: isDone, alter, atoms };
    const tried = attempts(withPublic(inner, facts), trial);
    return tried.sort(bySize).find((attempt) => isDone(alter(from, attempt)));
  };
  return isSo(node, path, wanted, world) ? [] : solve(node, path, wanted, world);
}

function attempts(node: Condition, trial: Trial): Attempt[] {
  if ('event' in node) return behaviourAttempts(node, trial);
  if ('sequence' in node) return sequenceAttempts(node, trial);
  const { world, wanted, found } = trial;
  if ('signal' in node && isOfLog(node.signal)) return logSignalAttempts(node, trial);
  const { now } = world.occasion;
  if ('time' in node) {
    const at = nextShown(node, wanted, world);
    return at === undefined ? [] : [[{ kind: 'wait', until: at }]];
  }
  const kind = ALTERATION_KINDS.find((name) => name in node)!;
  const { [kind]: name, is = { eq: true } } = node as unknown as { [key: string]: string } & { is?: Test };
  // Before it is known who the user is, or what the server knows of that user, no other value would be believed.
  if ((kind == 'fact' || kind == 'list') && !(world.facts.user && world.facts.personal)) {
    miss(world, { because: 'unidentified' });
    return [];
  }
  const fact = `${kind}.${name}`;
  const values = (fact == 'page.path' ? pathsFor : valuesFor)(is, wanted, found[0], now, world);
  return values.flatMap((value) => factAttempts(fact, value, world));
}

function factAttempts(fact: string, value: Value, { facts }: World): Attempt[] {
  const one: Alteration = { kind: 'fact', fact, ...(value !== undefined && { value }) };
  // The age of a visit comes by itself.
  if (fact == 'visit.seconds' && typeof value == 'number') {
    const until = facts.visit.startedAt + Math.ceil(value * 1000);
    return [...(until <= LAST_MS ? [[{ kind: 'wait' as const, until }]] : []), [{ kind: 'session' }]];
  }
  return [[one]];
}

/** To go back and forth more often, or to begin a new session; another cart, or none any more. */
function logSignalAttempts(
  { signal, is }: Extract<Condition, { signal: unknown }>,
  { world, wanted, found: [current] }: Trial,
): Attempt[] {
  const { now } = world.occasion;
  const values = valuesFor(is, wanted, current, now, world).filter((value) => typeof value == 'number');
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
