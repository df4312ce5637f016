import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { Campaign, Cap, Limits, Schedule } from '../../../src/core/program.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { NOW } from '../../cases/expand.js';
import { fileOf, warnedAt } from './warned.fixture.js';

describe('stop conditions', () => {
  const goal = { event: 'purchase', window: '7d' };
  const silent = [{ id: 'a', content: { format: 'banner' as const, cards: [{ id: 'one', blocks: [{ block: 'text' as const, text: 'Hello' }] }] } }]; // prettier-ignore
  it.each<[what: string, campaign: Partial<Campaign>, at: string[]]>([
    ['harm without a control group', { goal, stop: { harm: true } }, ['stop.harm']],
    ['harm with one of nobody', { goal, control: 0, stop: { harm: true } }, ['stop.harm']],
    ['responses of what asks nothing', { variants: silent, stop: { responses: 5 } }, ['stop.responses']],
    ['harm beside a control group', { goal, control: 0.1, stop: { harm: true } }, []],
    ['harm that is not asked for', { goal, stop: { goals: 5, harm: false } }, []],
    ['goals of what asks nothing', { goal, variants: silent, stop: { goals: 5 } }, []],
    ['responses of a survey', { stop: { responses: 5 } }, []],
    ['what has ended', { status: 'ended', goal, stop: { harm: true } }, []],
  ])('%s', (_, campaign, at) => expect(warnedAt(fileOf(campaign))).toEqual(at));
});

const visit = (name: 'new' | 'number', is: object): Condition => ({ visit: name, is });
const plan = (is: object): Condition => ({ attribute: 'plan', is });
const bought = (is: object, within?: string): Condition => ({
  event: 'purchase',
  ...(within && { within }),
  is,
});

