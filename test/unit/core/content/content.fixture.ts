/* eslint-disable no-script-url -- these addresses are here to be refused */
/** Messages and surveys that are sound, and what may be wrong with one. */
import type { Campaign, CampaignFile } from '../../../../src/core/program.js';
import { validateCampaignFile } from '../../../../src/core/validate/campaignFile.js';

/** Before every moment of these messages. */
export const NOW = Date.parse('2026-11-24T10:00:00+09:00');
export const CONTENT = 'campaigns[0].variants[0].content';
export const BLOCK = `${CONTENT}.cards[0].blocks[0]`;
export const QUESTION = `${BLOCK}.question`;

const VALUES = {
  viewed: { event: 'view_item', measure: 'last', of: 'name' },
  times: { event: 'view_item', where: { category: { eq: 'tea' } }, within: '30d' },
  plan: { fact: 'plan' },
};

/** A campaign that says this. What is sound has its type only after it was checked. */
export const campaignOf = (content: unknown, more: object = {}): Campaign =>
  ({
    id: 'one',
    name: 'One',
    status: 'live',
    triggers: [{ on: 'manual' }],
    values: VALUES,
    variants: [{ id: 'a', content }],
    ...more,
  }) as Campaign;

export const fileOf = (content: unknown, more: object = {}, file: object = {}): CampaignFile => ({
  kikubari: 1,
  limits: { contacts: true },
  ...file,
  campaigns: [campaignOf(content, more)],
});

export const problemsOf = (content: unknown, more?: object, file?: object) =>
  validateCampaignFile(fileOf(content, more, file), { segments: [] }, NOW).problems;

/** A modal of one card with these blocks. */
export const messageOf = (blocks: unknown[], more: object = {}) => ({
  format: 'modal',
  ...more,
  cards: [{ id: 'main', blocks }],
});
export const asking = (question: object) =>
  messageOf([{ block: 'question', question: { id: 'q', label: 'Q?', ...question } }]);
export const doing = (action: unknown, button: object = {}) =>
  messageOf([{ block: 'buttons', buttons: [{ id: 'b', label: 'B', action, ...button }] }]);
export const saying = (text: unknown) => messageOf([{ block: 'text', text }]);

const text = { block: 'text', text: 'Hi' };
const product = { block: 'product', id: 'p', name: 'Tea' };
const image = { block: 'image', src: '/a.png', alt: '', width: 1, height: 4096 };
const choices = [
  { value: 'a', label: 'A' },
  { value: 'b', label: { en: 'B', ja: 'ビー' } },
];
const pictures = choices.map((choice) => ({ ...choice, src: `${choice.value}.png` }));
const format = (name: string, more: object = {}) => messageOf([text], { format: name, ...more });
const name = 'visitor.name | default: "you"';

