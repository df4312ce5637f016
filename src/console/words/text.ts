import type { Text } from '../../core/content.js';
import type { Json } from '../../core/events.js';
import type { Dictionary } from '../language/en.js';

/** An author's wording in the console's language, else in any. */
export function wordingOf(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? Object.values(text)[0] ?? '';
}

export function formatWord(format: string, t: Dictionary): string {
  return Object.hasOwn(t.formats, format) ? t.formats[format as keyof typeof t.formats] : format;
}

/** An event's name in words; a shop's own names stay as they are. */
export function eventWord(name: string, t: Dictionary): string {
  return Object.hasOwn(t.events.names, name) ? (t.events.names[name] ?? name) : name;
}

/** Any JSON value in one line. */
export function valueText(value: Json, t: Dictionary): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? t.common.yes : t.common.no;
  if (value === null) return t.common.none;
  if (Array.isArray(value)) return value.map((one) => valueText(one, t)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
