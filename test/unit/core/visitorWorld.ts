/** Random visitors, and logs of theirs, for conditions in all of the language. */
import fc from 'fast-check';
import type { Facts, PastEvent, PersonalFacts } from '../../../src/core/decision.js';
import { expandFacts, NOW, SESSION } from '../../cases/expand.js';
import { maybe, properties, text } from './conditionValues.js';
import { event, url } from './conditionWorld.js';

const MINUTE_MS = 60_000;

// Whole minutes, and the edges of the windows above; clocks run backwards and ahead.
const minutes = fc.oneof(
  fc.constantFrom(0, 1, 1.5, 10, 60, 1440, 10_080, 43_200),
  fc.integer({ min: -30, max: 3000 }),
);
const draft = fc.record({
  name: event,
  minutes,
  properties,
  isHere: fc.boolean(),
  url: maybe(fc.constantFrom('/p', '/p#x', '/q')),
});
/** In order of sequence. */
export const logs: fc.Arbitrary<PastEvent[]> = fc.array(draft, { maxLength: 9 }).map((drafts) =>
  drafts.map(({ name, minutes, properties, isHere, url: at }, index) => ({
    id: `e${index}`,
    name,
    time: NOW - minutes * MINUTE_MS,
    sequence: [Math.floor(index / 3), index % 3],
    session: isHere ? SESSION : 'before',
    properties: { ...properties, ...(at !== undefined && { url: at }) },
  })),
);

const server: fc.Arbitrary<PersonalFacts> = fc.record({
  facts: properties,
  lists: fc.subarray(['vip', 'staff']),
});
const drawnFacts = fc.record(
  {
    attributes: properties,
    user: fc.constant('u'),
    personal: server,
    page: fc.record({ url, title: text, referrer: url }, { requiredKeys: ['url'] }),
    device: fc.record(
      {
        type: fc.constantFrom('mobile', 'desktop'),
        viewportWidth: fc.constantFrom(360, 1200),
        viewportHeight: fc.constantFrom(360, 600),
        language: fc.constantFrom('ja-JP', 'en'),
        timeZone: fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/New_York'),
        touch: fc.boolean(),
        os: fc.constantFrom('iOS', 'Windows'),
        browser: fc.constantFrom('Safari', 'Chrome'),
      },
      { requiredKeys: [] },
    ),
    visit: fc.record({ number: fc.integer({ min: 1, max: 3 }), pages: fc.integer({ min: 1, max: 3 }) }),
    arrival: fc.record({ landing: url, source: text }, { requiredKeys: [] }),
    seconds: fc.constantFrom(-10, 0, 10, 60),
    signals: fc.record(
      {
        dwell: fc.constantFrom(0, 20),
        scroll: fc.constantFrom(0, 50),
        idle: fc.constantFrom(0, 20),
        exit: fc.boolean(),
        rage: fc.nat(2),
        hesitation: fc.constantFrom(0, 20),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['visit', 'arrival', 'seconds'] },
);
export const visitors: fc.Arbitrary<Facts> = drawnFacts.map(
  ({ visit: drawn, arrival, seconds, signals, personal: told, ...more }) =>
    expandFacts({
      ...more,
      // No exit intent is seen in the first three seconds.
      ...(signals && { signals: { ...signals, ...(signals.exit && { dwell: 20 }) } }),
      // Nobody knows anything of nobody.
      ...(more.user && told && { personal: told }),
      visit: { ...drawn, ...arrival, startedAt: NOW - seconds * 1000 },
    }),
);
