import type { Json } from '../../core/events.js';

/** The fields of the wire this version knows; others are a newer SDK's and are kept. */
export const BATCH_FIELDS = new Set(
  'site sdk program visitor user zone clock origin dropped rows'.split(' '),
);
export const ROW_FIELDS = new Set('id key stream page session monotonic origin events'.split(' '));
export const EVENT_FIELDS = new Set('name properties time purposes'.split(' '));

/**
 * Unknown fields of a batch or a row as JSON, bytes. They are stored with every event, so that without a limit of their own
 * one request could write 500 times its size.
 */
export const UNKNOWN_BYTES = 4096;

/** What of `value` this version does not know; undefined if that is nothing, as it is nearly always. */
export function unknownFields(
  value: object,
  known: ReadonlySet<string>,
): { [name: string]: Json } | undefined {
  let found: { [name: string]: Json } | undefined;
  for (const name of Object.keys(value)) {
    // Assigning to that one would change the object's prototype.
    if (!known.has(name) && name !== '__proto__')
      (found ??= {})[name] = (value as { [name: string]: Json })[name]!;
  }
  return found;
}