describe('an audience', () => {
  it.each<[what: string, audience: Condition, at: string[]]>([
    [
      'a first and a second session',
      { all: [visit('new', { eq: true }), visit('number', { gte: 2 })] },
      ['audience.all[1].is'],
    ],
    [
      'neither first nor later',
      { all: [visit('new', { eq: false }), visit('number', { lt: 2 })] },
      ['audience.all[1].is'],
    ],
    [
      'two values of one fact',
      { all: [plan({ eq: 'gold' }), plan({ eq: 'silver' })] },
      ['audience.all[1].is'],
    ],
    [
      'lists without a common value',
      { all: [plan({ in: ['a', 'b'] }), plan({ in: ['c'] })] },
      ['audience.all[1].is'],
    ],
    ['above and below', plan({ gt: 5, lt: 3 }), ['audience.is']],
    ['no number between', visit('number', { gt: 1, lt: 2 }), ['audience.is']],
    [
      'three that only together leave nothing',
      { all: [visit('number', { lte: 3 }), visit('number', { gte: 3 }), visit('number', { ne: 3 })] },
      ['audience.all[2].is'],
    ],
    ['one of none', plan({ in: [] }), ['audience.is']],
    ['there and missing', { all: [plan({ exists: true }), plan({ exists: false })] }, ['audience.all[1].is']],
    ['begins in two ways', plan({ startsWith: 'gold', endsWith: 'x', matches: '^s' }), ['audience.is']],
    ['before and after', { attribute: 'since', is: { before: '-30d', after: '-7d' } }, ['audience.is']],
    ['versions', { attribute: 'app', is: { semver: { gte: '2.10', lt: '2.9' } } }, ['audience.is']],
    ['every of several', { attribute: 'items[]', is: { every: { gt: 3, lt: 3 } } }, ['audience.is']],
    [
      'a condition and its opposite',
      { all: [{ page: 'query.x', is: { eq: '1' } }, { not: { page: 'query.x', is: { eq: '1' } } }] },
      ['audience.all[1].not'],
    ],
    ['a path without its slash', { page: 'path', is: { startsWith: 'cart' } }, ['audience.is']],
    ['an hour there is not', { time: 'hour', is: { gte: 24 } }, ['audience.is']],
    ['a time that is not written so', { time: 'time', is: { eq: '9:30' } }, ['audience.is']],
    ['a count below nothing', bought({ lt: 0 }), ['audience.is']],
    ['always true, under not', { not: bought({ gte: 0 }) }, ['audience.not.is']],
    ['never and lately', { all: [bought({ eq: 0 }), bought({ gte: 1 }, '7d')] }, ['audience.all[1]']],
    [
      'more in a day than in a week',
      { all: [bought({ gte: 3 }, '1d'), bought({ lt: 3 }, '7d')] },
      ['audience.all[0]'],
    ],
    [
      'an event that cannot be',
      { event: 'purchase', where: { value: { gt: 5, lte: 5 } } },
      ['audience.where'],
    ],
    [
      'a step that cannot be',
      { sequence: [{ event: 'a' }, { event: 'b', where: { x: { in: [] } } }] },
      ['audience.sequence[1].where'],
    ],
    ['a pause that is long and short', { signal: 'idle', is: { gt: 60, lt: 30 } }, ['audience.is']],
    ['half a click', { signal: 'rage', is: { gt: 1, lt: 2 } }, ['audience.is']],
    [
      'about to leave and not',
      {
        all: [
          { signal: 'exit', is: { eq: true } },
          { signal: 'exit', is: { eq: false } },
        ],
      },
      ['audience.all[1].is'],
    ],
    [
      'on a list and known not to be',
      { all: [{ list: 'vip' }, { list: 'vip', is: { eq: false } }] },
      ['audience.all[1].is'],
    ],
    ['one branch', { any: [plan({ in: [] }), plan({ eq: 'gold' })] }, ['audience.any[0].is']],
    ['no branch', { any: [] }, ['audience.any']],
    [
      'each branch beside the rest',
      {
        all: [
          plan({ eq: 'gold' }),
          { any: [plan({ eq: 'a' }), { all: [plan({ ne: 'gold' }), bought({ gte: 1 })] }] },
        ],
      },
      ['audience.all[1].any'],
    ],
    [
      'through de Morgan',
      { not: { any: [plan({ eq: 'gold' }), { not: plan({ eq: 'gold' }) }] } },
      ['audience.not.any[1].not'],
    ],
  ])('is warned of: %s', (_, audience, at) => expect(warnedAt(fileOf({ audience }))).toEqual(at));

  it.each<[what: string, audience: Condition]>([
    [
      'two values of a query that may stand there twice',
      {
        all: [
          { page: 'query.x', is: { eq: '1' } },
          { page: 'query.x', is: { eq: '2' } },
        ],
      },
    ],
    [
      'two elements of a list',
      {
        all: [
          { attribute: 'items[]', is: { eq: 1 } },
          { attribute: 'items[]', is: { eq: 2 } },
        ],
      },
    ],
    ['two values under any', { any: [plan({ eq: 'gold' }), plan({ eq: 'silver' })] }],
    ['the least and the most alike', plan({ gte: 3, lte: 3 })],
    ['missing, and not equal', { all: [plan({ exists: false }), plan({ ne: 'gold' })] }],
    ['many this week, none today', { all: [bought({ gte: 3 }, '7d'), bought({ eq: 0 }, '1d')] }],
    [
      'none with another property',
      {
        all: [
          bought({ eq: 0 }),
          { event: 'purchase', where: { kind: { eq: 'tea' } }, within: '7d', is: { eq: 0 } },
        ],
      },
    ],
    ['a sum below nothing', { event: 'refund', measure: 'sum', of: 'value', is: { lt: 0 } }],
    ['moments by two clocks', { attribute: 'since', is: { after: '-30d', before: '2026-01-01' } }],
    ['a cart below nothing, which a discount may make of it', { signal: 'cart', is: { lt: 0 } }],
    ['no pause, on a page where nobody listens for one', { not: { signal: 'idle', is: { gte: 0 } } }],
    ['a segment of the site', { all: [{ segment: 'of the site' }, plan({ eq: 'gold' })] }],
    ['all of none', { all: [] }],
  ])('is not warned of: %s', (_, audience) => expect(warnedAt(fileOf({ audience }))).toEqual([]));

  it('is warned of through its segments, and they are where they stand', () => {
    const segments = {
      gold: plan({ eq: 'gold' }),
      never: plan({ in: [] }),
      late: { all: [{ segment: 'gold' }, bought({ gte: 1 })] },
    };
    const of = (audience: Condition) => warnedAt(fileOf({ audience }, { segments }));
    expect(of({ all: [{ segment: 'late' }, plan({ eq: 'silver' })] })).toEqual([
      'segments.never.is',
      'audience.all[1].is',
    ]);
    expect(of({ all: [{ segment: 'gold' }, { not: { segment: 'late' } }] })).toEqual(['segments.never.is']);
    expect(of({ all: [{ segment: 'gold' }, { not: { segment: 'gold' } }] })).toEqual([
      'segments.never.is',
      'audience.all[1].not',
    ]);
  });

  it('is not warned of again for each campaign that names an impossible segment', () => {
    const file = fileOf({ audience: { segment: 'never' } }, { segments: { never: plan({ in: [] }) } });
    const [campaign] = file.campaigns;
    const campaigns = [campaign!, { ...campaign!, id: 'd', audience: { all: [{ segment: 'never' }] } }];
    expect(warnedAt({ ...file, campaigns })).toEqual(['segments.never.is']);
  });

  it('says which conditions do not go together, and what to do', () => {
    const { problems } = validateCampaignFile(
      fileOf({ audience: { all: [visit('new', { eq: true }), visit('number', { gte: 2 })] } }),
    );
    expect(problems).toEqual([
      {
        path: 'campaigns[0].audience.all[1].is',
        severity: 'warning',
        message:
          'campaigns[0].audience.all[1].is: {"gte":2} never holds together with campaigns[0].audience.all[0], so nobody passes; change one of them, or put them under "any"',
      },
    ]);
  });

  it('is warned of windows that have not begun, if it is told what time it is', () => {
    const audience: Condition = { not: { event: 'purchase', within: { from: '2026-12-01T00:00:00Z' } } };
    expect(warnedAt(fileOf({ audience }))).toEqual(['audience.not.within.from']);
    expect(warnedAt(fileOf({ audience }), Date.parse('2026-12-02T00:00:00Z'))).toEqual([]);
    expect(validateCampaignFile(fileOf({ audience })).problems).toEqual([]);
  });

  it('is warned of the first of many tests of one value that leaves nothing', () => {
    const counts = Array.from({ length: 100 }, (_, least) => bought({ gte: least }));
    const all = [...counts, bought({ lt: 60 }), bought({ lt: 50 })];
    expect(warnedAt(fileOf({ audience: { all } }))).toEqual(['audience.all[100].is']);
  });

  it('of many counts of one event does not keep the validator long', () => {
    const where = { kind: { eq: 'tea' }, value: { gte: 3, lt: 9 }, from: { in: ['a', 'b', 'c'] } };
    const segments = Object.fromEntries(
      Array.from({ length: 10 }, (_, name): [string, Condition] => {
        const count = (__: unknown, at: number) => ({
          event: 'purchase',
          where,
          within: `${150 * name + at + 1}d`,
        });
        return [`s${name}`, { all: Array.from({ length: 150 }, count) }];
      }),
    );
    const audience = { all: Object.keys(segments).map((segment) => ({ segment })) };
    const before = process.cpuUsage();
    expect(warnedAt(fileOf({ audience }, { segments }))).toEqual([]);
    // Far more than once each takes, less than each beside each other.
    expect(process.cpuUsage(before).user).toBeLessThan(6_000_000);
  });

  describe('that names segments in segments without end', () => {
    // There are 2^60 ways through these.
    const segments: { [name: string]: Condition } = { s0: plan({ eq: 'a' }) };
    for (let level = 1; level < 60; level++) {
      const inner = { segment: `s${level - 1}` };
      segments[`s${level}`] = {
        all: [{ any: [inner, { all: [inner, bought({ gte: 1 })] }] }, { not: { all: [inner, inner] } }],
      };
    }
    const endless = { segment: 's59' };

    it('does not keep the validator for ever', () =>
      expect(
        validateCampaignFile(fileOf({ audience: endless }, { segments }), { segments: [] }, NOW).problems,
      ).toBeInstanceOf(Array));

    it('keeps none after it from being warned of', () => {
      const { campaigns, ...file } = fileOf({ audience: endless }, { segments });
      const all = Array.from({ length: 10 }, (_, at) => ({ ...campaigns[0]!, id: `c${at}` }));
      all.push({ ...campaigns[0]!, audience: plan({ in: [] }) });
      expect(warnedAt({ ...file, campaigns: all })).toContain('campaigns[10].audience.is');
    });
  });
});

