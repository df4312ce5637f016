/** Campaigns of the rarer rules: clocks, limits, combinations of triggers, live triggers, facts of the server. */
import { campaign, manual, shows } from './campaign.mjs';
import { content, heading, hello } from './contents.mjs';
import * as conditions from './moreConditions.mjs';

const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
/** Given to kinds of visits that ask for them; none of them holds anything back. */
export const limits = {
  contacts: true,
  holdOut: 1e-9,
  attention: { budget: 1000, per: { last: '90d' } },
  caps: [{ count: 99, per: 'session' }],
  tags: { sale: [{ count: 99, per: { calendar: 'day' } }] },
};
const look = { on: 'event', event: 'look' };
const order = { on: 'event', event: 'order', where: { value: { gt: 1 } } };
const combined = (id, trigger) => campaign(id, [trigger], hello);
const wish = (id) => shows(`wish-${id}`, conditions[id]);

export const ruleCampaigns = [
  ...['patterns', 'versions', 'moments', 'lists', 'clocks', 'signals', 'publics', 'events'].map(wish),
  shows(
    'wish-either',
    { any: [conditions.clocks, conditions.lists, conditions.patterns] },
    { schedule: { from: '2098-01-01T00:00:00Z' } },
  ),
  campaign('wish-back', [{ on: 'backForth', times: 2 }], hello),
  campaign('wish-page', [{ on: 'page', page: { eq: '/elsewhere' } }, order], hello),
  campaign('wish-order', [order], hello),
  shows('gate-open', undefined, {
    schedule: {
      from: '2020-01-01T00:00:00Z',
      weekdays: ALL_DAYS,
      hours: { from: '12:00', until: '11:59' },
      zone: 'Asia/Tokyo',
    },
    caps: [
      { count: 9, per: { calendar: 'day' } },
      { count: 9, per: { calendar: 'week', zone: 'Asia/Tokyo' } },
      { count: 9, per: { calendar: 'month', zone: '+05:30' } },
    ],
    tags: ['sale'],
    attention: 2,
    rollout: 0.999999,
    goal: { event: 'step', window: '1d' },
  }),
  shows('gate-shut', conditions.events, {
    schedule: { weekdays: [1], hours: { from: '00:00', until: '00:01' } },
    tags: ['sale'],
    rollout: 0.000001,
    caps: [{ count: 1, per: { calendar: 'day' } }],
  }),
  campaign('gate-tag', [{ on: 'event', event: 'step' }], hello, { tags: ['sale'], group: 'sales' }),
  combined('both', {
    on: 'all',
    of: [look, { on: 'dwell', seconds: 1 }, { on: 'scroll', percent: 1, page: { startsWith: '/' } }],
  }),
  combined('returned', { on: 'all', of: [{ on: 'backForth', times: 1 }, look], within: '10m' }),
  combined('after', { on: 'then', of: [look, { on: 'page' }, order], within: 'ever' }),
  combined('later', { on: 'all', of: [look], within: '10m', delay: '1s' }),
  combined('much-later', { on: 'then', of: [look, order], delay: '1h' }),
  campaign('live-idle', [{ on: 'idle', seconds: 1 }], hello),
  campaign('live-rage', [{ on: 'rage' }], hello),
  campaign(
    'live-form',
    [
      { on: 'hesitation', seconds: 1, selector: '#form' },
      { on: 'hesitation', seconds: 2 },
    ],
    hello,
    { audience: { signal: 'hesitation', is: { gte: 1 } } },
  ),
  campaign('live-back', [{ on: 'backForth' }], hello, { audience: { signal: 'backForth', is: { gte: 1 } } }),
  campaign('members', [{ on: 'page' }], hello, { audience: conditions.personal }),
  campaign('staff', [{ on: 'page' }, ...manual], hello, { audience: conditions.unknown }),
  campaign(
    'own',
    manual,
    content('banner', [{ id: 'own', blocks: [heading('{{ values.spent | default: "-" }}')] }]),
    { values: { spent: { fact: 'spent' }, looked: { event: 'look', measure: 'last', of: 'value' } } },
  ),
];
