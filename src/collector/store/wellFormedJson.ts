import type { Json } from '../../core/events.js';

/**
 * JSON text without lone surrogates, which DuckDB's JSON functions refuse for the whole query. They can only come from an
 * escape: where the text this value was read from holds none, nothing need be looked for.
 */
export function wellFormedJson(value: Json, hasEscapes: boolean): string {
  const text = JSON.stringify(value);
  if (!hasEscapes || !text.includes('\\ud')) return text;
  return text.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (escape) =>
    escape.startsWith('\\ud') ? '\ufffd' : escape,
  );
}

/** True if the JSON text holds an escape that may be a surrogate. */
export function holdsSurrogateEscapes(json: Buffer): boolean {
  return json.includes('\\ud') || json.includes('\\uD');
}
