/** Campaigns of every trigger, cap, format and question; a kind of visit takes those whose ids it names. */
import { campaign, manual, shows } from './campaign.mjs';
import { button, buttons, content, heading, hello, label, look, surveyCards, t } from './contents.mjs';
import { behaviours, ev, facts, segments, sequences } from './conditions.mjs';
import { formatCampaigns } from './formatCampaigns.mjs';
import { publicFacts } from './moreConditions.mjs';
import { limits, ruleCampaigns } from './ruleCampaigns.mjs';

const caps = [
  { count: 9, per: 'session' },
  { count: 9, per: 'ever' },
  { count: 9, per: { last: '7d' } },
  { count: 9, per: 'session', of: 'close' },
  { count: 9, per: 'ever', of: 'click' },
  { count: 9, per: { last: '1w' }, of: 'answer' },
  { count: 9, per: { last: '1m' }, of: 'goal' },
];
const goal = { event: 'order', window: '7d', where: { value: { gt: 1 } }, value: 'value' };
const theme = {
  accent: '#aa3300',
  surface: '#ffffff',
  radius: 8,
  scheme: 'auto',
  dark: { surface: '#000000' },
};
const campaigns = [
  campaign(
    'banner',
    [{ on: 'page' }],
    content(
      'banner',
      [
        {
          id: 'hello',
          blocks: [
            heading(t('Hello', 'こんにちは')),
            { block: 'text', text: 'A message.' },
            buttons(button('done', { do: 'close' }, 'primary')),
          ],
        },
      ],
      { position: 'bottom' },
    ),
    { priority: 10, goal: { event: 'step', window: '1d' } },
  ),
  campaign(
    'survey',
    [{ on: 'page' }],
    content('tab', surveyCards, { position: 'right', launcher: t('Feedback', 'ご意見') }),
    { purpose: 'survey' },
  ),
  shows('facts', facts),
  shows('behaviours', behaviours),
  shows('sequences', sequences),
  campaign('caps', [{ on: 'page', page: { startsWith: '/' } }, { on: 'manual' }], [hello, hello], {
    caps,
    goal,
    group: 'greetings',
    schedule: { from: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' },
    priority: 3,
    audience: { any: [facts, behaviours, sequences] },
  }),
  campaign('capped', [{ on: 'event', event: 'order', where: { value: { gt: 1 } } }], hello, {
    group: 'greetings',
    goal,
  }),
  shows(
    'past',
    {
      any: [
        ev('order', { within: '200d', is: { gte: 2 } }),
        ev('order', { measure: 'sum', of: 'value', is: { gte: 2 } }),
        ev('order', { measure: 'last', of: 'value', is: { gte: 2 } }),
        ev('look', { measure: 'max', of: 'value', is: { gt: 1 } }),
        ev('$exposure', { within: '30d', where: { campaign: { eq: 'past' } }, is: { gte: 1 } }),
        ev('order', { within: 'session', is: { gte: 2 } }),
        ...['sum', 'distinct', 'min'].map((measure) =>
          ev('order', { measure, of: 'value', within: '20d', is: { gt: 1 } }),
        ),
        ev('order', { measure: 'most', of: 'value', within: '20d', is: { gt: 9 } }),
        ...['backForth', 'cart'].map((signal) => ({ signal, is: { gte: 1 } })),
        sequences,
      ],
    },
    { caps, goal },
  ),
  campaign('elsewhere', [{ on: 'page', page: { eq: '/elsewhere' } }], hello),
  shows('over', undefined, { schedule: { until: '2020-01-01T00:00:00Z' } }),
  shows('asleep', { not: { segment: 'idle' } }, { caps: [{ count: 1, per: 'session' }] }),
  campaign('look-modal', manual, content('modal', look, { theme })),
  campaign('look-slide', manual, content('slide-in', look, { position: 'bottom-right' })),
  campaign('look-questions', manual, content('modal', surveyCards, { label }), { purpose: 'survey' }),
  campaign('look-slip', manual, content('slide-in', surveyCards, { label }), { purpose: 'survey' }),
  campaign(
    'look-tab',
    [{ on: 'page' }],
    content('tab', surveyCards, { position: 'left', launcher: t('Tell', '声') }),
  ),
  campaign('wait-dwell', [{ on: 'dwell', seconds: 1 }], hello),
  campaign('wait-scroll', [{ on: 'scroll', percent: 30 }], hello),
  campaign('wait-exit', [{ on: 'exit' }], hello),
  campaign('wait-visible', [{ on: 'visible', selector: '#late' }], hello),
  ...ruleCampaigns,
  ...formatCampaigns,
];

export const campaignFile = { kikubari: 1, segments, limits, facts: publicFacts, campaigns };
