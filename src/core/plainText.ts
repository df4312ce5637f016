import type { Json } from './events.js';

/** A value as people read it: text as it is, anything else as JSON, nothing for nothing. */
export function plainText(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
