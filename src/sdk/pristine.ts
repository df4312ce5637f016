/**
 * What the host page may replace later, as it was when this script loaded. Promise and the like, which idb-keyval uses as well,
 * the build captures (see `PRISTINE` in rollup.config.mjs).
 */
const { stringify, parse } = JSON;
const { keys } = Object;
export { keys, parse };

/** `JSON.stringify` of plain data, whatever `toJSON` the host page has put on the prototypes (Prototype.js does). */
export function toJson(value: unknown): string {
  for (const prototype of [Object.prototype, Array.prototype] as { toJSON?: unknown }[]) {
    const theirs = Object.getOwnPropertyDescriptor(prototype, 'toJSON');
    if (!theirs) continue;
    try {
      delete prototype.toJSON;
      return toJson(value);
    } finally {
      Object.defineProperty(prototype, 'toJSON', theirs);
    }
  }
  return stringify(value);
}
