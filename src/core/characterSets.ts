/** Which sets of characters, as patterns write them, have a character in common. */

/** Whether one character may belong to one of the sets on either side. */
export type Overlap = (these: readonly string[], those: readonly string[]) => boolean;

/** The character it is, of a set that is just one. */
const literalOf = (set: string): string | undefined =>
  set != '.' && [...set].length == 1 ? set : /^\\[^\w]$/.test(set) ? set[1] : undefined;

/**
 * Sets are classes of one character, in the syntax of patterns. Two of them meet, if they do, at the end of a range, beside one, or
 * among the characters the escapes are about; so those are all that need be tried.
 */
export function overlapOf(pattern: string): Overlap {
  const near = nearbyOf(pattern);
  const members = (source: string) => {
    const set = setOf(source);
    set.common ??= among(COMMON, set);
    return near.length ? [...set.common, ...among(near, set)] : set.common;
  };
  // Most are letters that stand for themselves: for those there is nothing to try out.
  const meet = (one: string, other: string): boolean => {
    if (one == other) return true;
    const [own, that] = [literalOf(one), literalOf(other)];
    if (own !== undefined) return that !== undefined ? own == that : setOf(other).regex.test(own);
    if (that !== undefined) return setOf(one).regex.test(that);
    // Where classes of Unicode begin and end nobody has written down here.
    if (isOfUnicode(one) || isOfUnicode(other)) return true;
    const those = members(other);
    return members(one).some((character) => those.includes(character));
  };
  return (these, those) => these.some((one) => those.some((other) => meet(one, other)));
}

const besideOf = (text: string): string[] =>
  [...text].flatMap((character) =>
    [-1, 0, 1].map((shift) => {
      const point = character.codePointAt(0)! + shift;
      return String.fromCodePoint(Math.min(Math.max(0, point), 0x10ffff));
    }),
  );

/** Latin, one each of two scripts, one beyond 16 bits, all that is a space, and what stands beside those. */
const COMMON = [
  ...Array.from({ length: 256 }, (_, code) => String.fromCodePoint(code)),
  ...'\u3042\u4e00\u{1f600}',
  ...besideOf('\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'),
];
/** A set as it was looked at, and which of the common characters it has. */
interface CharacterSet {
  regex: RegExp;
  common?: readonly string[];
}
/** By their sources, for as many as there may be in a program: many patterns have the same. */
const sets = new Map<string, CharacterSet>();
const SETS = 500;

function setOf(source: string): CharacterSet {
  let set = sets.get(source);
  if (!set) {
    if (sets.size == SETS) sets.clear();
    sets.set(source, (set = { regex: new RegExp(`^${source}$`, 'u') }));
  }
  return set;
}

const among = (characters: readonly string[], { regex }: CharacterSet) =>
  characters.filter((character) => regex.test(character));

/** Beyond Latin: the characters of a pattern, and what stands beside each of them. */
const nearbyOf = (text: string): string[] =>
  besideOf([...text].filter((character) => character >= '\xff').join('')).filter(
    (character) => character > '\xff',
  );

export const isOfUnicode = (set: string) => /\\[pP]/.test(set);
