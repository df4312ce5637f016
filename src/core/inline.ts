/** A stretch of a text that looks the same throughout. */
export interface Stretch {
  text: string;
  look?: 'strong' | 'em' | 'link';
  /** Where a link leads. */
  href?: string;
}

/** A placeholder (`template.ts`): nothing in it is a mark. */
const PLACE = '\\{\\{(?:(?!\\{\\{|\\}\\})[^])*\\}\\}';
const ESCAPED = '\\\\([\\\\*[\\]])';
/** What stands between marks: each way to go on begins differently, so that nothing is read twice. */
const between = (ends: string) => `((?:${PLACE}|\\\\[^]|(?!\\{\\{)[^\\\\${ends}])+)`;
/** What stays as it is; strong, and a mark of it that nothing closes; emphasis; words and address of a link. */
const MARKS = new RegExp(
  `${PLACE}|${ESCAPED}|\\*\\*${between('*')}\\*\\*|\\*\\*(?!\\*)|\\*(?!\\s)${between('*')}\\*|` +
    `\\[${between('[\\]')}\\]\\(((?:${PLACE}|[^\\s(){])+)\\)`,
  'g',
);
const LITERALS = new RegExp(`${PLACE}|${ESCAPED}`, 'g');

/** Without the backslashes that took something literally. */
const literally = (text: string) => text.replace(LITERALS, (all, letter?: string) => letter ?? all);

/**
 * Takes a text apart at `**strong**`, `*emphasis*` and `[words](address)`. None of them holds another; a backslash takes `*`, `[`, `]` or
 * itself literally, and what is not closed is text. Before placeholders are filled in: what a value says has no marks.
 */
export function inlineOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { index, 0: all, 2: strong, 3: emphasis, 4: words, 5: href } of text.matchAll(MARKS)) {
    const marked = strong ?? emphasis ?? words;
    if (marked === undefined) continue;
    stretches.push(
      { text: literally(text.slice(from, index)) },
      { text: literally(marked), look: strong ? 'strong' : emphasis ? 'em' : 'link', ...(href && { href }) },
    );
    from = index + all.length;
  }
  return [...stretches, { text: literally(text.slice(from)) }].filter((stretch) => stretch.text);
}
