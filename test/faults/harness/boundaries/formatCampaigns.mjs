/** Campaigns of every format, block and question that is not among the plainer ones. */
import { campaign, manual } from './campaign.mjs';
import { button, buttons, content, heading, label, t } from './contents.mjs';

const TAGS = ['en', 'ja', 'ar', 'de', 'es', 'fr', 'it', 'ko', 'pt', 'zh', 'zh-Hant'];
const everyTongue = Object.fromEntries(TAGS.map((tag) => [tag, `What? (${tag})`]));
const text = (words) => ({ block: 'text', text: words });
const ask = (kind, more) => ({ block: 'question', question: { kind, id: more?.id ?? kind, label, ...more } });
const card = (id, ...blocks) => ({ id, blocks });
const choices = ['a', 'b', 'c'].map((value) => ({ value, label: t(value, value) }));
const pictures = choices.map((choice) => ({ ...choice, src: '/nothing.png' }));

/** What is known of the visitor, or a dash. */
const say = (what) => `{{ ${what} | default: '-' }}`;
/** Ends soon: `page.mjs` puts a moment there. */
export const SOON = '2098-01-01T00:00:00Z';
const product = {
  block: 'product',
  id: 'cup',
  name: say('visitor.wish'),
  price: say('values.looked | money: "JPY"'),
  src: `/nothing-${say('visitor.plan')}.png`,
};
const filled = card(
  'filled',
  heading(say('visitor.name')),
  text(`**Strong**, *soft* and [a link](/tea?plan=${say('visitor.plan')}), \\*so\\* {braces}`),
  text([say('visitor.age | number: 1'), say('visitor.share | percent'), say('page.path')].join(', ')),
  text([say('visitor.born | date: "long"'), say('visitor.seen | time'), say('event.value')].join(', ')),
  { block: 'divider' },
  product,
  { ...product, id: 'linked', href: `/tea?plan=${say('visitor.plan')}` },
);
const survey = (id, questions, more) =>
  campaign(
    id,
    manual,
    content('modal', [...questions, { id: 'thanks', end: true, blocks: [heading('Thanks')] }], more),
  );

export const formatCampaigns = [
  campaign(
    'look-toast',
    manual,
    content('toast', [card('a', heading('Saved'))], { seconds: 20, position: 'top' }),
  ),
  campaign('look-full', manual, content('full-screen', [card('a', heading('All'), text('of it'))])),
  campaign('look-slot', [{ on: 'page' }], content('inline', [card('a', heading('Here'))], { slot: 'here' })),
  campaign('look-low', [{ on: 'page' }], content('inline', [card('a', heading('Low'))], { slot: 'low' })),
  campaign('look-late', [{ on: 'page' }], content('inline', [card('a', heading('Late'))], { slot: 'late' })),
  campaign(
    'look-tip',
    manual,
    content('tooltip', [card('a', heading('This')), card('b', heading('That'))], {
      anchor: '#button',
      position: 'left',
    }),
  ),
  campaign(
    'look-nowhere',
    [{ on: 'page' }],
    content('tooltip', [card('a', heading('No'))], { anchor: '#none' }),
  ),
  campaign(
    'look-filled',
    [{ on: 'event', event: 'look' }, ...manual],
    content('slide-in', [filled], { theme: { font: 'page', spacing: 'roomy' } }),
    { values: { looked: { event: 'look', measure: 'last', of: 'value' } } },
  ),
  campaign(
    'look-acts',
    manual,
    content('banner', [
      card(
        'a',
        heading('Acts'),
        buttons(
          button('call', { do: 'call', name: 'help' }),
          button('open', { do: 'open', campaign: 'look-toast' }),
        ),
      ),
    ]),
  ),
  campaign(
    'look-clock',
    manual,
    content('banner', [
      card('a', heading('Soon'), { block: 'countdown', until: SOON, label, ended: 'Over' }),
    ]),
  ),
  campaign(
    'look-gone',
    manual,
    content('banner', [card('a', heading('Soon'), { block: 'countdown', until: SOON })]),
  ),
  campaign(
    'look-code',
    manual,
    content('modal', [
      card('code', heading('For you'), { block: 'coupon', pool: 'tea', label, exhausted: { card: 'sorry' } }),
      card('sorry', heading('All gone')),
    ]),
  ),
  campaign(
    'look-omit',
    manual,
    content('banner', [card('code', heading('Sale'), { block: 'coupon', pool: 'cup', exhausted: 'omit' })]),
  ),
  survey('look-tongues', [
    card('a', ask('nps'), ask('text', { maxLength: 3, label: everyTongue })),
    card('b', ask('csat', { look: 'stars' })),
  ]),
  survey('look-kinds', [
    card('faces', ask('csat'), ask('ces', { low: label, high: label }), ask('thumbs')),
    card('stars', ask('rating', { of: 3 }), ask('rating', { id: 'numbers', look: 'numbers' })),
    card(
      'list',
      ask('choice', { choices, other: label, shuffled: true, required: true }),
      ask('choice', { id: 'menu', choices, other: label, look: 'dropdown', required: true }),
      ask('picture', { choices: pictures, multiple: true }),
    ),
    card(
      'lines',
      ask('text', { short: true, placeholder: label }),
      ask('date', { from: '2026-01-01', until: '2026-12-31' }),
      ...['email', 'tel', 'name'].map((field) => ask('contact', { id: field, field })),
    ),
  ]),
];
