import type { MoreWords } from './moreWords.js';

/** The words of a part of the frame. */
interface Part<Words> {
  /** Absent where there are none in further languages. */
  part?: keyof MoreWords;
  en: Words;
  ja: Words;
}

/** Languages whose words come with the part itself. */
export const isUsual = (language: string) => /^(en|ja)\b/i.test(language);

/** Chooses between the words of a part of the frame: those of `more` if there are any, Japanese for `ja` and its regions, else English. */
export const wordsFor =
  (language: string, more?: MoreWords) =>
  <Words>({ part, en, ja }: Part<Words>): Words =>
    (more?.[part!] as Words | undefined) ?? (/^ja\b/i.test(language) ? ja : en);
