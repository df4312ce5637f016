/** Conditions over what a site imports about its users, asked of stored logs through the console's API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Backtest,
  CampaignExplanation,
  SegmentMember,
  SegmentSize,
} from '../../../../src/collector/api.js';
import type { Condition } from '../../../../src/core/conditions.js';
import type { TrackedEvent } from '../../../../src/core/events.js';
import type { CampaignFile } from '../../../../src/core/program.js';
import { batchOf, rowOf, seeded, visitorId } from '../batches.js';
import { startCollector, type TestCollector } from '../collector.js';

const SEGMENTS: { [name: string]: Condition } = {
  insiders: { list: 'vip' },
  outsiders: { list: 'vip', is: { eq: false } },
  'not-vip': { not: { list: 'vip' } },
  spenders: { fact: 'ltv', is: { gte: { public: 'cut' } } },
  both: { all: [{ segment: 'insiders' }, { event: 'view_item' }] },
};
const content = { format: 'modal', cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hi' }] }] };
const campaign = {
  id: 'hello',
  name: 'Hello',
  status: 'live',
  triggers: [{ on: 'page' }],
  audience: { segment: 'insiders' },
  variants: [{ id: 'a', content }],
};
const random = seeded(5);
/** Two browsers of one user in the list, a user who is in none, one whom nothing is said of, and a visitor nobody knows. */
const WHO = ['gold', 'gold', 'plain', 'unheard', undefined];
const visitors = WHO.map(() => visitorId(random));

let collector: TestCollector;
let headers: Record<string, string>;
const ask = async <Answer>(method: 'PUT' | 'POST', path: string, payload: object) => {
  const url = `/api/sites/shop/${path}`;
  const answer = await collector.server.app.inject({ method, url, headers, payload });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Answer>();
};

beforeAll(async () => {
  const file = { kikubari: 1, facts: { cut: 50 }, segments: SEGMENTS, campaigns: [campaign] };
  collector = await startCollector({ campaigns: [file as CampaignFile] });
  headers = await collector.signIn();
  await ask('PUT', 'facts', [
    { user: 'gold', facts: { ltv: 60 }, lists: ['vip'] },
    { user: 'plain', facts: { ltv: 40 }, lists: ['staff'] },
  ]);
  for (const [index, visitor] of visitors.entries()) {
    const user = WHO[index];
    const time = Date.now() - 60_000;
    const page = { name: '$page_view', time, properties: { url: 'https://shop.example/' } };
    const events: TrackedEvent[] = [
      { name: '$session_start', time, properties: { number: 1, device: {} } },
      ...(user ? [{ name: '$identify', time, properties: { user, traits: {} } }] : []),
      page,
      { name: 'view_item', time },
    ];
    await collector.send(batchOf([rowOf(events, random)], visitor, { user, clock: [Date.now(), 0] }));
  }
});
afterAll(() => collector.remove());

describe('conditions over facts of users, of stored logs', () => {
  it.each([
    ['insiders', 2, 1],
    ['outsiders', 2, 2],
    ['not-vip', 3, 3],
    ['spenders', 2, 1],
    ['both', 2, 1],
  ])('%s: %i visitors, %i persons', async (name, browsers, persons) => {
    const size = await collector.get<SegmentSize>(`segments/${name}/size`);
    expect([size.visitors, size.persons, size.unknown]).toEqual([
      { in: browsers, of: 5 },
      { in: persons, of: 4 },
      [],
    ]);
  });

  it('tell of one visitor', async () => {
    const members = await Promise.all(
      visitors.map((visitor) => collector.get<SegmentMember>(`segments/insiders/members/${visitor}`)),
    );
    expect(members.map((member) => member.in)).toEqual([true, true, false, false, false]);
    // Of a visitor nobody knows the server cannot have said anything.
    expect(members.map(({ unknown }) => unknown)).toEqual([[], [], [], [], ['list.vip']]);
  });

  it('take another cut-off, and another list, as soon as they are there', async () => {
    await ask('PUT', 'public-facts', { cut: 30 });
    expect((await collector.get<SegmentSize>('segments/spenders/size')).visitors.in).toBe(3);
    await ask('PUT', 'facts', [{ user: 'plain', lists: ['vip'] }]);
    expect((await collector.get<SegmentSize>('segments/insiders/size')).visitors.in).toBe(3);
    await ask('PUT', 'facts', [{ user: 'plain', lists: [] }]);
    const { visitors } = await ask<SegmentSize>('POST', 'segments/size', { condition: SEGMENTS['spenders'] });
    expect(visitors.in).toBe(3);
  });

  it('are explained', async () => {
    const of = (visitor: string) =>
      ask<CampaignExplanation>('POST', 'explain', { campaign: 'hello', visitor });
    expect(await of(visitors[0]!)).toMatchObject({ shown: true, unknown: [] });
    const plain = await of(visitors[2]!);
    expect([plain.gate, plain.sentences.en.join('\n')]).toEqual([
      'audience',
      expect.stringContaining('Being in the list vip should be true; found false'),
    ]);
    const nobody = await of(visitors[4]!);
    expect(nobody.unknown).toEqual(['list.vip']);
    expect(nobody.sentences.en.join('\n')).toContain('found nothing, because nobody is identified');
  });

  it('are replayed', async () => {
    const { persons, unknown } = await ask<Backtest>('POST', 'backtest', { campaign });
    expect([persons, unknown]).toEqual([{ replayed: 4, exposed: 1, shown: 1 }, []]);
  });
});
