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

// Once, and without the flag that ignores case, with which they take many times as long.
/** One character that is not just itself: a class, an escape, or any. */
const CHARACTER =
  /\[(?:\\.|[^\]\\])*\]|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[a-zA-Z]|\\[pP]\{[^}]*\}|\\?./suy;
const GROUP = /\((?!\?)|\(\?:|\(\?<(?![=!])[^>]+>/uy;
const BACK = /^\\[1-9k]/;
const ZERO_WIDTH = /^(?:[$^]|\\[bB])$/;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/uy;

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
    if (take(GROUP)) {
      const inner = alternatives();
      at++;
      return { ...once, source: '', alternatives: inner };
    }
    if (first == '(') throw new Error('looks ahead or back with (?=, (?!, (?<= or (?<!');
    const [source] = take(CHARACTER)!;
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