describe('caps', () => {
  const session = (count: number): Cap => ({ count, per: 'session' });
  const day = (zone?: string): Cap => ({ count: 1, per: { calendar: 'day', ...(zone && { zone }) } });
  it.each<[what: string, caps: Cap[], at: string[]]>([
    [
      'weaker than once ever',
      [{ count: 1, per: 'ever' }, session(1), { count: 3, per: { last: '7d' } }],
      ['caps[1]', 'caps[2]'],
    ],
    ['in the other order', [session(2), { count: 1, per: 'ever' }], ['caps[0]']],
    ['twice the same', [session(1), session(1)], ['caps[1]']],
    [
      'a longer window with less',
      [
        { count: 2, per: { last: '7d' } },
        { count: 2, per: { last: '1d' } },
      ],
      ['caps[1]'],
    ],
    [
      'a day of a week',
      [day('Asia/Tokyo'), { count: 1, per: { calendar: 'week', zone: 'Asia/Tokyo' } }],
      ['caps[0]'],
    ],
    ['a day within 48 hours', [day('Asia/Tokyo'), { count: 1, per: { last: '2d' } }], ['caps[0]']],
    ['both matter', [{ count: 3, per: 'ever' }, session(1)], []],
    ['of other events', [{ count: 1, per: 'ever', of: 'click' }, session(1)], []],
    ['a session may last longer than a day', [session(1), { count: 1, per: { last: '1d' } }], []],
    ['days of two calendars', [day('Asia/Tokyo'), day('Europe/Berlin')], []],
    [
      'a week is no part of a month',
      [
        { count: 1, per: { calendar: 'week' } },
        { count: 1, per: { calendar: 'month' } },
      ],
      [],
    ],
    ['a day of a zone that is not known', [day(), { count: 1, per: { last: '2d' } }], []],
  ])('%s', (_, caps, at) => expect(warnedAt(fileOf({ caps }))).toEqual(at));

  it('of the site are compared with those of its tags', () => {
    const limits: Limits = {
      caps: [session(1)],
      tags: { sale: [session(2), { count: 5, per: { last: '7d' } }] },
    };
    expect(warnedAt(fileOf({ tags: ['sale'] }, { limits }))).toEqual(['limits.tags.sale[0]']);
  });
});