/** By what they show. */
export const SOUND: { [what: string]: unknown } = {
  modal: format('modal'),
  banner: format('banner', { position: 'top' }),
  'slide-in': format('slide-in', { position: 'top-left' }),
  'slide-in without a place': format('slide-in'),
  toast: format('toast', { position: 'bottom', seconds: 20 }),
  'toast that stays': format('toast'),
  'toast for an hour': format('toast', { seconds: 3600 }),
  'full-screen': format('full-screen'),
  inline: format('inline', { slot: 'hero-1_A' }),
  tooltip: format('tooltip', { anchor: '.cart [data-x="]"] > a:not(.b)', position: 'left' }),
  'tooltip at what has something': format('tooltip', {
    anchor: 'li:has(> a, + li):nth-child(2n + 1)[title~=">>"] ~ .a\\>\\>b, p',
  }),
  'tooltip at an escaped class': format('tooltip', { anchor: '.w-\\[10px\\] .md\\:flex .a\\(' }),
  tab: format('tab', { launcher: { en: 'Feedback' }, position: 'bottom-left' }),
  label: format('modal', { label: 'A message' }),
  theme: format('modal', {
    theme: { preset: 'kinari', font: 'page', spacing: 'compact', position: 'top', scheme: 'dark' },
  }),
  heading: messageOf([{ block: 'heading', text: 'Hi' }]),
  divider: messageOf([text, { block: 'divider' }]),
  image: messageOf([image], { label: 'A field of tea' }),
  'image with words': messageOf([{ ...image, src: 'HTTPS://shop.example/a.png', alt: { en: 'Tea' } }]),
  coupon: messageOf([{ block: 'coupon', code: 'A', label: 'L' }]),
  pool: messageOf([text, { block: 'coupon', pool: 'p', exhausted: 'omit' }]),
  countdown: messageOf([{ block: 'countdown', until: '2026-12-01T09:00:00+09:00', label: 'L', ended: 'E' }]),
  'countdown in UTC': messageOf([text, { block: 'countdown', until: '2026-12-01T00:00:00Z' }]),
  'countdown in a tab': messageOf(
    [{ block: 'countdown', until: '2026-12-01T09:00:00+09:00', label: 'L', ended: 'E' }],
    { format: 'tab', launcher: 'F' },
  ),
  product: messageOf([product]),
  'product with all': messageOf([{ ...product, price: '¥100', src: 'https://a.example/a.png', href: '/p' }]),
  'product of the visitor': messageOf([
    {
      ...product,
      name: '{{ values.viewed | default: "Tea" }}',
      price: '{{ visitor.price | money: "JPY" | default: "" }}',
      src: '{{ visitor.image | default: "a.png" }}',
      href: '/p/{{ values.viewed | default: "all" }}?a=b#c',
    },
  ]),
  'products of one id on two cards': {
    format: 'modal',
    cards: [
      { id: 'one', blocks: [product] },
      { id: 'two', blocks: [product] },
    ],
  },
  link: doing({ do: 'link', href: 'tel:+8131234', newTab: true }, { style: 'quiet' }),
  'link filled in': doing({ do: 'link', href: `https://a.example/?q={{ ${name} }}` }),
  'link filled in at its start': doing({ do: 'link', href: `{{ visitor.url | default: "/" }}` }),
  'link filled in at its start and in its parts': doing({
    do: 'link',
    href: '{{ values.viewed | default: "" }}/{{ visitor.a | default: "all" }}/{{ visitor.b | default: "" }}?c={{ page.query.c | default: "" }}',
  }),
  'scheme of the site': doing({ do: 'link', href: '{{ visitor.a | default: "https" }}://shop.example/' }),
  'mail filled in': doing({ do: 'link', href: `mailto:a@b.example?subject={{ ${name} }}` }),
  'path filled in': doing({ do: 'link', href: `p{{ ${name} }}` }),
  close: doing({ do: 'close' }),
  next: doing({ do: 'next' }),
  track: doing({ do: 'track', event: 'asked', close: true }),
  open: doing({ do: 'open', campaign: 'nps' }),
  call: doing({ do: 'call', name: 'chat', close: false }),
  nps: asking({ kind: 'nps', low: 'L', high: 'H', required: true }),
  csat: asking({ kind: 'csat', look: 'stars', low: 'L' }),
  ces: asking({ kind: 'ces', high: { en: 'H' } }),
  rating: asking({ kind: 'rating', of: 10, look: 'numbers' }),
  'rating of two': asking({ kind: 'rating', of: 2 }),
  thumbs: asking({ kind: 'thumbs', required: false }),
  choice: asking({ kind: 'choice', choices, multiple: true, shuffled: true, other: 'Else', look: 'list' }),
  dropdown: asking({ kind: 'choice', choices, look: 'dropdown', multiple: false }),
  'choice of something called other': asking({
    kind: 'choice',
    choices: [...choices, { value: 'other', label: 'O' }],
  }),
  picture: asking({ kind: 'picture', choices: pictures, shuffled: true }),
  text: asking({ kind: 'text', placeholder: 'P', maxLength: 4096, short: true }),
  date: asking({ kind: 'date', from: '2024-02-29', until: '2024-02-29' }),
  contact: asking({ kind: 'contact', field: 'tel' }),
  marks: saying('**Now**, *really*: [a](/b), [c](mailto:d@e.example), \\[f](g:h)'),
  placeholders: saying(
    '{{ device.type }} {{ visit.number | number }} {{ page.query.ref | default: "" }} {{ values.plan | default: "a" }} ' +
      '{{ visitor.a.b | percent: 1 | default: "" }} {{ visitor.d | date: "long" | default: "" }} {{ visitor.d | time | default: "" }}',
  ),
  'braces that are none': saying('{ } }} ${x} {visitor.name}'),
};

