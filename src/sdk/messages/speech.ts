import type { Content, Text } from '../../core/content.js';
import { localise } from '../../core/localise.js';
import type { MessageRequest } from './contract.js';
import type { Fill } from './personalise.js';
import { isUsual, wordsFor } from './words.js';

/** All that a message says, in one language. */
export interface Speech {
  /** What it comes out in. */
  language: string;
  /** The frame's own words for this reader. */
  words: ReturnType<typeof wordsFor>;
  /** The wording for this reader, its placeholders as they are. */
  wording: (text: Text) => string;
  /** Fills the placeholders of a wording in; in an address what is filled in cannot change where the rest leads. */
  fill: Fill;
  /** The wording for this reader, filled in. */
  say: (text: Text | undefined) => string;
}

/** Fetches what the language and the content need: most messages are in a usual one, and say the same to everybody. */
export async function speechOf(
  { known, now, language: own }: Pick<MessageRequest, 'known' | 'now' | 'language'>,
  content: Content,
  language: string,
  languages: readonly string[],
): Promise<Speech> {
  const more = isUsual(language) ? undefined : (await import('./moreWords.js')).moreWords(language);
  const fill: Fill = mentions(content)
    ? (await import('./personalise.js')).createFill(known, language, now)
    : (text) => text;
  const wording = (text: Text) => localise(text, [language, ...languages], own);
  return {
    language,
    words: wordsFor(language, more),
    wording,
    fill,
    say: (text) => fill(wording(text ?? '')),
  };
}

/** Whether a text anywhere in it has a placeholder. */
const mentions = (value: unknown): boolean =>
  typeof value == 'string' ? value.includes('{{') : Object.values(value ?? {}).some(mentions);
