import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import type { CampaignFile, Trigger } from '../../../src/core/program.js';
import { createFormat } from '../../../src/console/language/format.js';
import { en } from '../../../src/console/language/en.js';
import { ja } from '../../../src/console/language/ja.js';
import {
  frequencyWords,
  goalWords,
  resumedStop,
  stoppedWords,
  stopWords,
  triggerWords,
} from '../../../src/console/words/campaign.js';
import { conditionWords } from '../../../src/console/words/conditions.js';
import type { Phrase } from '../../../src/console/words/conditions.js';
import { answerText, wordingsOf } from '../../../src/console/words/questions.js';

const speech = { en: { t: en, format: createFormat('en') }, ja: { t: ja, format: createFormat('ja') } };

describe('conditionWords', () => {
  it.each<[Condition, string, string]>([
    [
      { event: 'view_item', within: '1d', is: { gte: 3 } },
      'Viewed a product: at least 3 times in the last 1 day',
      '過去1日に「商品を見た」が3回以上',
    ],
    [{ event: 'purchase', is: { eq: 0 } }, 'Purchased: not once ever', 'これまでに「購入した」が一度もない'],
    [{ event: 'my_event' }, 'my_event: at least once ever', 'これまでに「my_event」が1回以上'],
    [
      { event: 'purchase', measure: 'sum', of: 'value', within: 'session', is: { gte: 5000 } },
      'Sum of “value” over Purchased ≥ 5,000 in this session',
      'このセッションで「購入した」の「value」の合計が5,000以上',
    ],
    [
      { event: 'view_item', measure: 'most', of: 'item_id', within: '7d', is: { gte: 3 } },
      'Viewed a product with the same “item_id”: at least 3 times in the last 7 days',
      '過去7日に同じ「item_id」の「商品を見た」が3回以上',
    ],
    [{ visit: 'number', is: { eq: 1 } }, 'Number of the visit is 1', '訪問回数が1である'],
    [
      { page: 'utm.source', is: { in: ['a', 'b'] } },
      'Landing utm_source is one of “a”, “b”',
      '流入時の utm_sourceが「a」, 「b」のいずれか',
    ],
    [
      { attribute: 'plan', is: { exists: false } },
      'Attribute “plan” is not known',
      '属性「plan」がわかっていない',
    ],
    [
      { signal: 'scroll', is: { gte: 50, lt: 90 } },
      'Scrolled (%) ≥ 50 and < 90',
      'スクロール（%）が50以上、かつ90未満',
    ],
    [
      { signal: 'backForth', is: { gte: 2 } },
      'Times back on a page just left, in this session ≥ 2',
      'このセッションで離れたばかりのページに戻った回数が2以上',
    ],
    [{ signal: 'cart', is: { gte: 3000 } }, 'Value of the cart ≥ 3,000', 'カートの金額が3,000以上'],
    [
      { fact: 'plan', is: { eq: 'gold' } },
      'What your server says of “plan” is “gold”',
      'サーバーが持つ「plan」が「gold」である',
    ],
    [
      { fact: 'ltv', is: { gte: { public: 'rfm.high' } } },
      'What your server says of “ltv” ≥ the public value “rfm.high”',
      'サーバーが持つ「ltv」が公開値「rfm.high」以上',
    ],
    [{ list: 'vip' }, 'In your server’s list “vip”', 'サーバーのリスト「vip」に入っている'],
    [
      { list: 'vip', is: { eq: false } },
      'Known not to be in your server’s list “vip”',
      'サーバーのリスト「vip」に入っていないとわかっている',
    ],
    [
      { list: 'vip', is: { exists: false } },
      'Being in your server’s list “vip” is not known',
      'サーバーのリスト「vip」への所属がわかっていない',
    ],
    [
      { event: 'purchase', within: { public: 'rfm.recency' } },
      'Purchased: at least once as far back as the public value “rfm.recency” says',
      '公開値「rfm.recency」の期間内に「購入した」が1回以上',
    ],
    [
      { event: 'purchase', within: { from: '2026-05-01', until: '2026-06-01' } },
      'Purchased: at least once from May 1, 2026 until Jun 1, 2026',
      '2026年5月1日から2026年6月1日までに「購入した」が1回以上',
    ],
    [
      { event: 'purchase', within: { from: '2026-05-01' } },
      'Purchased: at least once from May 1, 2026',
      '2026年5月1日以降に「購入した」が1回以上',
    ],
  ])('%j', (condition, english, japanese) => {
    expect(conditionWords(condition, speech.en)).toEqual({ text: english });
    expect(conditionWords(condition, speech.ja)).toEqual({ text: japanese });
  });

  it('keeps the nesting and the order of a sequence', () => {
    const condition: Condition = {
      all: [
        {
          sequence: [{ event: 'add_to_cart' }, { event: 'begin_checkout', within: '30m', count: 2 }],
          within: '7d',
          thenNot: { event: 'purchase' },
        },
        { not: { segment: 'staff' } },
      ],
    };
    expect(conditionWords(condition, speech.en)).toEqual({
      text: 'All of these hold',
      parts: [
        {
          text: 'In this order in the last 7 days',
          parts: [
            { text: 'Added to cart' },
            { text: 'Began checkout, 2 times (within 30 minutes of the step before)' },
            { text: 'and after that, not: Purchased' },
          ],
        },
        { text: 'This does not hold', parts: [{ text: 'In the segment “staff”' }] },
      ],
    });
  });

  it('shows an operator of a later version instead of hiding it', () => {
    expect(conditionWords({ weather: 'rain' } as unknown as Condition, speech.en).text).toBe(
      '{"weather":"rain"}',
    );
  });
});