type Fault = [content: unknown, path: string, says: string | RegExp, isBeyondSchema?: 'beyond'];
const bad = (block: unknown, key: string, says: string | RegExp, beyond?: 'beyond'): Fault => [
  messageOf([block]),
  key ? `${BLOCK}.${key}` : BLOCK,
  says,
  beyond,
];
const badly = (question: object, key: string, says: string | RegExp, beyond?: 'beyond'): Fault => [
  asking(question),
  key ? `${QUESTION}.${key}` : QUESTION,
  says,
  beyond,
];
const ACTION = `${BLOCK}.buttons[0].action`;
const does = (action: unknown, key: string, says: string | RegExp, beyond?: 'beyond'): Fault => [
  doing(action),
  key ? `${ACTION}.${key}` : ACTION,
  says,
  beyond,
];
const countdown = (until?: unknown): object => ({ block: 'countdown', until });
const rest = { kind: 'choice', choices };

/** What is wrong, where that is said, what is to be done about it; and whether no schema can see it. */
export const BROKEN: Fault[] = [
  // Formats.
  [format('hologram'), `${CONTENT}.format`, 'use "modal"'],
  [format('banner', { position: 'left' }), `${CONTENT}.position`, 'use "top" or "bottom"'],
  [format('toast', { position: 'right' }), `${CONTENT}.position`, 'use "bottom"'],
  [format('slide-in', { position: 'bottom' }), `${CONTENT}.position`, 'place for a slide-in'],
  [format('tooltip', { anchor: 'a', position: 'top-left' }), `${CONTENT}.position`, 'use "top"'],
  [format('tab', { launcher: 'F', position: 'bottom' }), `${CONTENT}.position`, 'use "right", "left"'],
  [format('tab', { launcher: 'F', position: 'top' }), `${CONTENT}.position`, 'place for a tab'],
  [format('modal', { position: 'middle' }), `${CONTENT}.position`, 'use "top"'],
  [format('inline'), `${CONTENT}.slot`, 'with "slot": "hero"'],
  [format('inline', { slot: 'a"] *' }), `${CONTENT}.slot`, 'with "slot": "hero"'],
  [format('modal', { slot: 5 }), `${CONTENT}.slot`, 'with "slot": "hero"'],
  [format('tooltip'), `${CONTENT}.anchor`, 'write for example "#checkout"'],
  [format('tooltip', { anchor: ' ' }), `${CONTENT}.anchor`, 'write for example "#checkout"'],
  [format('tooltip', { anchor: 5 }), `${CONTENT}.anchor`, 'write for example "#checkout"'],
  [format('tooltip', { anchor: 'a[b' }), `${CONTENT}.anchor`, 'not closed', 'beyond'],
  [format('tooltip', { anchor: 'a:not(b' }), `${CONTENT}.anchor`, 'not closed', 'beyond'],
  [format('tooltip', { anchor: 'a["b]' }), `${CONTENT}.anchor`, 'not closed', 'beyond'],
  [format('tooltip', { anchor: 'a)' }), `${CONTENT}.anchor`, 'without its "("', 'beyond'],
  [format('tooltip', { anchor: 'a(]' }), `${CONTENT}.anchor`, 'without its "["', 'beyond'],
  [format('tooltip', { anchor: 'a{color:red}' }), `${CONTENT}.anchor`, 'which no selector has', 'beyond'],
  [format('tooltip', { anchor: 'a >> b' }), `${CONTENT}.anchor`, 'as in "a > b"', 'beyond'],
  [format('tooltip', { anchor: 'a, , b' }), `${CONTENT}.anchor`, 'as in "a > b"', 'beyond'],
  [format('tooltip', { anchor: '.cart >' }), `${CONTENT}.anchor`, 'as in "a > b"', 'beyond'],
  [format('tooltip', { anchor: '~ a' }), `${CONTENT}.anchor`, 'as in "a > b"', 'beyond'],
  [format('toast', { seconds: 19 }), `${CONTENT}.seconds`, 'from 20 to 3600'],
  [format('toast', { seconds: 3601 }), `${CONTENT}.seconds`, 'from 20 to 3600'],
  [format('toast', { seconds: '30' }), `${CONTENT}.seconds`, 'from 20 to 3600'],
  [format('tab'), `${CONTENT}.launcher`, 'such as "Feedback"'],
  [format('tab', { launcher: '' }), `${CONTENT}.launcher`, 'write a text'],
  [format('modal', { label: {} }), `${CONTENT}.label`, 'write a text'],
  [format('modal', { css: 'a{}' }), `${CONTENT}.css`, 'or remove it'],
  // Themes.
  [format('modal', { theme: { preset: 'sumi' } }), `${CONTENT}.theme.preset`, 'use "ink"'],
  [format('modal', { theme: { preset: 'toString' } }), `${CONTENT}.theme.preset`, 'use "ink"'],
  [format('modal', { theme: { font: 'Comic Sans' } }), `${CONTENT}.theme.font`, 'use "system"'],
  [format('modal', { theme: { spacing: 2 } }), `${CONTENT}.theme.spacing`, 'use "compact"'],
  [format('modal', { theme: { position: 'middle' } }), `${CONTENT}.theme.position`, 'use "top"'],
  [format('modal', { theme: { accent: 'rgb(0 0 0)' } }), `${CONTENT}.theme.accent`, 'use #rrggbb'],
  [format('modal', { theme: { dark: { preset: 'ink' } } }), `${CONTENT}.theme.dark.preset`, 'or remove it'],
  [format('modal', { theme: { dark: { text: '#fff' } } }), `${CONTENT}.theme.dark.text`, 'use #rrggbb'],
  [format('modal', { theme: { dark: null } }), `${CONTENT}.theme.dark`, 'write {'],
  [format('modal', { theme: 'ink' }), `${CONTENT}.theme`, 'write {'],
  // Blocks.
  bad('Hi', '', 'write for example {"block"'),
  bad({ block: 'html', html: '<b>' }, 'block', 'use "heading"'),
  bad({ block: 'toString' }, 'block', 'use "heading"'),
  bad({ block: 'heading', text: 5 }, 'text', 'write a text'),
  bad({ block: 'text', text: 'Hi', html: '<b>' }, 'html', 'or remove it'),
  bad({ block: 'text', text: { English: 'Hi' } }, 'text.English', 'use one such as "en"'),
  bad({ block: 'text', text: '{{ visitor.a | default: "no" | number }}' }, 'text', 'write it last', 'beyond'),
  bad({ block: 'divider', text: 'Hi' }, 'text', 'or remove it'),
  bad({ ...image, src: undefined }, 'src', 'use https://'),
  bad({ ...image, src: 'data:image/png;base64,AA' }, 'src', 'use https:'),
  bad({ ...image, src: 'mailto:a@b.example' }, 'src', 'use https://'),
  bad({ ...image, src: 'tel:{{ device.type }}' }, 'src', 'use https://'),
  bad({ ...image, width: 0 }, 'width', 'from 1 to 4096'),
  bad({ ...image, alt: undefined }, 'alt', 'write a text'),
  bad({ block: 'coupon' }, 'code', 'write what the visitor shall copy'),
  [
    messageOf([text, countdown('2026-12-01T09:00:00Z')], { format: 'tab', launcher: 'F' }),
    `${CONTENT}.cards[0].blocks[1].ended`,
    'opens nothing; write what stands there',
  ],
  bad(countdown(), 'until', 'write the moment of the deadline'),
  bad(countdown('2026-12-01T09:00:00'), 'until', /zone/),
  bad(countdown('2026-12-01'), 'until', /zone/),
  bad(countdown('tomorrow'), 'until', /zone/),
  bad(countdown(1_800_000_000_000), 'until', /zone/),
  bad({ ...countdown('2026-12-01T09:00:00Z'), ended: '' }, 'ended', 'write a text'),
  bad({ ...countdown('2026-12-01T09:00:00Z'), from: '2026-11-01T09:00:00Z' }, 'from', 'or remove it'),
  bad({ ...product, id: undefined }, 'id', 'use 1 to 64 letters'),
  bad({ ...product, name: undefined }, 'name', 'write a text'),
  bad({ ...product, price: 100 }, 'price', 'write a text'),
  bad({ ...product, src: 'blob:https://a.example/b' }, 'src', 'use https:'),
  bad({ ...product, href: 'javascript:alert(1)' }, 'href', 'use https:'),
  [messageOf([product, product]), `${CONTENT}.cards[0].blocks[1].id`, 'give each its own id', 'beyond'],
  [
    messageOf([product, { block: 'buttons', buttons: [{ id: 'p', label: 'B', action: { do: 'close' } }] }]),
    `${CONTENT}.cards[0].blocks[1].buttons[0].id`,
    'give each its own id',
    'beyond',
  ],
  // Actions.
  does('close', '', 'write for example {"do": "close"}'),
  does({ do: 'eval', code: '1' }, 'do', 'use "link"'),
  does({ do: 'link' }, 'href', 'use https://'),
  does({ do: 'link', href: '/a', newTab: 'yes' }, 'newTab', 'true or false'),
  does({ do: 'next', close: true }, 'close', 'or remove it'),
  does({ do: 'track', event: '$answer' }, 'event', 'do not start with "$"'),
  does({ do: 'track', event: 'x'.repeat(65) }, 'event', 'use 1 to 64'),
  does({ do: 'open' }, 'campaign', 'such as "nps"'),
  does({ do: 'open', campaign: 'Not An Id' }, 'campaign', 'such as "nps"'),
  does({ do: 'open', campaign: 'nps', close: true }, 'close', 'or remove it'),
  does({ do: 'call' }, 'name', 'use 1 to 64'),
  does({ do: 'call', name: ' ' }, 'name', 'use 1 to 64'),
  does({ do: 'call', name: 'alert', close: 1 }, 'close', 'true or false'),
  does({ do: 'call', name: 'a', args: [] }, 'args', 'or remove it'),
  // Questions.
  badly({ kind: 'matrix' }, 'kind', 'use "nps"'),
  badly({ kind: 'constructor' }, 'kind', 'use "nps"'),
  badly({ kind: 'nps', of: 5 }, 'of', 'or remove it'),
  badly({ kind: 'nps', low: '' }, 'low', 'write a text'),
  badly({ kind: 'nps', required: 'yes' }, 'required', 'true or false'),
  badly({ kind: 'nps', id: 'a b' }, 'id', 'use 1 to 64 letters'),
  badly({ kind: 'nps', id: 'constructor' }, 'id', 'no word that every object has'),
  badly({ kind: 'nps', id: '__proto__' }, 'id', 'no word that every object has'),
  badly({ kind: 'nps', id: 'toString' }, 'id', 'no word that every object has'),
  bad({ ...product, id: 'prototype' }, 'id', 'no word that every object has'),
  badly({ kind: 'csat', look: 'hearts' }, 'look', 'use "faces"'),
  badly({ kind: 'ces', look: 'stars' }, 'look', 'or remove it'),
  badly({ kind: 'rating', of: 1 }, 'of', 'from 2 to 10'),
  badly({ kind: 'rating', of: 11 }, 'of', 'from 2 to 10'),
  badly({ kind: 'rating', of: 4.5 }, 'of', 'whole number'),
  badly({ kind: 'rating', of: '5' }, 'of', 'from 2 to 10'),
  badly({ kind: 'rating', look: 'faces' }, 'look', 'use "stars"'),
  badly({ kind: 'thumbs', high: 'H' }, 'high', 'or remove it'),
  badly({ kind: 'choice' }, 'choices', 'write [{"value"'),
  badly({ kind: 'choice', choices: choices.slice(1) }, 'choices', 'two or more'),
  badly({ ...rest, choices: [choices[0], choices[0]] }, 'choices[1].value', 'its own id', 'beyond'),
  badly({ ...rest, choices: ['a', 'b'] }, 'choices[0]', 'write {'),
  badly(
    { ...rest, other: 'Else', choices: [...choices, { value: 'other', label: 'O' }] },
    'choices[2].value',
    'choose another',
  ),
  badly({ ...rest, other: true }, 'other', 'write a text'),
  badly({ ...rest, look: 'dropdown', multiple: true }, 'look', 'use "list"'),
  badly({ ...rest, look: 'buttons' }, 'look', 'use "list" or "dropdown"'),
  badly({ ...rest, choices: pictures }, 'choices[0].src', 'or remove it'),
  badly({ kind: 'picture', choices }, 'choices[0].src', 'use https://'),
  badly({ kind: 'picture', choices: pictures, other: 'Else' }, 'other', 'or remove it'),
  badly(
    { kind: 'picture', choices: [{ ...pictures[0], src: 'javascript:1' }, pictures[1]] },
    'choices[0].src',
    'use https:',
  ),
  badly({ kind: 'text', maxLength: 0 }, 'maxLength', 'from 1 to 4096'),
  badly({ kind: 'text', short: 1 }, 'short', 'true or false'),
  badly({ kind: 'date', from: '2026-5-1' }, 'from', 'such as "2026-05-01"'.replace('such as', 'for example')),
  badly({ kind: 'date', until: '2026-05-01T00:00:00Z' }, 'until', 'for example "2026-05-01"'),
  badly({ kind: 'date', until: 20260501 }, 'until', 'for example "2026-05-01"'),
  badly({ kind: 'date', from: '2026-02-30' }, 'from', 'for example "2026-05-01"', 'beyond'),
  badly({ kind: 'date', from: '2026-05-02', until: '2026-05-01' }, 'until', 'a later day', 'beyond'),
  badly({ kind: 'contact' }, 'field', 'use "email"'),
  badly({ kind: 'contact', field: 'iban' }, 'field', 'use "email", "tel" or "name"'),
];

