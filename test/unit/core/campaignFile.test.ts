/* eslint-disable no-script-url -- these addresses are here to be refused */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignFile } from '../../../src/core/program.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { urlProblem } from '../../../src/core/validate/url.js';

const sound = (): CampaignFile => ({
  kikubari: 1,
  segments: {
    dropped: {
      sequence: [{ event: 'view_item', count: 3 }, { event: 'add_to_cart' }],
      within: '1d',
      thenNot: { event: 'purchase' },
    },
  },
  campaigns: [
    {
      id: 'nps',
      name: 'After the purchase',
      status: 'live',
      triggers: [
        { on: 'event', event: 'purchase' },
        { on: 'dwell', seconds: 20, page: { startsWith: '/cart' } },
      ],
      audience: { all: [{ not: { segment: 'dropped' } }, { page: 'query.ref', is: { exists: false } }] },
      caps: [{ count: 1, per: { last: '90d' }, of: 'answer' }],
      schedule: { from: '2026-05-01T09:00:00+09:00', until: '2027-05-01T09:00:00+09:00' },
      control: 0.1,
      goal: { event: 'purchase', window: '7d', value: 'value' },
      language: 'ja',
      variants: [
        {
          id: 'a',
          content: {
            format: 'slide-in',
            position: 'bottom-right',
            theme: { accent: '#0b6e4f', radius: 12, dark: { surface: '#111111' } },
            cards: [
              {
                id: 'score',
                blocks: [
                  {
                    block: 'question',
                    question: {
                      kind: 'nps',
                      id: 'nps',
                      label: { en: 'How likely?', ja: 'おすすめしますか？' },
                    },
                  },
                ],
                branches: [{ is: { lte: 6 }, to: 'why' }],
                next: 'thanks',
              },
              {
                id: 'why',
                blocks: [
                  {
                    block: 'question',
                    question: { kind: 'text', id: 'why', label: { en: 'Why?', ja: '理由は？' } },
                  },
                ],
              },
              {
                id: 'thanks',
                end: true,
                blocks: [
                  { block: 'heading', text: { en: 'Thank you', ja: 'ありがとうございます' } },
                  { block: 'image', src: '/img/tea.webp', alt: '', width: 320, height: 180 },
                  { block: 'coupon', code: 'TEA10' },
                  {
                    block: 'buttons',
                    buttons: [
                      { id: 'go', label: { en: 'Shop', ja: '見る' }, action: { do: 'link', href: '/list' } },
                    ],
                  },
                ],
              },
            ],
          },
        },
      ],
    },
  ],
});

/** The sound file with the value at a path replaced, `undefined` removing it. */
function withChange(path: string, value: unknown): unknown {
  const file = structuredClone(sound()) as never;
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop()!;
  const holder = keys.reduce<{ [key: string]: never }>((at, key) => at[key]!, file);
  if (value === undefined) delete holder[last];
  else (holder as { [key: string]: unknown })[last] = value;
  return file;
}

const C = 'campaigns[0]';
const CARDS = `${C}.variants[0].content.cards`;
const nested = (depth: number): unknown => (depth > 1 ? { not: nested(depth - 1) } : { event: 'a' });

