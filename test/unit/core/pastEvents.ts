/** Random logs for property tests over the retained past: rows as a device writes them, on a clock that may be set. */
import fc from 'fast-check';
import { AUTOMATIC } from '../../../src/core/automatic.js';
import type { TrackedEvent } from '../../../src/core/events.js';
import type { LoggedRow } from '../../../src/core/retention.js';
import { uuidv7 } from '../../../src/core/uuid.js';
import { NOW, SESSION } from '../../cases/expand.js';

export const DAY_MS = 86_400_000;

const name = fc.constantFrom('a', 'b', 'c', AUTOMATIC.exposure, AUTOMATIC.answer);
const event = (maxDays: number): fc.Arbitrary<TrackedEvent> =>
  fc
    .record({
      name,
      // Whole hours, so that events often stand on the edge of a day and of a window; some lie in the future.
      hours: fc.oneof(fc.constantFrom(0, 24, 48, 240), fc.integer({ min: -30, max: maxDays * 24 })),
      kind: fc.constantFrom('x', 'y'),
      value: fc.option(fc.integer({ min: -3, max: 9 }), { nil: undefined }),
      campaign: fc.constantFrom('one', 'two'),
    })
    .map(({ name, hours, kind, value, campaign }) => ({
      name,
      time: NOW - hours * 3_600_000,
      properties: { kind, ...(value !== undefined && { value }), ...(name[0] === '$' && { campaign }) },
    }));

export interface LogOptions {
  maxLength: number;
  maxDays: number;
}

/** Rows in order of key, with gaps where another visitor's rows stood; the last ones are of the running session. */
export function logOf({ maxLength, maxDays }: LogOptions): fc.Arbitrary<LoggedRow[]> {
  const row = fc.record({
    events: fc.array(event(maxDays), { minLength: 1, maxLength: 3 }),
    isFree: fc.boolean(),
    gap: fc.integer({ min: 1, max: 3 }),
  });
  return fc.tuple(fc.array(row, { maxLength }), fc.nat(maxLength)).map(([drafts, current]) => {
    let key = 0;
    return drafts.map((draft, index) => {
      key += draft.gap;
      const session = index < current ? 'before' : SESSION;
      const start = { name: AUTOMATIC.sessionStart, time: NOW };
      const events = index === current ? [start, ...draft.events] : draft.events;
      const id = uuidv7(NOW, new Uint8Array(16).fill(key % 256));
      return { key, id, session, events, isFree: draft.isFree, length: JSON.stringify(events).length };
    });
  });
}
