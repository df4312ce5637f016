/** Texts in which a pattern is found, to name one as an example of what would match. */
import { parsePattern, type Element, type Sequence } from './patternParser.js';

/** Of so many of the shortest the best is sought. */
const MOST_TEXTS = 6;
/** Nobody reads a longer example, characters. */
const MOST_LENGTH = 500;
/** Of a class so many different characters are tried. */
const MOST_CHARACTERS = 2;

/** What people would write, then the rest of ASCII, then letters of other scripts. */
const USUAL = 'a1A/?-_. =&';
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode((code + 32) % 128));
const OTHERS = 'éßαяאع中あア가ก😀';

/** The shortest first; none if none was found. `pattern` is one that is admitted. */
export function examplesOf(pattern: string): string[] {
  const regex = new RegExp(pattern, 'u');
  return textsOf(parsePattern(pattern)).filter((text) => regex.test(text));
}

const shortest = (texts: readonly string[]) =>
  [...new Set(texts)].sort((a, b) => a.length - b.length).slice(0, MOST_TEXTS);

const textsOf = (alternatives: readonly Sequence[]): string[] =>
  shortest(alternatives.flatMap(textsOfSequence));

function textsOfSequence(sequence: Sequence): string[] {
  let texts = [''];
  for (const element of sequence) {
    if (element.isZeroWidth) continue;
    const next = repetitions(element);
    texts = shortest(texts.flatMap((text) => next.map((more) => text + more))).filter(
      ({ length }) => length <= MOST_LENGTH,
    );
  }
  return texts;
}

/** As few times as it may be, and once more. */
function repetitions({ source, alternatives, min, max }: Element): string[] {
  const once = alternatives ? textsOf(alternatives) : charactersOf(source);
  return [min, min + 1]
    .filter((times) => times <= max)
    .flatMap((times) =>
      once.filter(({ length }) => length * times <= MOST_LENGTH).map((text) => text.repeat(times)),
    );
}

/** Characters of a class, in the syntax of patterns. */
function charactersOf(source: string): string[] {
  if (source != '.' && [...source].length == 1) return [source];
  const isOne = new RegExp(`^${source}$`, 'u');
  const found: string[] = [];
  for (const character of [...USUAL, ...namedIn(source), ...ASCII, ...OTHERS]) {
    if (!found.includes(character) && isOne.test(character)) found.push(character);
    if (found.length == MOST_CHARACTERS) break;
  }
  return found;
}

const CODE = /\\u\{([\da-f]+)\}|\\u([\da-f]{4})|\\x([\da-f]{2})/gi;

/** Those at an end of a range, or beside one. */
function namedIn(source: string): string[] {
  const codes = [...source.matchAll(CODE)].map(([, ...codes]) => parseInt(codes.find(Boolean)!, 16));
  return [...[...source].map((character) => character.codePointAt(0)!), ...codes].flatMap((code) =>
    [code, code + 1, code - 1]
      .filter((point) => point >= 0 && point <= 0x10ffff)
      .map((point) => String.fromCodePoint(point)),
  );
}
