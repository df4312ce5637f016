/**
 * Whether a condition can hold at all. It is asked what follows from the conditions that must hold together: tests of one value that no
 * value passes, a condition and its opposite, counts of a part above those of the whole. What it says is proven; it does not find all.
 */
import { canonical } from '../canonical.js';
import type { Condition } from '../../conditions.js';
import { besides, first, groupsOf, NO_EVENT, type Finding } from './findings.js';
import { canMatch, subjectOf, type Literal, type Reading } from './subjects.js';
import { canHold } from './values.js';
import { countOf, fewerThan } from './windows.js';

/** Segments may be named so often that all they stand for is too much to look at: more than so many conditions are not. */
const MAX_STEPS = 10_000;
/** What several tests say of one value is found by holding all they name against all of them; so many of that take as long as a step. */
const COMPARISONS_PER_STEP = 50;
/** Alternatives within alternatives are looked at so deep. */
const MAX_ALTERNATIVES = 3;

export interface Search {
  segments: { [name: string]: Condition };
  steps: number;
  /** What was read of conditions that must hold, and of those that must not: once, however many ways lead to them. */
  readings: { held: Map<Condition, Reading>; denied: Map<Condition, Reading> };
  /** What has been warned of. */
  told: Set<string>;
}

export const createSearch = (segments: Search['segments']): Search => ({
  segments,
  steps: MAX_STEPS,
  readings: { held: new Map(), denied: new Map() },
  told: new Set(),
});

function literalOf({ readings }: Search, node: Condition, isNegated: boolean, path: string): Literal {
  const known = isNegated ? readings.denied : readings.held;
  const reading = known.get(node) ?? read(node, isNegated);
  known.set(node, reading);
  return { node, isNegated, path, ...reading };
}

function read(node: Condition, isNegated: boolean): Reading {
  const text = canonical(node);
  const subject = subjectOf(node, isNegated, text);
  const canBe =
    'sequence' in node
      ? isNegated || node.sequence.every(({ where }) => canMatch(where))
      : !subject || canHold([subject.asked], subject.domain);
  return { text, subject, canBe, count: countOf(node, isNegated) };
}

/** What a condition says under `not` is the other way round. */
export function childrenOf(
  node: Condition,
  path: string,
): { list: [Condition, string][]; isAny: boolean } | undefined {
  if ('all' in node)
    return { list: node.all.map((inner, at) => [inner, `${path}.all[${at}]`]), isAny: false };
  if ('any' in node) return { list: node.any.map((inner, at) => [inner, `${path}.any[${at}]`]), isAny: true };
  return undefined;
}

/** All that must hold if the condition does. Alternatives, and segments that are not known, stay as they are. */
export function flatten(
  search: Search,
  node: Condition,
  isNegated: boolean,
  path: string,
  into: Literal[] = [],
): Literal[] {
  if (search.steps-- <= 0) return into;
  if ('not' in node) return flatten(search, node.not, !isNegated, `${path}.not`, into);
  const children = childrenOf(node, path);
  if (children && children.isAny === isNegated) {
    for (const [inner, at] of children.list) flatten(search, inner, isNegated, at, into);
    return into;
  }
  into.push(literalOf(search, node, isNegated, path));
  if ('segment' in node && Object.hasOwn(search.segments, node.segment))
    flatten(search, search.segments[node.segment]!, isNegated, `segments.${node.segment}`, into);
  return into;
}

/** Why these cannot hold together, if that is proven. */
export function conflict(search: Search, literals: readonly Literal[], depth = 0): Finding | undefined {
  search.steps -= literals.length;
  if (search.steps <= 0) return undefined;
  return (
    first(literals, alone) ??
    opposites(literals) ??
    together(search, literals) ??
    fewerThan(literals) ??
    (depth < MAX_ALTERNATIVES
      ? first(literals, (literal) => alternatives(search, literals, literal, depth))
      : undefined)
  );
}

/** The test of a literal, and where it stands. */
function testAt({ node, path }: Literal): { path: string; value: unknown } {
  return 'is' in node && node.is ? { path: `${path}.is`, value: node.is } : { path, value: node };
}

function alone(literal: Literal): Finding | undefined {
  const { node, isNegated, path } = literal;
  if (literal.canBe) return undefined;
  if ('sequence' in node) {
    const at = node.sequence.findIndex(({ where }) => !canMatch(where));
    return { path: `${path}.sequence[${at}].where`, value: node.sequence[at]!.where, problem: NO_EVENT };
  }
  if ('event' in node && !canMatch(node.where))
    return { path: `${path}.where`, value: node.where, problem: NO_EVENT };
  const problem = isNegated
    ? 'is passed by everything there can be, and stands under "not", so this never holds; change the test or remove the condition'
    : 'is passed by nothing there can be, so this never holds; change the test or remove the condition';
  return { ...testAt(literal), problem };
}

function opposites(literals: readonly Literal[]): Finding | undefined {
  const seen = new Map<string, Literal>();
  return first(literals, (literal) => {
    const other = seen.get(literal.text);
    if (!other) seen.set(literal.text, literal);
    if (!other || other.isNegated === literal.isNegated) return undefined;
    return {
      path: literal.path,
      value: literal.node,
      problem: `must hold and, at ${other.path}, must not, so nobody passes; remove one of them, or put them under "any"`,
    };
  });
}

function together(search: Search, literals: readonly Literal[]): Finding | undefined {
  const groups = groupsOf(literals, ({ subject }) => subject?.key);
  return first(groups, (group) => (group.length > 1 ? apart(search, group) : undefined));
}

/** What, of conditions on one value, is the first that cannot hold together with those before it. */
function apart(search: Search, group: readonly Literal[]): Finding | undefined {
  const { domain } = group[0]!.subject!;
  const canBe = (some: readonly Literal[]) =>
    canHold(
      some.map(({ subject }) => subject!.asked),
      domain,
    );
  const named = group.reduce((sum, { subject }) => sum + subject!.named, 0);
  search.steps -= named ** 2 / COMPARISONS_PER_STEP;
  if (search.steps <= 0 || canBe(group)) return undefined;
  // So many of them can hold together, and so many cannot.
  let [good, bad] = [1, group.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (canBe(group.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const literal = group[good]!;
  const others = group.slice(0, good);
  // One other is enough of a reason, if there is one.
  const pair = others.find((other) => !canBe([other, literal]));
  return { ...testAt(literal), problem: besides(pair ? [pair] : others) };
}

/** One of several must hold: each is tried beside the others. */
function alternatives(
  search: Search,
  literals: readonly Literal[],
  literal: Literal,
  depth: number,
): Finding | undefined {
  const { node, isNegated, path } = literal;
  const children = childrenOf(node, path);
  if (!children) return undefined;
  const others = literals.filter((other) => other !== literal);
  const isImpossible = children.list.every(([inner, at]) =>
    conflict(search, [...flatten(search, inner, isNegated, at), ...others], depth + 1),
  );
  if (!isImpossible || search.steps <= 0) return undefined;
  const problem = children.list.length
    ? 'holds in none of its ways beside what else must hold, so nobody passes; change one of its conditions, or what stands beside it'
    : 'is empty, so nobody passes; add a condition or remove it';
  return {
    path: isNegated ? path : `${path}.${children.isAny ? 'any' : 'all'}`,
    value: children.list.map(([inner]) => inner),
    problem,
  };
}
