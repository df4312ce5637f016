/** Seeded random visits, as batches to send and as a flat list to count by hand. */
import type { Batch, LogRow, Properties, TrackedEvent } from '../../../../src/core/events.js';
import type { Campaign } from '../../../../src/core/program.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';

/** One event with all that a count needs. */
export interface Fact {
  person: string;
  visitor: string;
  session: string;
  name: string;
  at: number;
  /** Place in the visitor's log. */
  sequence: number;
  properties: Properties;
}

const HOUR_MS = 3_600_000;
const NAMES = ['view_item', 'add_to_cart', 'begin_checkout', 'purchase', '$page_view'];
const OF_CAMPAIGN = ['$exposure', '$impression', '$click', '$close', '$answer', '$complete'];

const content = { format: 'modal' as const, cards: [] };
export const CAMPAIGNS: Campaign[] = [
  {
    id: 'saver',
    name: 'Cart saver',
    status: 'live',
    triggers: [{ on: 'exit' }],
    priority: 5,
    control: 0.2,
    variants: [
      { id: 'a', content },
      { id: 'b', content },
    ],
    goal: { event: 'purchase', where: { value: { gte: 20 } }, window: '2d', value: 'value' },
  },
  {
    id: 'poll',
    name: 'Poll',
    status: 'live',
    triggers: [{ on: 'page' }],
    variants: [{ id: 'only', content }],
    // Comparisons that a page fetches only if a program has them: a report must know them by itself.
    goal: { event: 'add_to_cart', where: { note: { endsWith: 'ift', matches: '^g' } }, window: '6h' },
  },
];

/** Up to `visitors` browsers over 20 days; some belong to the same user, some arrive in odd order. */
export function randomWorld(
  seed: number,
  visitors: number,
  nowMs: number,
): { batches: Batch[]; facts: Fact[] } {
  const random = seeded(seed);
  const facts: Fact[] = [];
  const batches = Array.from({ length: visitors }, () => {
    const visitor = visitorId(random);
    const user = random() < 0.4 ? `user-${Math.floor(random() * visitors * 0.3)}` : undefined;
    const rows: LogRow[] = [];
    let at = nowMs - Math.floor(random() * 20 * 24 * HOUR_MS) - HOUR_MS;
    let sequence = 0;
    for (let key = 1; key <= 1 + random() * 12; key++) {
      const session = `session-${Math.floor(key / 4)}`;
      const events: TrackedEvent[] = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        // Often in the same millisecond: then only the sequence tells the order.
        if (random() < 0.6) at = Math.min(nowMs - 1, at + Math.floor(random() * 9 * HOUR_MS));
        const event = randomEvent(random, at);
        sequence += 1;
        const person = user ?? visitor;
        facts.push({
          person,
          visitor,
          session,
          at,
          sequence,
          name: event.name,
          properties: event.properties!,
        });
        return event;
      });
      rows.push(rowOf(events, random, { key, session }));
    }
    return batchOf(rows, visitor, { clock: [nowMs, 0], ...(user !== undefined && { user }) });
  });
  return { batches, facts };
}

function randomEvent(random: () => number, time: number): TrackedEvent {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  if (random() < 0.5) {
    const name = pick(NAMES);
    const transaction: Properties =
      random() < 0.3 ? { transaction_id: `t-${Math.floor(random() * 20)}` } : {};
    const value = Math.floor(random() * 50);
    const note = value % 4 === 0 ? 'thrift' : 'gift';
    return { name, time, properties: { value, note, ...transaction } };
  }
  const campaign = pick(['saver', 'poll', 'gone']);
  const variant = campaign === 'saver' ? pick(['a', 'b', 'control']) : 'only';
  const name = pick(OF_CAMPAIGN);
  const submission = `submission-${Math.floor(random() * 3)}`;
  return {
    name,
    time,
    properties: { campaign, variant, version: 1, submission, ...(name === '$answer' && answer(random)) },
  };
}

function answer(random: () => number): Properties {
  const kind = ['nps', 'csat', 'choice', 'text'][Math.floor(random() * 4)]!;
  const letters = ['x', 'y', 'z'].filter(() => random() < 0.5);
  const values = {
    nps: Math.floor(random() * 11),
    csat: 1 + Math.floor(random() * 5),
    choice: letters,
    text: 'よい',
  };
  return {
    question: `q-${kind}`,
    kind,
    value: values[kind as keyof typeof values],
    wording: `Question ${kind}`,
  };
}
