/* eslint-disable no-script-url -- these addresses are here to be refused */
/** What the validator says of messages and surveys, and that the published schema says the same. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../src/core/validate/report.js';
import { validateCampaignFile, type Known } from '../../../../src/core/validate/campaignFile.js';
import { campaignsSchema } from '../../../../src/core/validate/schema/schemas.js';
import {
  ADDRESSES,
  asking,
  BLOCK,
  BROKEN,
  CONTENT,
  doing,
  fileOf,
  messageOf,
  NOW,
  problemsOf,
  QUESTION,
  saying,
  SOUND,
} from './content.fixture.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
const isCampaignFile = ajv.compile(campaignsSchema);
/** As JSON has it: what is undefined is not there. */
const isSchematic = (content: unknown, more?: object, file?: object) =>
  isCampaignFile(JSON.parse(JSON.stringify(fileOf(content, more, file))));

const errors = (problems: Problem[]) => problems.filter(({ severity }) => severity === 'error');
const said = (problems: Problem[]) =>
  problems.map(({ path, severity, message }) => [path, severity, message]);
const warning = (path: string, says: string) => [path, 'warning', expect.stringContaining(says)];
const error = (path: string, says: string) => [path, 'error', expect.stringContaining(says)];
const TEXT = `${BLOCK}.text`;

describe('a message', () => {
  it.each(Object.entries(SOUND))('that is sound has nothing said about it: %s', (_, content) => {
    expect(
      problemsOf(content).filter(({ message }) => !/last fallback|while other texts/.test(message)),
    ).toEqual([]);
    expect([isSchematic(content), isCampaignFile.errors]).toEqual([true, null]);
  });

  it.each(
    BROKEN.map(([content, path, says, beyond]) => [path.replace(CONTENT, ''), says, content, path, beyond]),
  )('is refused at %s, with the fix: %s', (_, says, content, path, beyond) => {
    const found = errors(problemsOf(content)).filter((problem) => problem.path === path);
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(({ message }) => message.startsWith(`${path}: `))).toBe(true);
    expect(found.map(({ message }) => message).join('\n')).toMatch(says);
    expect(isSchematic(content)).toBe(beyond === 'beyond');
  });

  it('is warned of for what has no effect', () => {
    const text = { block: 'text', text: 'Hi' };
    expect(said(problemsOf(messageOf([text], { position: 'top' })))).toEqual([
      warning(`${CONTENT}.position`, 'has no effect on a modal; remove it'),
    ]);
    expect(said(problemsOf(messageOf([text], { format: 'inline', slot: 'a', position: 'top' })))).toEqual([
      warning(`${CONTENT}.position`, 'has no effect on an inline; remove it'),
    ]);
    const strange = { format: 'banner', slot: 'a', anchor: '#a', seconds: 20 };
    expect(said(problemsOf(messageOf([text], strange)))).toEqual([
      warning(`${CONTENT}.slot`, 'on format "inline" only; remove it'),
      warning(`${CONTENT}.anchor`, 'on format "tooltip" only; remove it'),
      warning(`${CONTENT}.seconds`, 'on format "toast" only; remove it'),
    ]);
    expect(isSchematic(messageOf([text], strange))).toBe(true);
  });

  it('is warned of for a wording that another of the same language covers', () => {
    const text = { en: 'Tea', EN: 'TEA' };
    expect(said(problemsOf(messageOf([{ block: 'text', text }])))).toContainEqual(
      warning(`${TEXT}.EN`, 'is the same language as "en"; keep one of them'),
    );
  });

  it('is warned of where nothing in it tells what it is', () => {
    const mute = [
      { block: 'image', src: '/a.png', alt: '', width: 1, height: 1 },
      { block: 'divider' },
      { block: 'countdown', until: '2026-12-01T09:00:00Z', ended: 'Over' },
    ];
    expect(said(problemsOf(messageOf(mute)))).toEqual([warning(`${CONTENT}.label`, 'give it a label')]);
    expect(said(problemsOf(messageOf(mute, { label: 'Tea' })))).toEqual([]);
    const telling = [
      { ...mute[0], alt: 'Tea' },
      { ...mute[2], label: 'Time left' },
      { block: 'coupon', code: 'TEN' },
    ];
    for (const block of telling) expect(said(problemsOf(messageOf([...mute, block])))).toEqual([]);
  });

  it('over all of the page comes only where it was asked for', () => {
    const content = SOUND['full-screen'];
    const coming = (...triggers: object[]) => said(problemsOf(content, { triggers }));
    const click = { on: 'event', event: 'help' };
    expect(coming(click, { on: 'manual' })).toEqual([]);
    for (const trigger of [
      { on: 'page' },
      { on: 'exit' },
      { on: 'dwell', seconds: 5 },
      { on: 'all', of: [click] },
    ])
      expect(coming(click, trigger)).toEqual([
        error(`${CONTENT}.format`, 'only "manual", or an event of a click'),
      ]);
  });
});

