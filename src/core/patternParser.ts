/** Reads a regular expression that is known to be well-formed (flag `u`) as far as it matters how long matching it may take. */

/** One part of a sequence, `min` to `max` times. */
export interface Element {
  /** A class of one character, in the syntax of patterns; of a group nothing. */
  source: string;
  /** `^`, `$` and the like. */
  isZeroWidth: boolean;
  /** Of a group. */
  alternatives?: Sequence[];
  min: number;
  max: number;
}
export type Sequence = Element[];

// Without the flags for Unicode, with which it takes milliseconds to make one of them ready.
const GROUP = /\((?!\?)|\(\?:|\(\?<(?![=!])[^>]+>/y;
const BACK = /^\\[1-9k]/;
const ZERO_WIDTH = /^(?:[$^]|\\[bB])$/;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

/** How long the escapes are that are longer than their letter, from the backslash. */
const ESCAPES: { [letter: string]: number } = { u: 6, x: 4, c: 3 };

const refusalOf = (group: string) =>
  /^\(\?<?[=!]/.test(group)
    ? 'looks ahead or back with (?=, (?!, (?<= or (?<!'
    : 'changes in the middle how letters are compared, as with (?i:';

/** Where what stands for one character ends: a class, an escape, or the character itself. */
function endOf(pattern: string, from: number): number {
  let at = from;
  const letter = pattern[at + 1]!;
  if (pattern[at] == '[') {
    while (++at < pattern.length && pattern[at] != ']') if (pattern[at] == '\\') at++;
    return at + 1;
  }
  if (pattern[at] == '\\') {
    if ('pP'.includes(letter) || (letter == 'u' && pattern[at + 2] == '{'))
      return pattern.indexOf('}', at) + 1;
    if (ESCAPES[letter]) return at + ESCAPES[letter];
    at++;
  }
  return at + (pattern.codePointAt(at)! > 0xffff ? 2 : 1);
}

/** Its alternatives. Throws, for an author to read, if it uses what cannot be matched in a single pass. */
export function parsePattern(pattern: string): Sequence[] {
  let at = 0;

  const take = (expression: RegExp) => {
    expression.lastIndex = at;
    const found = expression.exec(pattern);
    if (found) at += found[0].length;
    return found;
  };

  const alternatives = (): Sequence[] => {
    const all: Sequence[] = [[]];
    while (at < pattern.length && pattern[at] != ')') {
      if (pattern[at] == '|') {
        at++;
        all.push([]);
      } else all.at(-1)!.push(quantified(element()));
    }
    return all;
  };

  const element = (): Element => {
    const once = { isZeroWidth: false, min: 1, max: 1 };
    const first = pattern[at]!;
    // Most are letters that stand for themselves, and to see that needs no expression.
    if (first < '\ud800' && !'([\\.^$'.includes(first)) {
      at++;
      return { ...once, source: first };
    }
    if (first == '(') {
      if (!take(GROUP)) throw new Error(refusalOf(pattern.slice(at)));
      const inner = alternatives();
      at++;
      return { ...once, source: '', alternatives: inner };
    }
    const source = pattern.slice(at, (at = endOf(pattern, at)));
    if (BACK.test(source)) throw new Error(`refers back with ${source}`);
    return { ...once, source, isZeroWidth: ZERO_WIDTH.test(source) };
  };

  const quantified = (one: Element): Element => {
    const [all, sign, min, comma, max] = ('*+?{'.includes(pattern[at] ?? ' ') && take(QUANTIFIER)) || [];
    if (!all) return one;
    if (sign) return { ...one, min: sign == '+' ? 1 : 0, max: sign == '?' ? 1 : Infinity };
    return { ...one, min: Number(min), max: Number(max || (comma ? Infinity : min)) };
  };

  return alternatives();
}
