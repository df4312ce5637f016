import type { PastEvent } from './decision.js';
import { eventId } from './events.js';
import type { LogRow } from './events.js';

/** An event that is older, and delivered, need not stay whole in the log of a device, ms. */
export const HISTORY_AGE_MS = 90 * 86_400_000;

/** Negative if a happened before b. Order is the sequence, never the clock. */
export function compareSequence(a: PastEvent, b: PastEvent): number {
  return a.sequence[0] - b.sequence[0] || a.sequence[1] - b.sequence[1];
}

/** The events of a row with their place in the log. */
export function eventsOf({
  key,
  id,
  session,
  events,
}: Pick<LogRow, 'key' | 'id' | 'session' | 'events'>): PastEvent[] {
  return events.map((event, index) => ({
    ...event,
    id: eventId(id, index),
    sequence: [key, index],
    session,
  }));
}