describe('an address', () => {
  const places: [what: string, content: (href: string) => unknown, path: string][] = [
    ['a button', (href) => doing({ do: 'link', href }), `${BLOCK}.buttons[0].action.href`],
    ['an image', (src) => messageOf([{ block: 'image', src, alt: '', width: 1, height: 1 }]), `${BLOCK}.src`],
    ['a product', (href) => messageOf([{ block: 'product', id: 'p', name: 'Tea', href }]), `${BLOCK}.href`],
    [
      'a picture of a product',
      (src) => messageOf([{ block: 'product', id: 'p', name: 'Tea', src }]),
      `${BLOCK}.src`,
    ],
    [
      'a picture',
      (src) =>
        asking({ kind: 'picture', choices: ['a', 'b'].map((value) => ({ value, label: value, src })) }),
      `${QUESTION}.choices[0].src`,
    ],
  ];
  it.each(ADDRESSES)('%j is refused wherever it stands', (href, beyond) => {
    for (const [, content, path] of places) {
      expect(errors(problemsOf(content(href))).map((problem) => problem.path)).toContain(path);
      expect(isSchematic(content(href))).toBe(beyond === 'beyond');
    }
  });

  it.each(ADDRESSES.filter(([href]) => !/[\s(){]/.test(href)))('%j is refused in a text', (href) => {
    expect(said(problemsOf(saying(`See [this](${href}).`)))).toEqual([[TEXT, 'error', expect.any(String)]]);
    const texts = { en: 'Sound', ja: `[a](/b) [c](${href})` };
    expect(errors(problemsOf(saying(texts))).map(({ path }) => path)).toEqual([`${TEXT}.ja`]);
  });

  it('is refused in a text whatever is filled in, and is none where it is no link', () => {
    for (const href of ['javascript:{{ device.type }}', 'https://{{ device.type }}/', '//{{ device.type }}'])
      expect(errors(problemsOf(saying(`[a](${href})`))).map(({ path }) => path)).toEqual([TEXT]);
    for (const text of ['[a](java\tscript:x)', '\\[a](javascript:x)', '[a] (javascript:x)', 'javascript:x'])
      expect(problemsOf(saying(text))).toEqual([]);
    expect(problemsOf(messageOf([{ block: 'heading', text: '[a](javascript:x)' }]))).toEqual([]);
  });

  it('begins with a value only of what the site itself tells of', () => {
    const measured = { measure: 'last', of: 'source' };
    const values = {
      own: { event: 'view_item', ...measured },
      entry: { event: '$session_start', ...measured },
    };
    const link = (name: string) =>
      said(problemsOf(doing({ do: 'link', href: `{{ values.${name} | default: "/" }}` }), { values }));
    expect(link('own')).toEqual([]);
    expect(link('entry')).toEqual([
      error(`${BLOCK}.buttons[0].action.href`, 'leads wherever the maker of a link to the page says'),
    ]);
    expect(
      problemsOf(doing({ do: 'link', href: '/a?b={{ values.entry | default: "" }}' }), { values }),
    ).toEqual([]);
  });

  it('is judged where it is shown if it begins with a placeholder, whose own faults are said', () => {
    const link = (href: string) => said(problemsOf(doing({ do: 'link', href })));
    const at = `${BLOCK}.buttons[0].action.href`;
    expect(link('{{ visitor.url | default: "javascript:alert(1)" }}')).toEqual([]);
    expect(link('{{ visitor.url }}')).toEqual([error(at, 'add a default such as')]);
    expect(link('/a?b={{ nowhere.a | default: "" }}')).toEqual([error(at, 'begin with one of "visitor"')]);
    expect(link('{{ javascript }}:alert(1)')).toEqual([error(at, 'is no placeholder')]);
  });
});

describe('a placeholder', () => {
  const saidOf = (inside: string, more?: object) => said(problemsOf(saying(`Hi {{${inside}}}`), more));

  it.each([
    [' visitor.name ', 'add a default such as {{ visitor.name | default: "…" }}'],
    [' values.viewed ', 'add a default'],
    [' page.query.ref ', 'add a default'],
    [' page.title ', 'add a default'],
    [' visit.source | number ', 'add a default'],
    [' visitor.name | default ', 'write default: "you"'],
    [
      ' user.name | default: "" ',
      'does not begin with one of "visitor", "event", "values", "page", "device" or "visit"',
    ],
    [' constructor.name | default: "" ', 'does not begin with one of'],
    [' toString.name | default: "" ', 'does not begin with one of'],
    [' visitor.__proto__ | default: "" ', 'choose another property'],
    [' visitor.a.constructor.b | default: "" ', 'choose another property'],
    [' event.prototype[].a | default: "" ', 'choose another property'],
    [' values.gone | default: "" ', 'use "viewed", "times" or "plan"'],
    [' values.viewed.name | default: "" ', 'use "viewed", "times" or "plan"'],
    [' values.toString | default: "" ', 'use "viewed", "times" or "plan"'],
    [' device.mood | default: "" ', 'is no fact of the device; use "type"'],
    [' page.query. | default: "" ', 'write for example {{ visitor.name'],
    [' page.hash | default: "" ', 'is no fact of the page; use "url"'],
    [' visit.toString | default: "" ', 'is no fact of the visit; use "new"'],
    [' visitor.a | upper | default: "" ', 'is not a filter; use "default"'],
    [' visitor.a | constructor | default: "" ', 'is not a filter; use "default"'],
    [' visitor.a | number: 21 | default: "" ', 'write number, or number: 1'],
    [' visitor.a | percent: "x" | default: "" ', 'write percent, or percent: 1'],
    [' visitor.a | money | default: "" ', 'write money: "JPY"'],
    [' visitor.a | money: "yen" | default: "" ', 'write money: "JPY"'],
    [' visitor.a | date: "YYYY" | default: "" ', 'write date: "long"'],
    [' visitor.a | time: 5 | default: "" ', 'write time: "short"'],
    [' visitor.a | default: "no" | number ', 'write it last'],
    [' visitor.a | default: "1" | default: "2" ', 'write it last'],
    ['name', 'is no placeholder; write for example {{ visitor.name | default: "you" }}'],
    ["constructor.constructor('x')()", 'is no placeholder'],
    ['__proto__.x', 'is no placeholder'],
    ['', 'is no placeholder'],
  ])('{{%s}} is refused, with the fix', (inside, says) => {
    const problems = saidOf(inside);
    expect(problems).toEqual(expect.arrayContaining([error(TEXT, says)]));
    expect(problems.every(([path]) => path === TEXT)).toBe(true);
  });

  it('is checked in every text of every language', () => {
    const broken = '{{ visitor.name }}';
    const label = { en: 'Sound', ja: broken };
    const paths = (content: unknown) => errors(problemsOf(content)).map(({ path }) => path);
    expect(paths(doing({ do: 'close' }, { label }))).toEqual([`${BLOCK}.buttons[0].label.ja`]);
    expect(paths(asking({ kind: 'nps', label: broken, low: broken, high: label }))).toEqual(
      ['label', 'low', 'high.ja'].map((key) => `${QUESTION}.${key}`),
    );
    expect(paths(asking({ kind: 'text', placeholder: broken }))).toEqual([`${QUESTION}.placeholder`]);
    const more = { format: 'tab', launcher: broken, label: broken };
    expect(paths(messageOf([{ block: 'heading', text: 'Hi' }], more))).toEqual([
      `${CONTENT}.launcher`,
      `${CONTENT}.label`,
    ]);
  });

  it('of an event is warned of where no event makes the occasion', () => {
    const inside = ' event.name | default: "you" ';
    expect(saidOf(inside)).toEqual([warning(TEXT, 'no trigger of the campaign is an event')]);
    const purchase = { on: 'event', event: 'purchase' };
    for (const trigger of [purchase, { on: 'then', of: [{ on: 'exit' }, purchase] }])
      expect(saidOf(inside, { triggers: [trigger] })).toEqual([]);
    expect(saidOf(inside, { triggers: [{ on: 'visible', selector: '[x="on:event"]' }] })).toHaveLength(1);
  });

  it('of a value needs one', () =>
    expect(saidOf(' values.viewed | default: "" ', { values: undefined })).toEqual([
      error(TEXT, 'needs "values" of the campaign, such as'),
    ]));
});

describe('values', () => {
  const V = 'campaigns[0].values';
  const told = (values: unknown) => said(problemsOf(saying('Hi'), { values }));

  it.each<[values: unknown, path: string, says: string]>([
    [[], V, 'write {'],
    ['viewed', V, 'write {'],
    [{ 'a.b': { event: 'a' } }, `${V}.a.b`, 'use 1 to 64 letters'],
    [{ ['x'.repeat(65)]: { event: 'a' } }, `${V}.${'x'.repeat(65)}`, 'use 1 to 64 letters'],
    [JSON.parse('{"__proto__": {"event": "a"}}'), `${V}.__proto__`, 'use 1 to 64 letters'],
    [{ constructor: { event: 'a' } }, `${V}.constructor`, 'use 1 to 64 letters'],
    [{ a: 'view_item' }, `${V}.a`, 'write {'],
    [{ a: {} }, `${V}.a.event`, 'event'],
    [{ a: { event: 'a', measure: 'last' } }, `${V}.a.of`, 'name the property to measure'],
    [{ a: { event: 'a', measure: 'median', of: 'b' } }, `${V}.a.measure`, 'use "count"'],
    [{ a: { event: 'a', measure: 'last', of: '__proto__.b' } }, `${V}.a.of`, 'name another one'],
    [{ a: { event: 'a', within: '1 day' } }, `${V}.a.within`, 'such as "30m"'],
    [{ a: { event: 'a', where: { b: { like: 1 } } } }, `${V}.a.where.b.like`, 'use "eq"'],
    [{ a: { event: 'a', is: { gte: 1 } } }, `${V}.a.is`, 'or remove it'],
    [{ a: { fact: '' } }, `${V}.a.fact`, 'such as "plan"'],
    [{ a: { fact: '__proto__.b' } }, `${V}.a.fact`, 'name another one'],
    [{ a: { fact: 'plan', event: 'a' } }, `${V}.a.event`, 'or remove it'],
    [
      Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`v${at}`, { event: 'a' }])),
      V,
      'more than 20',
    ],
  ])('%j are refused', (values, path, says) => {
    expect(told(values)).toEqual(expect.arrayContaining([error(path, says)]));
    expect(isSchematic(saying('Hi'), { values })).toBe(false);
  });

  it('may measure in every way, and name public facts', () => {
    const ways = ['sum', 'min', 'max', 'distinct', 'most', 'first', 'last'];
    const values = {
      count: { event: 'a', within: 'session' },
      since: { event: 'a', within: { public: 'days' }, where: { value: { gte: { public: 'high' } } } },
      plan: { fact: 'address.city' },
      ...Object.fromEntries(ways.map((measure) => [measure, { event: 'a', measure, of: 'items[].price' }])),
    };
    const facts = { days: '30d', high: 5 };
    expect(problemsOf(saying('Hi'), { values }, { facts })).toEqual([]);
    expect(isSchematic(saying('Hi'), { values }, { facts })).toBe(true);
  });
});