describe('a schedule', () => {
  const tokyo = 'Asia/Tokyo';
  // 1 May 2026 is a Friday; NOW is its midnight in UTC, nine in the morning in Tokyo.
  it.each<[what: string, schedule: Schedule, at: string[]]>([
    ['over', { until: '2026-05-01T00:00:00Z' }, ['schedule.until']],
    ['over in a moment', { until: '2026-05-01T00:00:01Z' }, []],
    [
      'a weekend on weekdays',
      {
        from: '2026-05-02T00:00:00+09:00',
        until: '2026-05-04T00:00:00+09:00',
        weekdays: [1, 2, 3, 4, 5],
        zone: tokyo,
      },
      ['schedule.weekdays'],
    ],
    [
      'a weekend that is Friday or Monday elsewhere',
      { from: '2026-05-02T00:00:00+09:00', until: '2026-05-04T00:00:00+09:00', weekdays: [1, 2, 3, 4, 5] },
      [],
    ],
    [
      'a midweek on Sundays, anywhere',
      { from: '2026-05-05T00:00:00Z', until: '2026-05-07T00:00:00Z', weekdays: [7] },
      ['schedule.weekdays'],
    ],
    [
      'an afternoon in the morning',
      {
        from: '2026-05-02T14:00:00+09:00',
        until: '2026-05-02T18:00:00+09:00',
        hours: { from: '09:00', until: '14:00' },
        zone: tokyo,
      },
      ['schedule.hours'],
    ],
    [
      'its last minute',
      {
        from: '2026-05-02T13:59:30+09:00',
        until: '2026-05-02T18:00:00+09:00',
        hours: { from: '09:00', until: '14:00' },
        zone: tokyo,
      },
      [],
    ],
    [
      'its first minute',
      {
        from: '2026-05-02T06:00:00+09:00',
        until: '2026-05-02T09:00:01+09:00',
        hours: { from: '09:00', until: '14:00' },
        zone: tokyo,
      },
      [],
    ],
    [
      'over midnight',
      {
        from: '2026-05-02T00:30:00+09:00',
        until: '2026-05-02T01:00:00+09:00',
        hours: { from: '22:00', until: '02:00' },
        zone: tokyo,
      },
      [],
    ],
    [
      'its hours are over, though not its dates',
      { from: '2026-04-30T00:00:00+09:00', until: '2026-05-01T12:00:00+09:00', weekdays: [4], zone: tokyo },
      ['schedule.weekdays'],
    ],
    [
      'a whole week',
      {
        from: '2026-05-01T00:00:00Z',
        until: '2026-05-31T00:00:00Z',
        weekdays: [7],
        hours: { from: '03:00', until: '03:01' },
      },
      [],
    ],
    ['without an end', { from: '2027-01-01T00:00:00Z', weekdays: [7] }, []],
  ])('%s', (_, schedule, at) => expect(warnedAt(fileOf({ schedule }))).toEqual(at));

  it('is not warned of as over without knowing the time, or once the campaign has ended', () => {
    const schedule = { until: '2026-04-01T00:00:00Z' };
    expect(validateCampaignFile(fileOf({ schedule })).problems).toEqual([]);
    expect(warnedAt(fileOf({ schedule, status: 'ended' }))).toEqual([]);
  });
});

