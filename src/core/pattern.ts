/**
 * Patterns: native regular expressions, admitted only if a look at their structure shows that they cannot take long (D5). The rule is a
 * bound on the steps that trying one on a subject of `MAX_SUBJECT` characters may take: see `stepsOf`.
 */
import { isOfUnicode, overlapOf, type Overlap } from './characterSets.js';
import { parsePattern, type Element, type Sequence } from './patternParser.js';
import { UnknownOperator } from './unknownOperator.js';

/** A subject is cut here before it is matched. */
export const MAX_SUBJECT = 2048;
export const MAX_PATTERN = 200;
/** What one scan from every place costs, and a quarter more for what stands beside it: some milliseconds. */
export const MAX_STEPS = 1.25 * MAX_SUBJECT ** 2;
/** From each place there is less left to go over: so many characters at most, which stand for up to `SPAN` less. */
const SPAN = 256;
const LEFT = Array.from({ length: MAX_SUBJECT / SPAN + 1 }, (_, spans) => spans * SPAN);
/** Steps that it takes to find a character in a class of Unicode. */
const CLASS_STEPS = 4;

/** Why a pattern is not admitted, as an author reads it; undefined if it is. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return `is no regular expression (${(error as Error).message})`;
  }
  try {
    if (stepsOf(pattern) <= MAX_STEPS) return undefined;
    return isAnchored(parsePattern(pattern))
      ? 'may take too long: of what follows each other with *, + or {…}, make one exclude what comes after it, such as [^/]+ before /, and repeat less'
      : 'may take too long: begin it with ^, or let *, + and {…} exclude what comes after them, such as [^/]+ before /, and repeat less';
  } catch (error) {
    return (error as Error).message;
  }
}

const isAnchored = (alternatives: readonly Sequence[]) =>
  alternatives.every(([first]) => first?.source == '^');

/** A character that is written as an escape is that character, and half of one is none. */
const withoutEscapes = (pattern: string) =>
  pattern.replace(/\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|.)/gsu, (all, ...[braced, four]: string[]) => {
    const code = parseInt(braced ?? four!, 16);
    return code > 127 ? String.fromCodePoint(code) : all;
  });

/**
 * How many steps, at most, it may take to find that a well-formed pattern is nowhere in a subject: characters and places that are
 * looked at, again for each way to have come there. Throws, for an author to read, what no number of steps can be told of.
 */
export function stepsOf(pattern: string): number {
  const plain = pattern.includes('\\u') ? withoutEscapes(pattern) : pattern;
  const alternatives = parsePattern(plain);
  const costs = costsOfAny(
    alternatives,
    { firsts: [], glance: 0, costs: LEFT.map(() => 0) },
    overlapOf(plain),
  );
  return isAnchored(alternatives) ? costs.at(-1)! : sumOf(costs.slice(1).map((steps) => SPAN * (steps + 1)));
}

type Matcher = (text: string) => boolean;
/** Triggers ask the same at every occasion, and to look at a pattern takes far longer than to match it. */
const admitted = new Map<string, Matcher>();

/** A matcher of texts. Throws `UnknownOperator` for a pattern that is not admitted. */
export function patternOf(pattern: string): Matcher {
  let matches = admitted.get(pattern);
  if (!matches) {
    const problem = patternProblem(pattern);
    if (problem) throw new UnknownOperator(`${pattern} ${problem}`);
    admitted.set(pattern, (matches = matcherOf(new RegExp(pattern, 'u'))));
  }
  return matches;
}

/** The same address is asked about at every occasion of a page, and again and again by an explanation: it is matched once. */
function matcherOf(regex: RegExp): Matcher {
  let last: { subject: string; answer: boolean } | undefined;
  return (text) => {
    const subject = text.slice(0, MAX_SUBJECT);
    if (last?.subject !== subject) last = { subject, answer: regex.test(subject) };
    return last.answer;
  };
}

const isVariable = ({ min, max }: Element) => min != max;

const holdsVariable = (sequence: Sequence): boolean =>
  sequence.some((element) => isVariable(element) || !!element.alternatives?.some(holdsVariable));

const isEmptyable = ({ min, isZeroWidth, alternatives }: Element): boolean =>
  isZeroWidth || min == 0 || !!alternatives?.some((sequence) => sequence.every(isEmptyable));

/** The sets its first character may be of. */
function firstsOf(sequence: Sequence, follow: readonly string[]): readonly string[] {
  const firsts: string[] = [];
  for (const element of sequence) {
    if (element.alternatives) firsts.push(...element.alternatives.flatMap((inner) => firstsOf(inner, [])));
    else if (!element.isZeroWidth) firsts.push(element.source);
    if (!isEmptyable(element)) return firsts;
  }
  return [...firsts, ...follow];
}

/** No two alternatives can begin with the same character, or with none: which one it is needs no trying. */
function areApart(alternatives: readonly Sequence[], follow: readonly string[], overlap: Overlap): boolean {
  const firsts = alternatives.map((sequence) => firstsOf(sequence, follow));
  return (
    alternatives.filter((sequence) => sequence.every(isEmptyable)).length < 2 &&
    firsts.every((these, index) => firsts.slice(index + 1).every((those) => !overlap(these, those)))
  );
}

/** Steps by how much is left, see `LEFT`. */
type Costs = readonly number[];

