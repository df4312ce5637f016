import type { History, PastEvent } from './decision.js';
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

/** Keeps the retained past by name, in order of sequence; rows of other tabs may come late, known ids are ignored. */
export function createHistory(): History & { add(event: PastEvent): void; events(): readonly PastEvent[] } {
  const ids = new Set<string>();
  const byName = new Map<string, PastEvent[]>();
  const named = (name: string): PastEvent[] => {
    let events = byName.get(name);
    if (!events) byName.set(name, (events = []));
    return events;
  };
  return {
    named,
    // No event has an empty name, so that list is free to hold all of them.
    events: () => named(''),
    add(event) {
      if (ids.has(event.id)) return;
      ids.add(event.id);
      for (const list of [named(event.name), named('')]) {
        let place = list.length;
        while (place && compareSequence(event, list[place - 1]!) < 0) place--;
        list.splice(place, 0, event);
      }
    },
  };
}
