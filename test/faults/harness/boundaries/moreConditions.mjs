/** Conditions of the rarer kinds: patterns, versions, moments, clocks, live signals, public and personal facts. */
import { ev } from './conditions.mjs';

const at = (attribute, is) => ({ attribute, is });
const named = (path) => ({ public: path });
/** Of the site, for all visitors alike. */
export const publicFacts = { amounts: { high: 1000 }, recent: '30d', plans: ['free', 'paid'] };

/** One attribute for each, so that one that cannot be had does not hide another. */
const PATTERNS = [
  ...['^/[a-z]+/\\d{1,3}$', '^(?:ab|cd)+x', '(?:a|b)?c', '(a|b)c', '^\\p{L}+$', 'é\\u0041', '^[a-z]*a'],
  ...['[a-m]+[k-z]', '^(?:a*)b', '^\\u{1F600}?\\x41\\.$', '^(?:[ab]|c|)d', '^(?:a(?:b|c))+d', 'tea|cup'],
];
export const patterns = {
  all: PATTERNS.map((matches, index) => at(`text${index}`, { matches, startsWith: '' })),
};
export const versions = {
  all: [
    at('version', { semver: { gte: '2.1.0-beta.2', lt: '3' } }),
    at('build', { semver: { gt: '1.0.0-alpha.1', lte: '1.0.0-alpha.beta' } }),
    at('release', { semver: { eq: '1.2.3' } }),
  ],
};
export const moments = {
  all: [
    at('since', { before: '-30d' }),
    at('until', { after: '2030-01-01' }),
    at('seen', { after: '-1d', before: 'now' }),
  ],
};
export const lists = {
  all: [
    at('tags.0', { eq: 'free' }),
    at('tags', { every: { in: named('plans') } }),
    at('plan', { nin: named('plans') }),
    { page: 'query.tea', is: { eq: 'green' } },
    { page: 'utm.source', is: { eq: 'mail' } },
  ],
};
export const clocks = {
  any: [
    ...['weekday', 'hour'].map((time) => ({ time, is: { gte: 30 } })),
    { time: 'date', zone: 'Asia/Tokyo', is: { eq: '2099-01-01' } },
    { time: 'time', zone: '+05:30', is: { gte: '24:30' } },
    { all: [{ not: { time: 'hour', is: { gte: 0 } } }, { time: 'weekday', is: { lte: 7 } }] },
  ],
};
/** What goes on in a page, and what the log knows of pages and the cart. */
export const signals = {
  all: [
    { signal: 'idle', is: { gte: 60 } },
    { signal: 'rage', is: { gte: 1 } },
    { signal: 'hesitation', is: { gte: 60 } },
    { signal: 'exit', is: { eq: true } },
    { signal: 'backForth', is: { gte: 2 } },
    { signal: 'cart', is: { gte: 100 } },
  ],
};
export const publics = {
  any: [
    ev('order', {
      measure: 'sum',
      of: 'value',
      within: named('recent'),
      is: { gte: named('amounts.high') },
    }),
    ev('order', { where: { value: { gt: named('amounts.high') } } }),
    {
      sequence: [
        { event: 'look', where: { value: { lt: named('amounts.high') } } },
        { event: 'order', within: named('recent') },
      ],
      thenNot: { event: 'gone', where: { value: { gte: named('amounts.high') } } },
    },
  ],
};
/** Too little has happened for any of these. */
export const events = {
  all: [
    ev('order', { is: { gte: 3 } }),
    ev('order', { where: { value: { gt: 2 } }, is: { gte: 2 } }),
    ev('order', { where: { value: { gt: 2 } }, is: { gte: 4 } }),
    ev('order', { measure: 'distinct', of: 'value', is: { gte: 5 } }),
    ev('order', { measure: 'most', of: 'value', is: { gte: 3 } }),
    ev('order', { measure: 'max', of: 'value', is: { gte: 50 } }),
    ev('look', { within: { from: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00+09:00' } }),
    { sequence: [{ event: 'look' }, { event: 'order', count: 2 }] },
    { visit: 'seconds', is: { gte: 900 } },
  ],
};
/** What only the server knows. */
export const personal = { any: [{ list: 'vip' }, { fact: 'spent', is: { gte: 50_000 } }] };
export const unknown = {
  all: [{ list: 'staff' }, { fact: 'spent', is: { gte: 1e6 } }, { not: { list: 'vip', is: { eq: true } } }],
};