/**
 * What follows: the sets its first character may be of, the steps to see that the character is of none of them, and all that it may
 * take.
 */
interface Rest {
  firsts: readonly string[];
  glance: number;
  costs: Costs;
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** Where the next character is none that it may begin with: in how many ways it may be empty, and the steps to see that. */
function glanceAt(sequence: Sequence): readonly [ways: number, steps: number] {
  let [ways, steps] = [1, 0];
  for (const { alternatives, isZeroWidth, min } of sequence) {
    const inner = alternatives?.map(glanceAt) ?? [];
    steps += ways * (1 + sumOf(inner.map(([, own]) => own)));
    ways *= (isZeroWidth ? 1 : sumOf(inner.map(([own]) => own))) + Number(min == 0);
    if (!ways) break;
  }
  return [ways, steps];
}

function glanceOf(sequence: Sequence, rest: number): number {
  const [ways, steps] = glanceAt(sequence);
  return steps + ways * rest;
}

function costsOfAny(alternatives: readonly Sequence[], rest: Rest, overlap: Overlap): Costs {
  const all = alternatives.map((sequence) => costsOf(sequence, rest, overlap));
  const isOne = areApart(alternatives, rest.firsts, overlap);
  const glances = sumOf(alternatives.map((sequence) => glanceOf(sequence, rest.glance)));
  return LEFT.map((_, at) => {
    const own = all.map((costs) => costs[at]!);
    return isOne ? Math.max(...own) + glances : sumOf(own);
  });
}

/** From the last part back: what one part may take is its own steps, and again for each of its ends all that follows. */
const costsOf = (sequence: Sequence, rest: Rest, overlap: Overlap): Costs =>
  sequence.reduceRight((costs, element, index) => {
    const after = sequence.slice(index + 1);
    // It leaves no choice.
    if (!element.alternatives && !isVariable(element))
      return LEFT.map((left, at) => stepsOfSet(element) * Math.min(element.max, left + 1) + costs[at]!);
    const next = { firsts: firstsOf(after, rest.firsts), glance: glanceOf(after, rest.glance), costs };
    return element.alternatives
      ? costsOfGroup(element, element.alternatives, next, overlap)
      : costsOfMany(element, { length: 1, steps: LEFT.map(() => stepsOfSet(element)) }, next, overlap);
  }, rest.costs);

const stepsOfSet = ({ source }: Element) => (isOfUnicode(source) ? CLASS_STEPS : 1);

function costsOfGroup(
  element: Element,
  alternatives: readonly Sequence[],
  next: Rest,
  overlap: Overlap,
): Costs {
  const isEmpty = alternatives.some((inner) => inner.every(isEmptyable));
  if (element.max < 2) {
    const costs = costsOfAny(alternatives, next, overlap);
    if (element.min) return costs.map((steps) => steps + 1);
    const isTold = !isEmpty && !overlap(firstsOf([{ ...element, min: 1 }], []), next.firsts);
    return costs.map((steps, at) => steps + 1 + (isTold ? next.glance : next.costs[at]!));
  }
  if (alternatives.some(holdsVariable)) throw new Error('repeats a group that holds another *, +, ? or {…}');
  if (isEmpty) throw new Error('repeats a group that may be empty');
  if (!isDetermined(alternatives, overlap))
    throw new Error('repeats a group of which two alternatives begin alike');
  const steps = costsOfAny(alternatives, { firsts: [], glance: 0, costs: LEFT.map(() => 1) }, overlap);
  return costsOfMany(element, { length: Math.min(...alternatives.map(lengthOf)), steps }, next, overlap);
}

/** What is repeated: one takes so many steps, and so many characters at least. Where it ends the next character tells, or it is open. */
function costsOfMany(
  element: Element,
  once: { length: number; steps: Costs },
  { firsts, glance, costs }: Rest,
  overlap: Overlap,
): Costs {
  const { min, max } = element;
  const isOpen = isVariable(element) && overlap(firstsOf([{ ...element, min: 1 }], []), firsts);
  return LEFT.map((left, at) => {
    const most = Math.min(max, Math.floor(left / once.length));
    const least = Math.min(min, most);
    const begun = once.steps[at]! * Math.min(max, most + 1);
    if (!isOpen) return begun + costs[at]! + (isVariable(element) ? (most - least + 1) * glance : 0);
    // Each is an end, and so much is left after it.
    const upTo = (spans: number) =>
      Math.min(most + 1, Math.max(least, Math.ceil((left - spans * SPAN) / once.length)));
    return (
      begun + sumOf(costs.slice(0, at + 1).map((steps, spans) => steps * (upTo(spans - 1) - upTo(spans))))
    );
  });
}

/** Which of the alternatives it is, in it and in what is within it, the first character tells. */
const isDetermined = (alternatives: readonly Sequence[], overlap: Overlap): boolean =>
  alternatives.flat().every((inner) => !inner.alternatives || isDetermined(inner.alternatives, overlap)) &&
  (alternatives.length == 1 ||
    (areApart(alternatives, [], overlap) && !alternatives.some((inner) => inner.every(isEmptyable))));

/** The characters it has at least. */
const lengthOf = (sequence: Sequence): number =>
  sumOf(
    sequence.map(({ alternatives, isZeroWidth, min }) =>
      isZeroWidth ? 0 : min * (alternatives ? Math.min(...alternatives.map(lengthOf)) : 1),
    ),
  );
