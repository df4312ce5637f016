import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Block, Card, Content, PooledCoupon } from '../../../../src/core/content.js';
import { createEnvironment } from '../../../../src/sdk/environment.js';
import { withCode } from '../../../../src/sdk/messages/couponClaim.js';
import type { MessageRequest } from '../../../../src/sdk/messages/contract.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const heading = (text: string): Block => ({ block: 'heading', text });
const cardsWith = (exhausted?: PooledCoupon['exhausted']): Card[] => [
  { id: 'offer', blocks: [heading('For you'), { block: 'coupon', pool: 'ten', label: 'Code', exhausted }] },
  { id: 'later', blocks: [{ block: 'coupon', pool: 'ten', exhausted }] },
  { id: 'sorry', blocks: [heading('Come again')], end: true },
];
const contentOf = (cards: Card[]): Content => ({ format: 'modal', cards });

type Answer = { status?: number; body?: unknown } | 'hangs' | 'offline';

/** Asks for the content while the collector answers so, one after the other, the last for ever; `ms`: how long that took. */
async function shown(cards: Card[], ...answers: Answer[]) {
  const asked: { url: string; body: unknown; headers: unknown }[] = [];
  const fetch = vi.fn((url: string, init: RequestInit) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({ url, body: JSON.parse(init.body as string), headers: init.headers });
    if (answer === 'offline') return Promise.reject(new TypeError('offline'));
    if (answer === 'hangs')
      return new Promise((_, reject) =>
        init.signal!.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 }));
  });
  const request = {
    campaign: 'spring',
    asking: {
      env: { ...createEnvironment(), fetch },
      options: { site: 'shop', endpoint: 'https://c.example' },
      visitor: { who: () => ({ visitor: 'v-1', user: 'ann' }) },
    },
  } as unknown as MessageRequest;
  const startedAt = Date.now();
  const settled = withCode({ content: contentOf(cards), request }).then(
    (content) => ({ cards: content.cards, ms: Date.now() - startedAt }),
    () => ({ cards: null, ms: Date.now() - startedAt }),
  );
  await vi.advanceTimersByTimeAsync(10_000);
  return { ...(await settled), asked };
}

const given = { body: { code: 'TEN-1' } };
const none = { body: { code: null } };
const problem = (status: number) => ({ status, body: { by: 'kikubari' } });

test('a message without a pool asks nobody', async () => {
  const cards: Card[] = [{ id: 'one', blocks: [{ block: 'coupon', code: 'ALL' }] }];
  const { cards: seen, asked } = await shown(cards, given);
  expect([seen, asked]).toEqual([cards, []]);
});

test("the person's code takes the place of the pool on every card", async () => {
  const { cards, asked } = await shown(cardsWith(), given);
  expect(cards!.map(({ blocks }) => blocks.at(-1))).toEqual([
    { block: 'coupon', code: 'TEN-1', label: 'Code' },
    { block: 'coupon', code: 'TEN-1', label: 'Code' },
    heading('Come again'),
  ]);
  // Plain text and no header of its own: no pre-flight.
  expect(asked).toEqual([
    {
      url: 'https://c.example/v1/coupon',
      body: { site: 'shop', campaign: 'spring', pool: 'ten', visitor: 'v-1', user: 'ann' },
      headers: undefined,
    },
  ]);
});

describe('where no code is to be had', () => {
  test.each<[what: string, answer: Answer, asked: number, ms: number]>([
    ['none is left', none, 1, 0],
    ['the campaign is over', problem(404), 1, 0],
    ['the one it gives is empty', { body: { code: '' } }, 1, 0],
    ['the collector hangs', 'hangs', 1, 2000],
    ['there is no network', 'offline', 3, 2000],
    ['the collector is busy', problem(503), 3, 2000],
    ['this visitor asks too often', problem(429), 1, 0],
    ['a gateway answers', { status: 404, body: { error: 'gone' } }, 3, 2000],
    ['a captive portal answers', { body: 'sign in' }, 3, 2000],
  ])('because %s, the rule applies, in a bounded time', async (_, answer, times, ms) => {
    const { cards, asked, ms: took } = await shown(cardsWith(), answer);
    expect([cards, asked.length]).toEqual([null, times]);
    expect(took).toBeGreaterThanOrEqual(ms);
    expect(took).toBeLessThanOrEqual(ms + 400);
  });

  const ids = (cards: Card[] | null) =>
    cards?.map(({ id, blocks }) => [id, blocks.map(({ block }) => block)]);
  test('"omit" leaves the coupon away; a card of which nothing is left is still on the way', async () => {
    expect(ids((await shown(cardsWith('omit'), none)).cards)).toEqual([
      ['offer', ['heading']],
      ['later', []],
      ['sorry', ['heading']],
    ]);
  });
  test('another card is begun with', async () => {
    expect(ids((await shown(cardsWith({ card: 'sorry' }), none)).cards)).toEqual([['sorry', ['heading']]]);
  });
  test('also one of which nothing is left, which leads on', async () => {
    expect(ids((await shown(cardsWith({ card: 'later' }), none)).cards)).toEqual([
      ['later', []],
      ['sorry', ['heading']],
    ]);
  });
  test.each<[exhausted: unknown]>([['hide'], [{ card: 'gone' }], [{}], ['unheard of'], [null]])(
    '%j shows nothing rather than something blank',
    async (exhausted) => expect((await shown(cardsWith(exhausted as 'hide'), none)).cards).toBeNull(),
  );
  test('a second try may have it', async () => {
    const { cards, asked } = await shown(cardsWith(), 'offline', problem(503), given);
    expect([cards![0]!.blocks[1], asked.length]).toMatchObject([{ code: 'TEN-1' }, 3]);
  });
});
