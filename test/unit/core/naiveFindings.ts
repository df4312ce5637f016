/** What is found on the way to an answer, as docs/language.md (what is found) has it. Shares nothing with src/core. */
import type { Condition, Test, Where, Within } from '../../../src/core/conditions.js';
import type { Json, Properties } from '../../../src/core/events.js';
import { naiveFound, naiveMostShared, naiveTruth, type Asked, type Leaf } from './naive.js';
import { isKnownTest, nameOfFact, naiveValues } from './naiveTests.js';

export interface NaiveFinding {
  path: string;
  passed: boolean;
  found: Json[];
  /** Of `most`: values that so many events share; what is found may name them after the number. */
  shared?: Json[];
}

/** Each condition that holds no others, at its path; what a segment asks once, however often it is named. */
export function naiveFindings(condition: Condition, asked: Asked): NaiveFinding[] {
  const all = new Map<string, NaiveFinding>();
  collect(condition, 'audience', false, asked, all);
  return [...all.values()];
}

function collect(
  condition: Condition,
  path: string,
  isDenied: boolean,
  asked: Asked,
  into: Map<string, NaiveFinding>,
): void {
  const listed = (some: Condition[], key: string) => {
    for (const [at, inner] of some.entries()) collect(inner, `${path}.${key}[${at}]`, isDenied, asked, into);
  };
  if ('all' in condition) return listed(condition.all, 'all');
  if ('any' in condition) return listed(condition.any, 'any');
  if ('not' in condition) return collect(condition.not, `${path}.not`, !isDenied, asked, into);
  // What is unknown holds back: below a `not` it is as if it had passed.
  const passed = naiveTruth(condition, asked) ?? isDenied;
  if ('segment' in condition) {
    into.set(path, { path, passed, found: [] });
    const { segment } = condition;
    return collect(asked.segments[segment]!, `segments.${segment}`, isDenied, asked, into);
  }
  const isGuess = ('fact' in condition || 'list' in condition) && !(asked.user && asked.personal);
  const shared = 'event' in condition && condition.measure === 'most' && naiveMostShared(condition, asked);
  const found = isGuess ? ['unknown'] : naiveFound(condition, asked)!;
  into.set(path, { path, passed, found, ...(shared && { shared }) });
}

const isKnownWhere = (where: Where | undefined, publicFacts: Properties | undefined) =>
  Object.values(where ?? {}).every((test) => isKnownTest(test, publicFacts));

function isKnownWindow(within: Within | undefined, publicFacts: Properties | undefined): boolean {
  const path = nameOfFact(within);
  if (path === undefined) return true;
  const [value] = naiveValues(path, publicFacts);
  return typeof value === 'string' && /^\d+[smhdw]$/.test(value);
}

/** Whether the operators, their operands, the segments and the public facts are such as there are. Of the names of facts and keys it says nothing. */
export function isUnderstood(condition: Condition, asked: Pick<Asked, 'segments' | 'publicFacts'>): boolean {
  const ask = (inner: Condition) => isUnderstood(inner, asked);
  if ('all' in condition) return condition.all.every(ask);
  if ('any' in condition) return condition.any.every(ask);
  if ('not' in condition) return ask(condition.not);
  if ('segment' in condition)
    return Object.hasOwn(asked.segments, condition.segment) && ask(asked.segments[condition.segment]!);
  return isUnderstoodLeaf(condition, asked.publicFacts);
}

function isUnderstoodLeaf(condition: Leaf, publicFacts: Properties | undefined): boolean {
  const { is } = condition as { is?: Test };
  if (is !== undefined && !isKnownTest(is, publicFacts)) return false;
  if ('event' in condition)
    return isKnownWhere(condition.where, publicFacts) && isKnownWindow(condition.within, publicFacts);
  if (!('sequence' in condition)) return true;
  const { sequence, within, thenNot } = condition;
  return (
    isKnownWindow(within, publicFacts) &&
    isKnownWhere(thenNot?.where, publicFacts) &&
    sequence.every((step) => isKnownWhere(step.where, publicFacts) && isKnownWindow(step.within, publicFacts))
  );
}
