import type { Text } from './content.js';

/** Chinese with the script that is written where it comes from, which browsers leave out: `zh-TW` is `zh-Hant-TW`. */
const tagOf = (language: string) =>
  language
    .toLowerCase()
    .replace(/^zh(?=-(tw|hk|mo)$)/, 'zh-hant')
    .replace(/^zh(?=-(cn|sg)$)/, 'zh-hans');

/**
 * The wording for the preferred languages, best first: each tag, then shortened (`fr-CA`, `fr`; `zh-TW`, `zh-Hant`, `zh`), then the
 * fallback language, then any wording. Tags compare without case.
 */
export function localise(text: Text, languages: readonly string[], fallback: string): string {
  if (typeof text == 'string') return text;
  const wordings = new Map(Object.entries(text).map(([tag, wording]) => [tagOf(tag), wording]));
  for (const language of [...languages, fallback]) {
    for (let tag = tagOf(language); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const wording = wordings.get(tag);
      if (wording !== undefined) return wording;
    }
  }
  return wordings.values().next().value ?? '';
}