describe('validateCampaignFile', () => {
  it('has nothing to say about a sound file', () =>
    expect(validateCampaignFile(sound())).toEqual({ problems: [] }));

  it('names path, value and fix', () => {
    expect(validateCampaignFile(withChange(`${C}.caps[0].per`, 'weak')).problems).toEqual([
      {
        path: 'campaigns[0].caps[0].per',
        severity: 'error',
        message:
          'campaigns[0].caps[0].per: "weak" is not a clock; use "session", "ever", {"last": "7d"} or {"calendar": "day", "zone": "Asia/Tokyo"}',
      },
    ]);
  });

  it.each<[changed: string, value: unknown, reported?: string]>([
    ['kikubari', 2],
    ['campaigns', {}],
    ['surprise', 1],
    ['segments.dropped', { segment: 'dropped' }],
    ['segments.dropped.within', '1 day'],
    ['segments.dropped.sequence', []],
    ['segments.dropped.sequence[0].count', 0],
    ['segments.dropped.thenNot.wher', {}],
    [`${C}.id`, 'Not An Id'],
    [`${C}.name`, ' '],
    [`${C}.status`, 'on'],
    [`${C}.triggers`, []],
    [`${C}.triggers[0].on`, 'shake'],
    [`${C}.triggers[1].seconds`, '20'],
    [`${C}.audience`, { weather: 'rain' }],
    [`${C}.audience`, { segment: 'gone' }, `${C}.audience.segment`],
    [`${C}.audience`, { segment: 'toString' }, `${C}.audience.segment`],
    [`${C}.audience`, { event: 'a', is: { resembles: 3 } }, `${C}.audience.is.resembles`],
    [`${C}.audience`, { event: 'a', is: { in: 3 } }, `${C}.audience.is.in`],
    [`${C}.audience`, { attribute: 'a', is: { matches: 3 } }, `${C}.audience.is.matches`],
    [`${C}.audience`, { attribute: 'a', is: { matches: '(a+)+' } }, `${C}.audience.is.matches`],
    [`${C}.audience`, { attribute: 'a', is: { semver: '2' } }, `${C}.audience.is.semver`],
    [`${C}.audience`, { attribute: 'a', is: { semver: { gte: 'new' } } }, `${C}.audience.is.semver`],
    [`${C}.audience`, { attribute: 'a', is: { before: '3d' } }, `${C}.audience.is.before`],
    [`${C}.audience`, { attribute: 'a', is: { after: 5 } }, `${C}.audience.is.after`],
    [`${C}.audience`, { attribute: 'a[]', is: { every: [1] } }, `${C}.audience.is.every`],
    [`${C}.audience`, { attribute: 'a[]', is: { every: { like: 1 } } }, `${C}.audience.is.every.like`],
    [`${C}.audience`, { event: 'a', measure: 'median', of: 'x' }, `${C}.audience.measure`],
    [`${C}.audience`, { event: 'a', measure: 'sum' }, `${C}.audience.of`],
    [`${C}.audience`, { event: 'a', where: { '__proto__.x': { eq: 1 } } }, `${C}.audience.where.__proto__.x`],
    [`${C}.audience`, { visit: 'mood', is: { eq: 1 } }, `${C}.audience.visit`],
    [`${C}.audience`, { attribute: 'a' }, `${C}.audience.is`],
    [`${C}.audience`, nested(11), `${C}.audience${'.not'.repeat(10)}`],
    [`${C}.audience`, { any: Array.from({ length: 200 }, () => ({ event: 'a' })) }],
    [`${C}.caps[0].count`, 1.5],
    [`${C}.caps[0].per`, { last: 'week' }, `${C}.caps[0].per.last`],
    [`${C}.caps[0].of`, 'smiles'],
    [`${C}.schedule.from`, '2026-05-01'],
    [`${C}.schedule.until`, '2026-04-01T00:00:00Z'],
    [`${C}.purpose`, 'fun'],
    [`${C}.control`, 0.6],
    [`${C}.goal.window`, '7'],
    [`${C}.language`, 'Japanese!'],
    [`${C}.variants`, []],
    [`${C}.variants[0].id`, 'control'],
    [`${C}.variants[0].weight`, -1],
    [`${C}.variants[0].weight`, 0, `${C}.variants`],
    [`${C}.variants[0].content.format`, 'hologram'],
    [`${C}.variants[0].content.position`, 'top'],
    [`${C}.variants[0].content.theme.accent`, 'red'],
    [`${C}.variants[0].content.theme.radius`, 99],
    [CARDS, []],
    [`${CARDS}[0].next`, 'gone'],
    [`${CARDS}[0].next`, 'score', `${CARDS}[0]`],
    [`${CARDS}[0].branches[0].to`, 'gone'],
    [`${CARDS}[0].branches[0].question`, 'gone'],
    [`${CARDS}[0].branches`, undefined, `${CARDS}[1]`],
    [`${CARDS}[1].id`, 'score'],
    [`${CARDS}[1].next`, 'score', `${CARDS}[0]`],
    [`${CARDS}[2].id`, 'end'],
    [`${CARDS}[2].blocks[0].block`, 'html'],
    [`${CARDS}[2].blocks[0].text`, undefined],
    [`${CARDS}[2].blocks[0].text.en`, ''],
    [`${CARDS}[2].blocks[1].src`, 'http://shop.example/a.png'],
    [`${CARDS}[2].blocks[1].width`, undefined],
    [`${CARDS}[2].blocks[2].code`, ''],
    [`${CARDS}[2].blocks[3].buttons[0].action.href`, 'javascript:alert(1)'],
    [`${CARDS}[2].blocks[3].buttons[0].action.do`, 'explode'],
    [`${CARDS}[0].blocks[0].question.kind`, 'rating'],
    [`${CARDS}[1].blocks[0].question.id`, 'nps'],
  ])('refuses %s = %j', (changed, value, reported = changed) => {
    const { problems } = validateCampaignFile(withChange(changed, value));
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ path }) => path)).toContain(reported);
    for (const { path, message } of errors) expect(message.startsWith(`${path}: `)).toBe(true);
  });

  it('refuses two campaigns of one id', () => {
    const file = sound();
    file.campaigns.push(file.campaigns[0]!);
    expect(validateCampaignFile(file).problems.map(({ path }) => path)).toEqual(['campaigns[1].id']);
  });

  it('warns, without refusing, of a wording that one language lacks', () => {
    const { problems } = validateCampaignFile(withChange(`${CARDS}[2].blocks[0].text.en`, undefined));
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'warning', path: `${CARDS}[2].blocks[0].text.en` }),
    ]);
  });

  it('lets a file refer to segments the site has', () => {
    const file = withChange(`${C}.audience`, { segment: 'regulars' });
    expect(validateCampaignFile(file).problems).toHaveLength(1);
    expect(validateCampaignFile(file, ['regulars']).problems).toEqual([]);
  });

  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        for (const path of [
          'campaigns',
          C,
          `${C}.audience`,
          `${C}.caps`,
          `${C}.triggers`,
          `${C}.variants`,
          CARDS,
          `${CARDS}[0]`,
          `${CARDS}[2].blocks`,
          'segments',
        ])
          validateCampaignFile(withChange(path, value));
        validateCampaignFile(value);
      }),
    );
    let deep: unknown = {};
    for (let i = 0; i < 20_000; i++) deep = { not: deep };
    expect(validateCampaignFile(withChange(`${C}.audience`, deep)).problems).toHaveLength(1);
  });
});

