import { stringify } from './json.js';

/** `JSON.stringify` of plain data, whatever `toJSON` the host page has put on the prototypes (Prototype.js does). */
export function toJson(value: unknown): string {
  // Whatever is on the prototype of all is seen from this one.
  const list = Array.prototype as { toJSON?: unknown };
  if (!list.toJSON) return stringify(value);
  const prototype = Object.hasOwn(list, 'toJSON') ? list : (Object.prototype as typeof list);
  const theirs = Object.getOwnPropertyDescriptor(prototype, 'toJSON')!;
  try {
    delete prototype.toJSON;
    return toJson(value);
  } finally {
    Object.defineProperty(prototype, 'toJSON', theirs);
  }
}
