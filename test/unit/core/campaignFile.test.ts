/* eslint-disable no-script-url -- these addresses are here to be refused */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateCampaignFile, validateFacts } from '../../../src/core/validate/campaignFile.js';
import { urlProblem } from '../../../src/core/validate/url.js';
import { C, CARDS, chain, FAULTS, sound, withChange } from './campaignFile.fixture.js';

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

  it.each([
    ['goal.window', '36526d', 'choose a shorter one'],
    ['audience.within', `${'9'.repeat(400)}d`, 'choose a shorter one, or "session" or "ever"'],
  ])('names the fix of a duration that is too long: %s', (place, value, fix) => {
    const [key, inner] = place.split('.') as [string, string];
    const whole = key === 'audience' ? { event: 'a', within: value } : { event: 'a', [inner]: value };
    const [problem, ...others] = validateCampaignFile(withChange(`${C}.${key}`, whole)).problems;
    expect(others).toEqual([]);
    expect(problem!.path).toBe(`${C}.${place}`);
    expect(problem!.message).toContain(` is longer than 100 years ("36525d"); ${fix}`);
  });

  const matching = (pattern: string) => ({ attribute: 'a', is: { matches: pattern } });
  it.each<[changed: string, value: unknown, path: string, said: string]>([
    ['name', 5, 'name', '5 is not a name; give the campaign one that people know it by'],
    ['name', undefined, 'name', 'nothing is not a name; give the campaign one that people know it by'],
    [
      'audience',
      { event: 'a', measure: 'sum', of: 5 },
      'audience.of',
      '5 is no property; name the property to measure such as "value"',
    ],
    [
      'caps[0].per',
      { zone: 'Asia/Tokyo' },
      'caps[0].per.calendar',
      'nothing is not a known part of the calendar; use "day", "week" or "month"',
    ],
    [
      'audience',
      matching('('),
      'audience.is.matches',
      '; write for example "^/items/[0-9]+$", with "\\\\" before',
    ],
    [
      'audience',
      matching('(a+)+'),
      'audience.is.matches',
      'or {…}; repeat only one of them, such as "[a-z]+"',
    ],
    ['audience', matching('(a|)+'), 'audience.is.matches', 'may be empty; let each way through it take'],
    ['audience', matching('(ab|ac)+'), 'audience.is.matches', 'begin alike; write what they begin with once'],
    ['audience', matching('(?=a)'), 'audience.is.matches', '(?<!; ask for it in a condition of its own'],
    ['audience', matching('(a)\\1'), 'audience.is.matches', 'refers back with \\1; write out what'],
    ['audience', matching('a'.repeat(201)), 'audience.is.matches', '200 characters; shorten it'],
  ])('says what is wrong and what to do: %s = %j', (changed, value, path, said) => {
    const { problems } = validateCampaignFile(withChange(`${C}.${changed}`, value));
    expect(problems.map((problem) => problem.path)).toEqual([`${C}.${path}`]);
    expect(problems[0]!.message).toContain(said);
  });

  it.each(['[a-z]+', '(a[bc])+', '^/items/[0-9]+$'])('takes the pattern it advises: %s', (pattern) => {
    expect(validateCampaignFile(withChange(`${C}.audience`, matching(pattern))).problems).toEqual([]);
  });

  it.each(FAULTS)('refuses %s = %j', (changed, value, reported = changed) => {
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

  it('refuses chains of segments that are too long, at the place to cut them, and circles of any length', () => {
    const of = (segments: object) =>
      validateCampaignFile(withChange('segments', { ...sound().segments, ...segments })).problems;
    expect(of(chain(100))).toEqual([]);
    for (const length of [101, 30_000]) {
      const [problem, ...others] = of(chain(length));
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ path: `segments.s${length - 101}`, severity: 'error' });
      expect(problem!.message).toContain('stands on 100 segments one upon the other, and 99 are the most');
    }
    // Each names several: to go all ways would not end.
    const wide = Object.fromEntries(
      Array.from({ length: 99 }, (_, at) => [
        `s${at}`,
        { any: [{ segment: `s${at + 1}` }, { all: [{ segment: `s${at + 1}` }] }] },
      ]),
    );
    expect(of({ ...wide, s99: { fact: 'a', is: { exists: true } } })).toEqual([]);
    // What only leads to a circle does not need itself, and neither does what the circle needs.
    const circle = {
      s0: { segment: 's1' },
      s1: { segment: 's2' },
      s2: { all: [{ segment: 's1' }, { segment: 's3' }] },
    };
    expect(of({ ...circle, s3: { event: 'a' } }).map(({ path }) => path)).toEqual([
      'segments.s1',
      'segments.s2',
    ]);
    const ring = of({ ...chain(30_000), s29999: { segment: 's0' } });
    expect(ring).toHaveLength(200);
    expect(ring[0]!.message).toContain('needs itself');
    // Through the segments of other files.
    const conditions = { b: { segment: 'a' } };
    const { problems } = validateCampaignFile(
      withChange('segments', { ...sound().segments, a: { segment: 'b' } }),
      { segments: ['b'], conditions },
    );
    expect(problems.map(({ path }) => path)).toEqual(['segments.a']);
  });

  it('lets a file refer to segments the site has', () => {
    const file = withChange(`${C}.audience`, { segment: 'regulars' });
    expect(validateCampaignFile(file).problems).toHaveLength(1);
    expect(validateCampaignFile(file, { segments: ['regulars'] }).problems).toEqual([]);
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
    expect(validateFacts(deep).problems).toHaveLength(1);
    // What cannot become a text, where a message would name it.
    const coupon = { block: 'coupon', pool: 'p', exhausted: { card: 'gone' } };
    const cards = [
      { id: 'first', blocks: [coupon] },
      { id: { toString: 1 }, blocks: [{ block: 'text', text: 'Hi' }] },
    ];
    const { problems } = validateCampaignFile(withChange(CARDS, cards));
    expect(problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining([`${CARDS}[1].id`, `${CARDS}[0].blocks[0].exhausted.card`]),
    );
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