describe('a question for personal data', () => {
  const content = SOUND.contact;
  const off = error(QUESTION, 'write "limits": {"contacts": true}');
  const saidWith = (file: object, known: Known = { segments: [] }) =>
    said(validateCampaignFile(fileOf(content, {}, file), known, NOW).problems);

  it('is refused unless the limits allow it', () => {
    expect(saidWith({ limits: undefined })).toEqual([off]);
    expect(saidWith({ limits: {} })).toEqual([off]);
    expect(saidWith({ limits: { contacts: false } })).toEqual([off]);
    expect(saidWith({ limits: { contacts: 'yes' } })).toEqual([
      off,
      error('limits.contacts', 'true or false'),
    ]);
    expect(saidWith({ limits: { contacts: true } })).toEqual([]);
  });

  it('is allowed by another file of the site, and forbidden by its own', () => {
    const known = { segments: [], allowsContacts: true };
    expect(saidWith({ limits: undefined }, known)).toEqual([]);
    expect(saidWith({ limits: { holdOut: 0.1 } }, known)).toEqual([off]);
  });
});

describe('the cards of a survey', () => {
  const card = (id: string, more: object = {}) => ({
    ...asking({ kind: 'thumbs', id }).cards[0],
    id,
    ...more,
  });
  const saidOf = (...cards: object[]) => said(problemsOf({ format: 'modal', cards }));
  const at = (index: number, key = '') => `${CONTENT}.cards[${index}]${key}`;

  it('are all reached, and lead to an end', () => {
    const down = { is: { eq: 'down' }, to: 'c' };
    expect(saidOf(card('a', { branches: [down], next: 'b' }), card('b'), card('c'))).toEqual([]);
    expect(saidOf(card('a', { next: 'c' }), card('b'), card('c'))).toEqual([
      error(at(1), 'never reached; lead'),
    ]);
    const closing = card('a', { end: true, blocks: [{ block: 'heading', text: 'Bye' }] });
    expect(saidOf(closing, card('b'))).toEqual([error(at(1), 'never reached')]);
    expect(saidOf(card('a'), card('b', { next: 'a' }))).toEqual([error(at(0), 'lead on to a later card')]);
    expect(saidOf(card('a', { branches: [{ is: { eq: 'up' }, to: 'a' }] }))).toEqual([
      error(at(0), 'reached from itself'),
    ]);
    expect(saidOf(card('a', { next: 'gone' }))).toEqual([error(at(0, '.next'), 'use "a" or "end"')]);
  });

  it('ask each question once', () => {
    const twice = [card('a'), { ...card('a'), id: 'b' }];
    expect(saidOf(...twice)).toEqual([error(at(1, '.blocks[0].question.id'), 'give each its own id')]);
  });
});
