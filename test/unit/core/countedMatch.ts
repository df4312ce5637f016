/** A backtracking matcher that counts its steps, for patterns that are drawn as trees: no clock, and nothing of `src/core`. */
import fc from 'fast-check';

interface Repeat {
  min: number;
  max: number;
  text: string;
}
type Atom =
  | { source: string; has: (character: string) => boolean }
  | { source: string; isAt: (subject: readonly string[], at: number) => boolean }
  | { alternatives: Drawn[] };
/** A sequence of parts. */
export type Drawn = { atom: Atom; repeat: Repeat }[];

const isWord = (character = '') => /^\w$/.test(character);
const SETS: Atom[] = [
  { source: 'a', has: (character) => character === 'a' },
  { source: 'b', has: (character) => character === 'b' },
  { source: '=', has: (character) => character === '=' },
  { source: '/', has: (character) => character === '/' },
  { source: '😀', has: (character) => character === '😀' },
  { source: '.', has: (character) => !/[\n\r\u2028\u2029]/.test(character) },
  { source: '\\w', has: isWord },
  { source: '\\d', has: (character) => /^\d$/.test(character) },
  { source: '[ab]', has: (character) => /^[ab]$/.test(character) },
  { source: '[^a]', has: (character) => character !== 'a' },
  { source: '[^/]', has: (character) => character !== '/' },
];
const EDGES: Atom[] = [
  { source: '^', isAt: (_, at) => at === 0 },
  { source: '$', isAt: (subject, at) => at === subject.length },
  { source: '\\b', isAt: (subject, at) => isWord(subject[at - 1]) !== isWord(subject[at]) },
];
const ONCE: Repeat = { min: 1, max: 1, text: '' };
const REPEATS: Repeat[] = [
  { min: 0, max: Infinity, text: '*' },
  { min: 1, max: Infinity, text: '+' },
  { min: 0, max: 1, text: '?' },
  { min: 0, max: Infinity, text: '*?' },
  ...[2, 20, 50].map((times) => ({ min: times, max: times, text: `{${times}}` })),
  ...[3, 20, 44, 60].map((max) => ({ min: 0, max, text: `{0,${max}}` })),
  { min: 2, max: Infinity, text: '{2,}' },
];

export const drawnPattern: fc.Arbitrary<Drawn> = fc.letrec<{ sequence: Drawn; part: Drawn[number] }>(
  (tie) => {
    const repeat = fc.oneof(fc.constant(ONCE), fc.constantFrom(...REPEATS));
    const group = fc
      .array(tie('sequence'), { minLength: 1, maxLength: 3 })
      .map((alternatives): Atom => ({ alternatives }));
    return {
      part: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { weight: 4, arbitrary: fc.record({ atom: fc.constantFrom(...SETS), repeat }) },
        { weight: 1, arbitrary: fc.record({ atom: fc.constantFrom(...EDGES), repeat: fc.constant(ONCE) }) },
        { weight: 2, arbitrary: fc.record({ atom: group, repeat }) },
      ),
      sequence: fc.array(tie('part'), { minLength: 1, maxLength: 6 }),
    };
  },
).sequence;

/** The pattern as it is written. */
export const written = (sequence: Drawn): string =>
  sequence
    .map(({ atom, repeat }) =>
      'source' in atom
        ? atom.source + repeat.text
        : `(${atom.alternatives.map(written).join('|')})${repeat.text}`,
    )
    .join('');

/** Whether it is found in the subject, and how many characters, places and groups were looked at for that; no more than `most`. */
export function countedMatch(pattern: Drawn, text: string, most: number): { found: boolean; steps: number } {
  const subject = [...text];
  let steps = 0;
  const step = () => {
    if (++steps > most) throw new Error(`${written(pattern)} takes more than ${most} steps`);
  };

  function* many({ atom, repeat: { min, max, text } }: Drawn[number], at: number): Generator<number> {
    if ('isAt' in atom) {
      step();
      if (atom.isAt(subject, at)) yield at;
    } else if ('has' in atom) {
      const isLazy = text.endsWith('?') && text.length > 1;
      let end = at;
      for (; end - at < max; end++) {
        if (isLazy && end - at >= min) yield end;
        step();
        if (end >= subject.length || !atom.has(subject[end]!)) break;
      }
      if (isLazy) return;
      for (; end - at >= min; end--) yield end;
    } else {
      const level = (from: number, times: number) => ({
        from,
        ends: times < max ? any(atom.alternatives, from) : [][Symbol.iterator](),
      });
      const levels = [level(at, 0)];
      while (levels.length) {
        const { from, ends } = levels.at(-1)!;
        const next = ends.next();
        const times = levels.length;
        if (next.done) {
          levels.pop();
          if (times - 1 >= min) yield from;
        } else if (next.value !== from || times <= min) levels.push(level(next.value, times));
      }
    }
  }
  function* any(alternatives: readonly Drawn[], at: number): Generator<number> {
    step();
    for (const sequence of alternatives) yield* rest(sequence, 0, at);
  }
  function* rest(sequence: Drawn, index: number, at: number): Generator<number> {
    const part = sequence[index];
    if (!part) yield at;
    else for (const end of many(part, at)) yield* rest(sequence, index + 1, end);
  }

  const isAnchored = written(pattern).startsWith('^');
  for (let at = 0; at <= (isAnchored ? 0 : subject.length); at++)
    if (!rest(pattern, 0, at).next().done) return { found: true, steps };
  return { found: false, steps };
}
