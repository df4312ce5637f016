/**
 * Whether a condition can hold at all. It is asked what follows from the conditions that must hold together: tests of one value that no
 * value passes, a condition and its opposite, counts of a part above those of the whole. What it says is proven; it does not find all.
 */
import { canonical } from '../../atoms.js';
import type { Condition } from '../../conditions.js';
import { besides, NO_EVENT, type Finding } from './findings.js';
import { canMatch, subjectOf, type Literal, type Subject } from './subjects.js';
import { canHold } from './values.js';
import { fewerThan } from './windows.js';

/** Segments may be named so often that all they stand for is too much to look at: more than so many conditions are not. */
const MAX_STEPS = 10_000;
/** Alternatives within alternatives are looked at so deep. */
const MAX_ALTERNATIVES = 3;

export interface Search {
  segments: { [name: string]: Condition };
  steps: number;
}

export const createSearch = (segments: Search['segments']): Search => ({ segments, steps: MAX_STEPS });

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
  into.push({ node, isNegated, path, text: canonical(node) });
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
    together(literals) ??
    fewerThan(literals) ??
    (depth < MAX_ALTERNATIVES
      ? first(literals, (literal) => alternatives(search, literals, literal, depth))
      : undefined)
  );
}

function first<Item>(items: readonly Item[], find: (item: Item) => Finding | undefined): Finding | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** The test of a literal, and where it stands. */
function testAt({ node, path }: Literal): { path: string; value: unknown } {
  return 'is' in node && node.is ? { path: `${path}.is`, value: node.is } : { path, value: node };
}

function alone(literal: Literal): Finding | undefined {
  const { node, isNegated, path } = literal;
  if ('sequence' in node && !isNegated) {
    const at = node.sequence.findIndex(({ where }) => !canMatch(where));
    if (at >= 0)
      return { path: `${path}.sequence[${at}].where`, value: node.sequence[at]!.where, problem: NO_EVENT };
  }
  const subject = subjectOf(literal);
  if (!subject || canHold([subject.asked], subject.domain)) return undefined;
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

function together(literals: readonly Literal[]): Finding | undefined {
  const bySubject = new Map<string, { literal: Literal; subject: Subject }[]>();
  return first(literals, (literal) => {
    const subject = subjectOf(literal);
    if (!subject) return undefined;
    const group = bySubject.get(subject.key) ?? [];
    bySubject.set(subject.key, group);
    group.push({ literal, subject });
    const asked = (some: typeof group) => some.map((one) => one.subject.asked);
    if (canHold(asked(group), subject.domain)) return undefined;
    // One other is enough of a reason, if there is one.
    const pair = group.find((one) => !canHold(asked([one, group.at(-1)!]), subject.domain));
    return {
      ...testAt(literal),
      problem: besides((pair ? [pair] : group.slice(0, -1)).map((one) => one.literal)),
    };
  });
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