describe('a campaign', () => {
  const attention = { budget: 2, per: { last: '7d' } } as const;
  it.each<[what: string, campaign: Partial<Campaign>, at: string[], limits?: Limits]>([
    [
      'a page that cannot be',
      { triggers: [{ on: 'page', page: { startsWith: 'cart' } }] },
      ['triggers[0].page'],
    ],
    [
      'one of several pages that cannot be',
      { triggers: [{ on: 'exit', page: { in: ['cart', '/cart'] } }] },
      [],
    ],
    [
      'an event that cannot be',
      { triggers: [{ on: 'event', event: 'a', where: { x: { in: [] } } }] },
      ['triggers[0].where'],
    ],
    [
      'parts of a combination that cannot be',
      {
        triggers: [
          { on: 'exit' },
          {
            on: 'all',
            of: [
              { on: 'page', page: { startsWith: 'cart' } },
              { on: 'event', event: 'a', where: { x: { in: [] } } },
            ],
          },
        ],
      },
      ['triggers[1].of[0].page', 'triggers[1].of[1].where'],
    ],
    [
      'its goal triggers it',
      { triggers: [{ on: 'exit' }, { on: 'event', event: 'a' }], goal: { event: 'a', window: '7d' } },
      ['goal.event'],
    ],
    [
      'its goal is another of that name',
      {
        triggers: [{ on: 'event', event: 'a', where: { x: { eq: 1 } } }],
        goal: { event: 'a', window: '7d' },
      },
      [],
    ],
    [
      'a goal that cannot be',
      { goal: { event: 'a', where: { x: { gt: 1, lt: 1 } }, window: '7d' } },
      ['goal.where'],
    ],
    ['there for nobody', { rollout: 0 }, ['rollout']],
    ['there for few', { rollout: 0.01 }, []],
    ['dearer than the budget', { attention: 3 }, ['attention'], { attention }],
    ['as dear as the budget', { attention: 2 }, [], { attention }],
    ['dearer, but asked for', { attention: 3, triggers: [{ on: 'manual' }] }, [], { attention }],
    ['no budget at all', {}, ['attention'], { attention: { budget: 0, per: 'ever' } }],
    ['most see nothing, but not all', { control: 0.5 }, [], { holdOut: 0.5 }],
  ])('%s', (_, campaign, at, limits) => expect(warnedAt(fileOf(campaign, limits && { limits }))).toEqual(at));

  it('that is alone in its group is warned of, where the file has others', () => {
    const file = fileOf({ group: 'offers' });
    expect(warnedAt(file)).toEqual([]);
    const other = { ...file.campaigns[0]!, id: 'd' };
    expect(warnedAt({ ...file, campaigns: [...file.campaigns, { ...other, group: 'offer' }] })).toEqual([
      'group',
      'campaigns[1].group',
    ]);
    expect(warnedAt({ ...file, campaigns: [...file.campaigns, other] })).toEqual([]);
  });

  it('with errors gets no warnings: they come once it is sound', () => {
    const file = { ...fileOf({ rollout: 0 }), kikubari: 2 };
    expect(validateCampaignFile(file).problems.map(({ path }) => path)).toEqual(['kikubari']);
  });
});
