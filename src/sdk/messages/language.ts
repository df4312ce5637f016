import type { Block, Content, Text } from '../../core/content.js';
import { inlineOf } from '../../core/inline.js';
import { localise } from '../../core/localise.js';
import { guarded } from './fault.js';
import type { Speech } from './speech.js';
import type { View } from './view.js';

/**
 * The language a message comes out in: the first preferred one any of its texts has a wording for (`fr-CA`, then `fr`),
 * else the campaign's own. It becomes `lang`, and chooses the frame's own words.
 */
export function languageOf(content: Content, languages: readonly string[], own: string): string {
  const tags = wordingsIn(content).flatMap((wordings) => Object.keys(wordings));
  return localise(Object.fromEntries([own, ...tags].map((tag) => [tag, tag])), languages, own);
}

/** Scripts written from right to left, right after the language (what follows `-u-` is about digits), else languages usually written in one. */
const RTL =
  /^(\w+-(arab|hebr|thaa|syrc|nkoo|adlm|rohg)|(?!\w+-[a-z]{4}\b)(ar|ary|arz|azb|ckb|dv|fa|he|iw|ks|lrc|mzn|nqo|pnb|prs|ps|rhg|sd|skr|syr|ug|ur|yi))\b/i;

/** The direction a language is written in. */
export const directionOf = (language: string) => (RTL.test(language) ? 'rtl' : 'ltr');

/** The keys of texts, wherever in a message they stand. */
const TEXTS = /^(label|launcher|text|alt|name|price|ended|low|high|other|placeholder)$/;

/** Every text that has a wording per language. */
const wordingsIn = (value: unknown): object[] =>
  Object.entries(value ?? {}).flatMap(([key, part]: [string, unknown]) => {
    if (!part || typeof part != 'object') return [];
    return TEXTS.test(key) ? [part] : wordingsIn(part);
  });

/** The accessible name, which is announced too: the author's label, else what the first heading, question, text or other block says, without marks; buttons last. */
export function nameOf({ content, say, wording, fill }: Pick<View, 'content' | keyof Speech>): string {
  const blocks = content.cards.flatMap((card) => card.blocks);
  const saidBy = (block: Block): string | undefined => {
    const { text, alt, name, label, code, question, buttons } = block as Partial<Saying>;
    if (text && block.block == 'text')
      return inlineOf(wording(text))
        .map((stretch) => fill(stretch.text))
        .join('');
    return say(text ?? alt ?? name ?? label ?? question?.label ?? buttons?.[0]?.label) || code;
  };
  const telling = ['heading', 'question', 'text'].flatMap((kind) =>
    blocks.filter(({ block }) => block == kind),
  );
  const others = blocks.filter(({ block }) => block != 'buttons');
  return say(content.label) || [...telling, ...others, ...blocks].map(saidBy).find(Boolean) || '';
}

/** Where the texts of blocks stand. */
interface Saying {
  text: Text;
  alt: Text;
  name: Text;
  label: Text;
  code: string;
  question: { label: Text };
  buttons: { label: Text }[];
}

/** Calls back with each language the page changes to in place, also if it no longer is in the one it was in; the result ends that. */
export function whenPageSpeaks(speak: (language: string) => void, was: string): () => void {
  const page = document.documentElement;
  const hear = guarded(() => page.lang && speak(page.lang));
  const observer = new MutationObserver(hear);
  observer.observe(page, { attributeFilter: ['lang'] });
  if (page.lang != was) hear();
  return () => observer.disconnect();
}
