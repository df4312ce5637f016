/** Conditions that use all of the segment language, so that all that reads it is come by. */
const at = (attribute, is) => ({ attribute, is });
export const ev = (event, more) => ({ event, ...more });
export const segments = {
  buyers: ev('order', { within: '30d' }),
  idle: { not: ev('order', { within: '1h', where: { value: { gt: 5000 } } }) },
  known: { all: [at('plan', { exists: true }), { segment: 'buyers' }] },
};
/** The present: every fact, every comparison. */
export const facts = {
  any: [
    {
      all: [
        at('plan', { eq: 'free' }),
        at('plan', { ne: 'paid' }),
        at('age', { gt: 1 }),
        at('age', { gte: 1, lt: 200 }),
        at('age', { lte: 200 }),
        at('plan', { in: ['free', 'paid'] }),
        at('plan', { nin: ['gone'] }),
        at('tags', { contains: 'tea' }),
        at('plan', { startsWith: 'f' }),
        at('plan', { endsWith: 'e' }),
        at('none', { exists: false }),
        at('address.city', { eq: 'Kyoto' }),
        at('cups[].size', { gt: 2 }),
        at('tags', { eq: ['tea', 'cup'] }),
      ],
    },
    {
      all: [
        { page: 'url', is: { contains: 'http' } },
        { page: 'path', is: { startsWith: '/' } },
        { page: 'title', is: { exists: true } },
        { page: 'referrer', is: { exists: true } },
        { page: 'query.route', is: { eq: '1' } },
        { page: 'utm.source', is: { exists: false } },
      ],
    },
    {
      all: ['type', 'viewportWidth', 'viewportHeight', 'language', 'timeZone', 'touch', 'os', 'browser'].map(
        (device) => ({ device, is: { exists: true } }),
      ),
    },
    {
      all: ['new', 'number', 'pages', 'seconds', 'landing', 'source'].map((visit) => ({
        visit,
        is: { exists: true },
      })),
    },
    { all: ['dwell', 'scroll'].map((signal) => ({ signal, is: { gte: 0 } })) },
    { segment: 'known' },
    { not: { segment: 'known' } },
    { not: { segment: 'idle' } },
  ],
};
const measures = ['sum', 'min', 'max', 'distinct', 'most', 'first', 'last'];
/** The past: every measure and window. */
export const behaviours = {
  any: [
    ...measures.flatMap((measure) =>
      ['7d', 'session', undefined].map((within) =>
        ev('order', { measure, of: 'value', is: { gte: 1 }, ...(within && { within }) }),
      ),
    ),
    ev('order'),
    ev('order', { within: '2h', is: { gte: 2, lt: 90 } }),
    ev('order', { within: 'session', is: { eq: 0 } }),
    ev('gone', { is: { eq: 0 } }),
    ev('order', { where: { 'items[].price': { gt: 100 }, currency: { eq: 'JPY' } } }),
    ev('order', { measure: 'sum', of: 'items[].price', is: { gt: 100 } }),
    ev('$page_view', { within: 'session', is: { gte: 1 } }),
    ev('$exposure', { where: { campaign: { eq: 'caps' } } }),
    { not: ev('order', { is: { gte: 4 } }) },
  ],
};
/** Steps: counts, gaps, windows, what must not follow. */
export const sequences = {
  any: [
    { sequence: [{ event: 'look' }, { event: 'order', within: '1h' }], within: '1d' },
    {
      sequence: [
        { event: 'look', count: 2 },
        { event: 'order', count: 2 },
      ],
      within: 'session',
      thenNot: { event: 'gone' },
    },
    {
      sequence: [{ event: 'look', where: { value: { gt: 1 } } }],
      thenNot: { event: 'order', where: { value: { gt: 1 } } },
    },
    { not: { sequence: [{ event: 'look', count: 3 }, { event: 'look' }, { event: 'order' }], within: '2h' } },
  ],
};
