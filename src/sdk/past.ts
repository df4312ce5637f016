import type { Facts, History } from '../core/decision.js';
import { eventId } from '../core/events.js';
import type { Properties, Purpose } from '../core/events.js';
import { createHistory } from '../core/history.js';
import type { PageState } from './page.js';
import type { StoredRow } from './store.js';
import type { Visitor } from './visitor.js';

/** The history of the visitor's rows; it folds only what has come since it was last asked. */
export function createPast(rows: () => readonly StoredRow[]): () => History {
  let history = createHistory();
  let folded: readonly StoredRow[] = [];
  let count = 0;
  return () => {
    // Another visitor has another list.
    if (folded !== rows()) {
      folded = rows();
      count = 0;
      history = createHistory();
    }
    for (; count < folded.length; count++) {
      const { key, id, session, events } = folded[count]!;
      events.forEach((event, index) =>
        history.add({ ...event, id: eventId(id, index), sequence: [key, index], session }),
      );
    }
    return history;
  };
}

/** What is true of visitor, visit and page at `now`. */
export function factsOf(
  visitor: Visitor,
  page: PageState,
  details: Properties,
  consent: readonly Purpose[],
  now: number,
): Facts {
  const { visitor: id, user, attributes } = visitor.who();
  const { place, since, scroll } = page;
  const { id: session, device, ...visit } = visitor.session()!;
  return {
    visitor: id,
    user,
    attributes,
    consent,
    page: place,
    device: { ...device, ...details },
    visit: { ...visit, session },
    signals: { dwell: (now - since) / 1000, scroll },
  };
}
