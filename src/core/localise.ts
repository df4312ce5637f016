import type { Text } from './content.js';

/**
 * The wording for the preferred languages, best first: each tag, then shortened (`fr-CA`, `fr`), then the fallback
 * language, then any wording. Tags compare without case.
 */
export function localise(text: Text, languages: readonly string[], fallback: string): string {
  if (typeof text == 'string') return text;
  const wordings = new Map(Object.entries(text).map(([tag, wording]) => [tag.toLowerCase(), wording]));
  for (const language of [...languages, fallback]) {
    for (let tag = language.toLowerCase(); tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const wording = wordings.get(tag);
      if (wording !== undefined) return wording;
    }
  }
  return wordings.values().next().value ?? '';
}