const folder = 'examples/campaigns';
it('says what is waited for together, in which order and for how long', () => {
  const trigger: Trigger = {
    on: 'then',
    of: [
      { on: 'event', event: 'add_to_cart' },
      { on: 'exit', page: { startsWith: '/cart' } },
    ],
    within: '10m',
    delay: '30s',
  };
  expect(triggerWords(trigger, speech.en)).toEqual({
    text: 'When these have happened one after the other within 10 minutes',
    parts: [
      { text: 'When this happens: Added to cart' },
      { text: 'When the visitor is about to leave', parts: [{ text: 'page path starts with “/cart”' }] },
      { text: 'then 30 seconds later, also on another page' },
    ],
  });
  expect(triggerWords({ on: 'all', of: trigger.of }, speech.ja).text).toBe(
    'このセッションで次のすべてが起きたとき',
  );
});

it('says pauses, rage and returns', () => {
  const triggers: Trigger[] = [
    { on: 'idle', seconds: 30 },
    { on: 'rage' },
    { on: 'backForth' },
    { on: 'backForth', times: 3 },
    { on: 'hesitation', seconds: 90 },
    { on: 'hesitation', seconds: 20, selector: '#checkout' },
  ];
  expect(triggers.map((trigger) => triggerWords(trigger, speech.en).text)).toEqual([
    'After 30 seconds without pointer, key or scroll',
    'When the visitor clicks in a rage',
    'When the visitor comes back to a page just left',
    'When the visitor comes back to a page just left, 3 times or more in the session',
    'After a pause of 90 seconds in a form',
    'After a pause of 20 seconds in a form in “#checkout”',
  ]);
  expect(triggers.map((trigger) => triggerWords(trigger, speech.ja).text)).toEqual([
    '30秒のあいだ操作がないとき',
    '同じ場所を連打したとき',
    '離れたばかりのページに戻ったとき',
    '離れたばかりのページに、セッション内で3回以上戻ったとき',
    'フォームで90秒手が止まったとき',
    '「#checkout」のフォームで20秒手が止まったとき',
  ]);
});

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as CampaignFile);

const flat = (phrases: Phrase[]): string[] =>
  phrases.flatMap(({ text, parts }) => [text, ...flat(parts ?? [])]);

describe('the shipped campaigns', () => {
  it('exist', () => expect(files.length).toBeGreaterThanOrEqual(4));

  it.each(['en', 'ja'] as const)('are said wholly in words in %s', (language) => {
    for (const { campaigns, segments } of files) {
      const phrases = campaigns.flatMap((campaign) => [
        ...campaign.triggers.map((trigger) => triggerWords(trigger, speech[language])),
        ...(campaign.audience ? [conditionWords(campaign.audience, speech[language])] : []),
        ...frequencyWords(campaign, speech[language]),
        ...(campaign.goal ? [goalWords(campaign.goal, speech[language])] : []),
      ]);
      const said = flat([
        ...phrases,
        ...Object.values(segments ?? {}).map((one) => conditionWords(one, speech[language])),
      ]);
      expect(said.filter((text) => /[{}]|undefined|\[object/.test(text) || text === '')).toEqual([]);
    }
  });

  it('word choices as the visitor read them, in the console’s language', () => {
    const choice = files
      .flatMap(({ campaigns }) => campaigns)
      .flatMap((campaign) =>
        [...wordingsOf(campaign, 'ja')].map(([id, { choices }]) => ({ id, choices, campaign })),
      )
      .find(({ choices }) => choices.size > 0);
    const [value = '', label = ''] = [...(choice?.choices ?? [])][0] ?? [];
    expect(label).toMatch(/[぀-ヿ一-鿿]/u);
    const wordings = wordingsOf(choice?.campaign, 'ja');
    expect(answerText(value, choice?.id ?? '', wordings, ja)).toBe(label);
    expect(answerText([value, 'gone'], choice?.id ?? '', wordings, ja)).toBe(`${label}, gone`);
  });
});

describe('stop conditions', () => {
  const at = '2026-04-30T09:00:00.000Z';
  it('say at what a campaign stops', () => {
    const stop = { goals: 1500, responses: 500, harm: true };
    expect(stopWords(stop, speech.en).map(({ text }) => text)).toEqual([
      'When 1,500 persons have reached the goal',
      'When 500 persons have answered',
      'When a variant is proven to do harm',
    ]);
    expect(stopWords({ harm: false, responses: 5 }, speech.ja)).toEqual([
      { text: '回答した人が5人になったとき' },
    ]);
  });

  it('say why it was stopped', () => {
    expect(stoppedWords({ by: 'responses', limit: 500, found: 1512, at }, speech.en)).toBe(
      'Stopped: 1,512 persons answered (limit 500)',
    );
    const difference = { value: -0.07, low: -0.1, high: -0.04 };
    expect(stoppedWords({ by: 'harm', variant: 'b', difference, at }, speech.ja)).toBe(
      '自動終了：パターン「b」で目標の達成が減っています（比較群との達成率の差：-10.0%〜-4.0%）',
    );
  });

  it('go on with a higher limit, or without the one that was met', () => {
    expect(resumedStop({ goals: 5, harm: true }, 'goals', 9)).toEqual({ goals: 9, harm: true });
    expect(resumedStop({ goals: 5, harm: true }, 'harm', undefined)).toEqual({ goals: 5 });
    expect(resumedStop({ harm: true }, 'harm', undefined)).toBeNull();
  });
});
