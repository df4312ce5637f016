import type { Block, Content, Text } from '../../core/content.js';
import { localise } from '../../core/localise.js';
import { guarded } from './fault.js';

/**
 * The language a message comes out in: the first preferred one any of its texts has a wording for (`fr-CA`, then `fr`),
 * else the campaign's own. It becomes `lang`, and chooses the frame's own words.
 */
export function languageOf(content: Content, languages: readonly string[], own: string): string {
  const available: { [tag: string]: string } = { [own]: own };
  for (const text of [
    content.launcher,
    content.label,
    ...wordingsOf(content).map(([, wording]) => wording),
  ]) {
    for (const tag of typeof text == 'object' ? Object.keys(text) : []) available[tag] = tag;
  }
  return localise(available, languages, own);
}

/** `rtl` for languages written from right to left. */
export const directionOf = (language: string) =>
  /^(ar|fa|he|iw|ps|sd|ug|ur|yi)\b/i.test(language) ? 'rtl' : 'ltr';

/** The accessible name's source: the author's label, else the first heading, else the first question, else the first text. */
export function nameOf(content: Content): Text {
  const wordings = wordingsOf(content);
  const first = (kind: Block['block']) => wordings.find(([block]) => block == kind)?.[1];
  return content.label ?? first('heading') ?? first('question') ?? first('text') ?? '';
}

const wordingsOf = ({ cards }: Content) =>
  cards.flatMap(({ blocks }) =>
    blocks.flatMap((block): [Block['block'], Text][] => {
      if (block.block == 'question') return [[block.block, block.question.label]];
      return 'text' in block ? [[block.block, block.text]] : [];
    }),
  );

/** Calls back with each language the page changes to in place; the result ends that. */
export function whenPageSpeaks(speak: (language: string) => void): () => void {
  const page = document.documentElement;
  const observer = new MutationObserver(guarded(() => page.lang && speak(page.lang)));
  observer.observe(page, { attributeFilter: ['lang'] });
  return () => observer.disconnect();
}