describe('urlProblem', () => {
  it.each([
    'https://shop.example',
    'https://shop.example/a?b#c',
    'HTTPS://shop.example/',
    'mailto:a@b.example',
    'tel:+81312345678',
    '/cart',
    'cart?x=1',
    '?x=1',
    '#top',
    '/商品/お茶',
    '/a:b',
    './a',
    '../a',
  ])('allows %j', (href) => expect(urlProblem(href)).toBeNull());

  const SCHEMES = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
    'http://shop.example/',
    'ftp://a/b',
    'view-source:https://a',
    'intent://a#Intent;end',
  ];
  const TRICKS = [
    '',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u0000',
    '\u0001',
    '\u001f',
    '\u00a0',
    '\u200b',
    '\u2028',
    '\u3000',
    '\ufeff',
  ];
  const vectors = [
    ...SCHEMES.flatMap((href) =>
      TRICKS.flatMap((trick) => [
        trick + href,
        href.slice(0, 4) + trick + href.slice(4),
        href.replace(':', `${trick}:`),
        href.replace(':', `:${trick}`),
      ]),
    ),
    ...[
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '\\/evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      'https:evil.example',
      'https:/evil.example',
      'https:///evil.example',
      'https://shop.example@evil.example/',
      'https://',
      'https://?a',
      '',
      ' ',
      '\t//evil.example',
      'x:y',
    ],
  ];
  it.each([...new Set(vectors)])('refuses %j', (href) => expect(urlProblem(href)).not.toBeNull());

  it('lets nothing through that a browser would open elsewhere than https, mailto, tel or the site', () => {
    const piece = fc.constantFrom(
      'java',
      'script',
      ':',
      '/',
      '\\',
      '//',
      '\t',
      ' ',
      'https',
      'data',
      'evil.example',
      '@',
      '#',
      '?',
      '%09',
      'mailto',
      '.',
      '\u0000',
      'a',
    );
    let allowed = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), (pieces) => {
        const href = pieces.join('');
        if (urlProblem(href) !== null) return;
        allowed++;
        const url = URL.canParse(href, 'https://shop.example/x/')
          ? new URL(href, 'https://shop.example/x/')
          : null;
        if (!url) return;
        expect(['https:', 'mailto:', 'tel:']).toContain(url.protocol);
        if (!/^https:/i.test(href) && url.protocol === 'https:') expect(url.host).toBe('shop.example');
        if (url.protocol === 'https:') expect(url.username).toBe('');
      }),
      { numRuns: 5000 },
    );
    expect(allowed).toBeGreaterThan(500);
  });
});
