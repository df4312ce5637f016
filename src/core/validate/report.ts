import { SHAPES } from './vocabulary.js';

/** One thing that is wrong with a document. Errors prevent publishing, warnings do not. */
export interface Problem {
  /** JSON path, such as `campaigns[0].caps[0].per`. */
  path: string;
  severity: 'error' | 'warning';
  /** Names the path, the value and the fix. */
  message: string;
}

/** What a check writes to: where it stands in the document, and what to do about it. */
export interface Report {
  (path: string, value: unknown, problem: string, severity?: Problem['severity']): void;
  /** Names of segments the document may refer to. */
  segments: ReadonlySet<string>;
  /** Public facts its conditions may name. */
  facts: Fields;
  /** There may be more of them than are known here. */
  mayHaveMoreFacts?: boolean;
  /** Whether messages may ask for personal data. */
  allowsContacts?: boolean;
  /** The site's theme, over which those of messages are laid. */
  theme?: unknown;
}

export type Fields = { [key: string]: unknown };

/** Values are quoted in messages as JSON, cut so that a message stays one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The text, or none: what is no text may be an object that cannot become one. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reports what is no path of a value, or one that is never read (S6); `problem` says what it is to be instead. */
export function checkPath(value: unknown, path: string, problem: string, report: Report): void {
  if (!isText(value)) report(path, value, problem);
  else if (SHAPES.forbiddenPath.test(value))
    report(path, value, 'is a path that can never be read; name another one');
}

/** Whether it is a text of that shape. */
export const isShaped = (value: unknown, shape: keyof typeof SHAPES): value is string =>
  typeof value === 'string' && SHAPES[shape].test(value);

/** A list in words: `"a", "b" or "c"`. */
export function oneOf(words: readonly string[]): string {
  const names = words.map((word) => `"${word}"`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The object at a path, or undefined after saying that it is none. Keys outside `known` are reported. */
export function fieldsAt(
  value: unknown,
  path: string,
  known: readonly string[],
  report: Report,
): Fields | undefined {
  if (!isFields(value)) {
    report(path, value, 'is not an object; write {…}');
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key))
      report(
        path ? `${path}.${key}` : key,
        value[key],
        `is not known here; use ${oneOf(known)}, or remove it`,
      );
  }
  return value;
}

/** How many there may be of what. */
interface Limit {
  most: number;
  /** In the plural. */
  what: string;
}

/** Those that there may be, after saying that there are more. */
export function atMost<Item>(items: Item[], path: string, { most, what }: Limit, report: Report): Item[] {
  if (items.length <= most) return items;
  report(path, items.length, `${what} are more than ${most}; leave some out, or split it`);
  return items.slice(0, most);
}

/** The list at a path, empty after saying that it is none. */
export function listAt(
  value: unknown,
  path: string,
  report: Report,
  example: string,
  limit?: Limit,
): unknown[] {
  if (Array.isArray(value)) return limit ? atMost(value, path, limit, report) : value;
  report(path, value, `is not a list; write [${example}]`);
  return [];
}

/** Whether it is a whole number of 1 or more, and not more than `most`. */
export const isCount = (value: unknown, most = Infinity): boolean =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;

/** Reports a value that is not one of the words; true if it is. */
export function checkWord(
  value: unknown,
  path: string,
  words: readonly string[],
  report: Report,
  what = 'value',
): boolean {
  const isKnown = words.includes(value as string);
  if (!isKnown) report(path, value, `is not a known ${what}; use ${oneOf(words)}`);
  return isKnown;
}

/** Reports an id that could not stand in a report or an answer. */
export function checkId(value: unknown, path: string, seen: Set<unknown>, report: Report): void {
  if (!isShaped(value, 'id'))
    report(
      path,
      value,
      'is not an id; use 1 to 64 letters, digits, "-" or "_", and no word that every object has, such as "constructor"',
    );
  else if (seen.has(value)) report(path, value, 'is used twice; give each its own id');
  seen.add(value);
}

/** The words that belong to a kind that is known to be there. */
export const keysOf = (table: { [kind: string]: readonly string[] }, kind: string): readonly string[] =>
  table[kind]!;

/** Reports what may be left out and is neither true nor false. */
export function checkFlag(value: unknown, path: string, report: Report): void {
  if (value !== undefined && typeof value !== 'boolean')
    report(path, value, 'is not a flag; write true or false, or remove it');
}

/** Reports a number outside [low, high]. */
export function checkNumber(
  value: unknown,
  path: string,
  [low, high]: readonly [low: number, high: number],
  report: Report,
): void {
  if (typeof value !== 'number' || !(value >= low && value <= high))
    report(path, value, `is not a number from ${low} to ${high}`);
}
