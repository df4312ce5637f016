const NUMBER = String.raw`(0|[1-9]\d*)`;
const WORD = String.raw`(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)`;

/**
 * Versions as programs number themselves: `1.10.2`, `v2.0`, `2.1.0-beta.3+build`. As Semantic Versioning 2.0.0 has them, 2 and 9: three
 * numbers without leading zeros, of which the last may be missing here.
 */
export const VERSION = new RegExp(
  String.raw`^[vV]?${NUMBER}(?:\.${NUMBER})?(?:\.${NUMBER})?(?:-(${WORD}(?:\.${WORD})*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$`,
);

type Version = RegExpExecArray | null;

/** The version that was compared last: many rules in turn ask about one. */
let last: [text: string, version: Version] = ['', null];
function versionOf(text: string): Version {
  if (last[0] != text) last = [text, VERSION.exec(text)];
  return last[1];
}

/**
 * How `found` stands to a version: negative, 0 or positive as it comes before, with or after it in the precedence of Semantic
 * Versioning 2.0.0, 11; parts that are not given are 0. NaN if one of them is no version.
 */
export function comparerWith(wanted: string): (found: string) => number {
  const those = VERSION.exec(wanted);
  return (found) => compare(versionOf(found), those);
}

/** Of whole numbers without leading zeros, also of such as are too large to be exact. */
const byNumber = (a: string, b: string) => a.length - b.length || (a < b ? -1 : Number(a > b));

function compare(these: Version, those: Version): number {
  if (!these || !those) return NaN;
  for (let part = 1; part <= 3; part++) {
    const difference = byNumber(these[part] ?? '0', those[part] ?? '0');
    if (difference) return difference;
  }
  const [early, late] = [these[4], those[4]];
  // What comes before a release is named after it.
  if (!early || !late) return Number(!early) - Number(!late);
  return compareIdentifiers(early.split('.'), late.split('.'));
}

function compareIdentifiers(these: readonly string[], those: readonly string[]): number {
  for (let index = 0; index < Math.min(these.length, those.length); index++) {
    const [a, b] = [these[index]!, those[index]!];
    if (a == b) continue;
    const [isNumber, isOtherNumber] = [a, b].map((text) => /^\d+$/.test(text));
    if (isNumber && isOtherNumber) return byNumber(a, b);
    // Numbers come before words.
    if (isNumber || isOtherNumber) return isNumber ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return these.length - those.length;
}
