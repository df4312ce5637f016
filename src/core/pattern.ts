/**
 * Patterns: native regular expressions, admitted only if a look at their structure shows that they cannot take long (D5). The rule
 * is a bound on how many ways there are to try a subject of `MAX_SUBJECT` characters: see `waysOf`.
 */
import { parsePattern, type Element, type Sequence } from './patternParser.js';
import { UnknownOperator } from './unknownOperator.js';

/** A subject is cut here before it is matched. */
export const MAX_SUBJECT = 2048;
export const MAX_PATTERN = 200;
/** Places to begin times places to end: what one scan for every place costs. */
const MAX_WAYS = MAX_SUBJECT ** 2;

/** Why a pattern is not admitted, as an author reads it; undefined if it is. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return `is no regular expression (${(error as Error).message})`;
  }
  try {
    const alternatives = parsePattern(pattern);
    const begins = alternatives.every(([first]) => first?.source == '^') ? 1 : MAX_SUBJECT;
    const scan = alternatives.some(isLong) ? MAX_SUBJECT : 1;
    if (begins * scan * waysOfAny(alternatives, [], overlapOf(pattern)) <= MAX_WAYS) return undefined;
    return begins == 1
      ? 'may take too long: of what follows each other with *, + or {…}, make one exclude what comes after it, such as [^/]+ before /'
      : 'may take too long: begin it with ^, or let *, + and {…} exclude what comes after them, such as [^/]+ before /';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Triggers ask the same at every occasion, and to look at a pattern takes far longer than to match it. */
const admitted = new Map<string, RegExp>();

/** A matcher of texts. Throws `UnknownOperator` for a pattern that is not admitted. */
export function patternOf(pattern: string): (text: string) => boolean {
  let regex = admitted.get(pattern);
  if (!regex) {
    const problem = patternProblem(pattern);
    if (problem) throw new UnknownOperator(`${pattern} ${problem}`);
    admitted.set(pattern, (regex = new RegExp(pattern, 'u')));
  }
  return (text) => regex.test(text.slice(0, MAX_SUBJECT));
}

/** Whether one character may belong to one of the sets on either side. */
type Overlap = (these: readonly string[], those: readonly string[]) => boolean;

/** The character it is, of a set that is just one. */
const literalOf = (set: string): string | undefined =>
  set != '.' && [...set].length == 1 ? set : /^\\[^\w]$/u.test(set) ? set[1] : undefined;

/**
 * Sets are classes of one character, in the syntax of patterns. Two of them meet, if they do, at the end of a range, beside one, or
 * among the characters the escapes are about; so those are all that need be tried.
 */
function overlapOf(pattern: string): Overlap {
  const known = new Map<string, Set<string>>();
  const regexOf = (set: string) => new RegExp(`^${set}$`, 'u');
  const members = (set: string) => {
    let found = known.get(set);
    if (!found) {
      const regex = regexOf(set);
      known.set(set, (found = new Set(charactersOf(pattern).filter((character) => regex.test(character)))));
    }
    return found;
  };
  // Most are letters that stand for themselves: for those there is nothing to try out.
  const meet = (one: string, other: string): boolean => {
    const [own, that] = [literalOf(one), literalOf(other)];
    if (own !== undefined) return that !== undefined ? own == that : regexOf(other).test(own);
    if (that !== undefined) return regexOf(one).test(that);
    return [...members(one)].some((character) => members(other).has(character));
  };
  return (these, those) => these.some((one) => those.some((other) => meet(one, other)));
}

function charactersOf(pattern: string): string[] {
  const points = new Set([0x2028, 0xfeff, 0x3000, 0x3042, 0x4e00, 0x1f600]);
  for (let point = 0; point < 256; point++) points.add(point);
  for (const character of pattern)
    for (const shift of [-1, 0, 1]) points.add(Math.max(0, character.codePointAt(0)! + shift));
  return [...points].map((point) => String.fromCodePoint(point));
}

const isVariable = ({ min, max }: Element) => min != max;

/** Whether something in it may go over a good part of the subject. */
const isLong = (sequence: Sequence): boolean =>
  sequence.some(({ max, alternatives }) => max > 50 || !!alternatives?.some(isLong));

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

/** No two alternatives can begin with the same character: which one it is needs no trying. */
function areApart(alternatives: readonly Sequence[], follow: readonly string[], overlap: Overlap): boolean {
  const firsts = alternatives.map((sequence) => firstsOf(sequence, follow));
  return firsts.every((these, index) => firsts.slice(index + 1).every((those) => !overlap(these, those)));
}

function waysOfAny(alternatives: readonly Sequence[], follow: readonly string[], overlap: Overlap): number {
  const ways = alternatives.map((sequence) => waysOf(sequence, follow, overlap));
  return areApart(alternatives, follow, overlap)
    ? Math.max(...ways)
    : ways.reduce((sum, count) => sum + count, 0);
}

/**
 * How many ways to match the sequence at one place may have to be tried before it is known that none does: the product of the
 * choices its parts leave. What is repeated leaves none where the next character tells that it ends.
 */
function waysOf(sequence: Sequence, follow: readonly string[], overlap: Overlap): number {
  let ways = 1;
  sequence.forEach((element, index) => {
    const { alternatives, min, max } = element;
    // It leaves no choice.
    if (!alternatives && !isVariable(element)) return;
    const next = firstsOf(sequence.slice(index + 1), follow);
    const own = firstsOf([{ ...element, min: 1 }], []);
    if (alternatives && max > 1) {
      if (alternatives.some(holdsVariable))
        throw new Error('repeats a group that holds another *, +, ? or {…}');
      if (alternatives.some((inner) => inner.every(isEmptyable)))
        throw new Error('repeats a group that may be empty');
      if (!areApart(alternatives, [], overlap))
        throw new Error('repeats a group of which two alternatives begin alike');
    }
    // A repeated group is followed by itself as well.
    if (alternatives) ways *= waysOfAny(alternatives, max > 1 ? [...own, ...next] : next, overlap);
    if (isVariable(element) && overlap(own, next)) ways *= Math.min(max - min + 1, MAX_SUBJECT);
  });
  return ways;
}
