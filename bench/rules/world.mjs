/** A shop's program and what a visitor does there. */
export const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

const NAMES = [
  'view_item',
  'view_item',
  'view_item',
  '$page_view',
  '$page_view',
  'search',
  'add_to_cart',
  'purchase',
];

/** The visitor's `index`-th event: one a minute, a session an hour. */
export function eventAt(index, name = NAMES[(index * 7) % NAMES.length]) {
  return {
    id: `event-${index}`,
    name,
    time: START + index * MINUTE_MS,
    session: `s${Math.floor(index / 60)}`,
    sequence: [index + 1, 0],
    properties: { category: `c${index % 7}`, value: (index * 37) % 5000, items: [{ price: index % 100 }] },
  };
}

export const factsAt = (index) => ({
  visitor: 'visitor',
  attributes: { plan: 'gold' },
  consent: ['measure', 'personalise', 'survey'],
  page: { url: 'https://shop.example/items/1' },
  device: { type: 'mobile' },
  visit: { session: `s${Math.floor(index / 60)}`, number: 1, pages: 3, startedAt: START },
  signals: { dwell: 0, scroll: 0 },
});

export const campaignOf = (id, event, audience, more = {}) => ({
  id,
  name: id,
  status: 'live',
  version: 1,
  triggers: [{ on: 'event', event }],
  audience,
  caps: [{ count: 1, per: { last: '7d' } }],
  variants: [{ id: 'a', content: { format: 'banner', cards: [] } }],
  ...more,
});

export const programOf = (campaigns) => ({ schema: 1, site: 'shop', version: 1, segments: {}, campaigns });

/** Every measure, in windows short and long, and sequences, all about what visitors do all the time. */
export function shopProgram() {
  const audiences = [
    { event: 'view_item', within: '1h', is: { gte: 3 } },
    { event: 'view_item', within: '30d', where: { category: { eq: 'c3' } }, is: { gte: 5 } },
    { event: 'purchase', within: '30d', measure: 'sum', of: 'value', is: { gte: 1e9 } },
    { event: 'purchase', within: '7d', measure: 'max', of: 'value', is: { gte: 4000 } },
    { event: 'view_item', within: '7d', measure: 'distinct', of: 'category', is: { gte: 5 } },
    { event: 'view_item', within: '30d', measure: 'first', of: 'category', is: { eq: 'c1' } },
    { event: 'search', measure: 'last', of: 'category', is: { eq: 'c2' } },
    { event: '$page_view', within: 'session', is: { gte: 10 } },
    { event: 'view_item', measure: 'sum', of: 'items[].price', is: { lt: 0 } },
    {
      sequence: [
        { event: 'view_item', count: 3 },
        { event: 'add_to_cart', within: '2h' },
      ],
      within: '1d',
      thenNot: { event: 'purchase' },
    },
  ];
  return programOf(
    audiences.map((audience, index) => campaignOf(`c${index}`, NAMES[(index * 3) % NAMES.length], audience)),
  );
}