/** Cards that ask a question each, and lead on as they say. */
const surveyOf = (...cards: { id: string; [key: string]: unknown }[]) => ({
  format: 'modal',
  cards: cards.map((card) => ({
    blocks: [{ block: 'question', question: { kind: 'nps', id: `q-${card.id}`, label: 'L' } }],
    ...card,
  })),
});
const on = (question: string, to: string) => ({ branches: [{ question, is: { gte: 9 }, to }] });
SOUND['branches on what was asked, and on what may have been'] = surveyOf(
  { id: 'a', ...on('q-a', 'c') },
  { id: 'b', next: 'd' },
  { id: 'c', ...on('q-a', 'e') },
  { id: 'd', ...on('q-c', 'end') },
  { id: 'e', ...on('q-b', 'end') },
);
const never = 'branch on a card that comes after it';
BROKEN.push(
  [surveyOf({ id: 'a' }, { id: 'b', end: true }), `${CONTENT}.cards[1].end`, 'ask on a card before it'],
  [
    surveyOf({ id: 'a', ...on('q-b', 'c') }, { id: 'b' }, { id: 'c' }),
    `${CONTENT}.cards[0].branches[0].question`,
    never,
    'beyond',
  ],
  [
    surveyOf(
      { id: 'a', ...on('q-a', 'c') },
      { id: 'b', next: 'd' },
      { id: 'c', ...on('q-b', 'end') },
      { id: 'd' },
    ),
    `${CONTENT}.cards[2].branches[0].question`,
    never,
    'beyond',
  ],
);

