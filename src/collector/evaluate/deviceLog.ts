import type { PastEvent } from '../../core/decision.js';
import type { TrackedEvent } from '../../core/events.js';
import { createPast, type FoldedPast } from '../../core/fold.js';
import { HISTORY_AGE_MS } from '../../core/history.js';
import { MAX_EVENTS, MAX_LENGTH, ROOM_EVENTS, ROOM_LENGTH } from '../../core/logLimits.js';
import { recall } from '../../core/recall.js';
import { EMPTY_SNAPSHOT, retain, type LoggedRow } from '../../core/retention.js';
import type { Rules } from '../../core/rules.js';

/** It looks whenever so many events more have come, and goes on from what is left. */
const CHECK_EVENTS = 200;
/** Bytes of a row beside its event. */
const ROW_LENGTH = 300;

/** A log as the device keeps it: what it forgets is forgotten here. */
export interface DeviceLog {
  add(event: TrackedEvent & { session: string }): void;
  past(): FoldedPast;
}

export function createDeviceLog(rules: Rules, isPinned: (event: TrackedEvent) => boolean): DeviceLog {
  let snapshot = EMPTY_SNAPSHOT;
  let rows: LoggedRow[] = [];
  let past = createPast(rules.atoms);
  let lastKey = 0;
  let [length, maxEvents, maxLength] = [0, MAX_EVENTS, MAX_LENGTH];
  let unchecked = 0;

  function prune(now: number): void {
    const kept = retain(snapshot, rows, now, undefined, isPinned);
    if (kept.moved.length === 0) return;
    snapshot = kept.snapshot;
    const moved = new Set(kept.moved);
    rows = rows.filter(({ key }) => !moved.has(key));
    past = createPast(rules.atoms, undefined, recall(snapshot));
    for (const event of [...snapshot.pinned, ...rows.map(eventOf)].sort(byKey)) past.add(event);
    length = rows.reduce((sum, row) => sum + row.length, 0);
    maxEvents = Math.max(MAX_EVENTS, rows.length + ROOM_EVENTS);
    maxLength = Math.max(MAX_LENGTH, length + ROOM_LENGTH);
  }

  return {
    past: () => past,
    add({ session, ...event }) {
      lastKey += 1;
      // Each event is a row of its own here: a row's events leave the log together, and are of one turn of the page.
      const row: LoggedRow = {
        key: lastKey,
        // As `eventId` would make it of itself.
        id: `${lastKey}-0000`,
        session,
        events: [event],
        length: ROW_LENGTH + Buffer.byteLength(JSON.stringify(event.properties ?? {})),
        isFree: true,
      };
      rows.push(row);
      past.add(eventOf(row));
      length += row.length;
      unchecked += 1;
      const isOld = rows[0]!.events[0]!.time < event.time - HISTORY_AGE_MS;
      const isDue = unchecked >= CHECK_EVENTS;
      if (isDue) unchecked = 0;
      if (isOld || (isDue && (rows.length > maxEvents || length > maxLength))) prune(event.time);
    },
  };
}

const eventOf = ({ key, id, session, events }: LoggedRow): PastEvent => ({
  ...events[0]!,
  id,
  session,
  sequence: [key, 0],
});

const byKey = (a: PastEvent, b: PastEvent) => a.sequence[0] - b.sequence[0];