/** Addresses that lead where nobody meant them to. */
export const ADDRESSES: [href: string, isBeyondSchema?: 'beyond'][] = [
  ['javascript:alert(1)'],
  ['JaVaScRiPt:alert(1)'],
  [' javascript:alert(1)'],
  ['java\tscript:alert(1)'],
  ['java\nscript:alert(1)'],
  ['javascript\n:alert(1)'],
  ['\u0001javascript:alert(1)'],
  ['data:text/html,<script>alert(1)</script>'],
  ['DATA:text/html;base64,AA'],
  ['vbscript:x'],
  ['blob:https://a.example/b'],
  ['file:///etc/passwd'],
  ['http://shop.example/'],
  ['//evil.example'],
  ['/\\evil.example'],
  ['https:evil.example'],
  ['https://shop.example@evil.example/'],
  // With something filled in.
  ['javascript:{{ device.type }}'],
  ['JAVASCRIPT:alert("{{ device.type }}")'],
  ['data:{{ device.type }}'],
  ['http://shop.example/{{ device.type }}'],
  ['//{{ device.type }}'],
  ['https://{{ device.type }}/'],
  ['https://{{ device.type }}.shop.example/'],
  ['https://shop.example{{ device.type }}'],
  ['https://shop.example:{{ device.type }}/'],
  ['https:{{ device.type }}'],
  // Which begin with what a link to the page says.
  ['{{ page.query.next | default: "/" }}'],
  ['{{page.url}}'],
  ['{{ visit.source | default: "/" }}'],
  ['{{visit.landing|default:"/"}}#a'],
  ['{{ event.url | default: "/" }}'],
  ['{{ device.type }}/a'],
  // Which begin with two slashes, or are a script, where nothing is known.
  ['/{{ visitor.a | default: "" }}/{{ visitor.b | default: "" }}', 'beyond'],
  ['/{{ page.query.a | default: "" }}/evil.example', 'beyond'],
  ['/{{ device.type | default: ".." }}/{{ device.type }}', 'beyond'],
  ['{{ visitor.a | default: "" }}/{{ visitor.b | default: "" }}/evil.example', 'beyond'],
  ['{{ visitor.a | default: "" }}javascript:alert(1)', 'beyond'],
  ['java{{ device.type }}script:alert(1)', 'beyond'],
  ['a{{ device.type }}b c', 'beyond'],
  ['/{{ device.type }}\\evil.example', 'beyond'],
  ['/{{ device.type }}\\evil.example/{{ device.type }}', 'beyond'],
];
