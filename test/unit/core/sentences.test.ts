import { describe, expect, it } from 'vitest';
import { GATES } from '../../../src/core/decision.js';
import { sentences } from '../../../src/core/sentences.js';
import type { CombinedTrigger, Trigger } from '../../../src/core/program.js';
import type { DecisionCase } from '../../cases/expand.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, NOW, readCases } from '../../cases/expand.js';
import { explainOn } from './asking.js';

function tell(
  test: Pick<DecisionCase, 'program' | 'log' | 'facts' | 'occasion'>,
  language: 'en' | 'ja',
  id = 'c',
) {
  const { program, facts, occasion } = test;
  return sentences(
    explainOn(expandProgram(program), expandLog(test.log), expandFacts(facts), expandOccasion(occasion), id),
    language,
  );
}

const cart = {
  program: {
    campaigns: [
      {
        id: 'c',
        audience: {
          all: [
            { event: 'view_item', within: '1d', is: { gte: 3 } },
            { not: { visit: 'new' as const, is: { eq: true } } },
            { sequence: [{ event: 'view_item' }, { event: 'add_to_cart' }], thenNot: { event: 'purchase' } },
          ],
        },
      },
    ],
  },
  log: [{ name: 'view_item', ago: '1h' }],
};

describe('sentences', () => {
  it('compare in English', () => {
    expect(tell(cart, 'en')).toEqual([
      '"c" is not shown.',
      '✗ The number of “view_item” in the last 1 day should be at least 3; found 1.',
      '✓ The visit’s new should be true; found true (this condition is negated).',
      '✗ Steps view_item → add_to_cart and then not purchase: reached 1 of 2.',
      'The visitor does not belong to the audience.',
      '→ The audience gate would pass after 2 more “view_item” and with the visit’s new false and after one more “add_to_cart”.',
    ]);
  });
  it('compare in Japanese', () => {
    expect(tell(cart, 'ja')).toEqual([
      '「c」は表示されません。',
      '× 直近 1 日間の“view_item” の回数: 条件は「3 以上」、実際は 1。',
      '○ 訪問の new: 条件は「true に等しい」、実際は true（この条件は否定されています）。',
      '× 手順「view_item → add_to_cart」の後に「purchase」がないこと: 1 / 2 段階まで到達。',
      '訪問者は配信対象に含まれません。',
      '→ 配信対象の判定が通る最小の変化: 「view_item」があと 2 回、かつ 訪問の new が false、かつ 「add_to_cart」があと 1 回。',
    ]);
  });
  it.each([
    [{ by: 'responses' as const, limit: 500 }, '500 responses were reached', '回答者が 500 人に達しました'],
    [
      { by: 'goals' as const, limit: 20 },
      'the goal was reached by 20 persons',
      '目標を達成した人が 20 人に達しました',
    ],
    [
      { by: 'harm' as const, variant: 'b' },
      'variant "b" is proven to do harm',
      'パターン「b」が目標の達成を減らすと確認されました',
    ],
    [{ by: 'unheard of' as never }, 'unheard of', 'unheard of'],
  ])('tell why it was stopped: %j', (stopped, en, ja) => {
    const at = '2026-04-30T09:00:00.000Z';
    const program = { campaigns: [{ id: 'c', variants: [], stopped: { ...stopped, at } }] };
    expect(tell({ program }, 'en')).toEqual([
      '"c" is not shown.',
      `The campaign has been stopped: ${en} (${at}).`,
      '→ Letting the campaign go on until more is reached would change that.',
    ]);
    expect(tell({ program }, 'ja')).toEqual([
      '「c」は表示されません。',
      `キャンペーンは自動で終了しました: ${ja}（${at}）。`,
      '→ 終了条件を引き上げてキャンペーンを再開する必要があります。',
    ]);
  });
  it('tell of a trigger that is not understood only where none is', () => {
    const odd = [
      { on: 'shake' },
      { on: 'event', event: 'go', where: { value: { near: 3 } } },
      { on: 'page', page: { matches: 5 } },
    ];
    const told = (triggers: unknown[]) =>
      tell({ program: { campaigns: [{ id: 'c', triggers: triggers as Trigger[] }] } }, 'en').slice(1);
    expect(told([...odd, { on: 'event', event: 'buy' }])).toEqual([
      'It waits for shake, or the event go, or a page view on pages {"matches":5}, or the event buy, but this was a page view on / (after 0 s, 0 % scrolled).',
      '→ The trigger gate would pass at the event buy.',
    ]);
    expect(told(odd)).toEqual([
      'The campaign is off because this version does not understand part of it (triggers: matches).',
      '→ Only a version that understands that part, or another wording of it, would change this.',
    ]);
  });
  it('give both numbers of a cap', () => {
    const program = { campaigns: [{ id: 'c', caps: [{ count: 1, per: { last: '7d' } }] }] };
    const log = [{ name: '$exposure', ago: '6d', properties: { campaign: 'c' } }];
    expect(tell({ program, log }, 'en')).toContain(
      'The frequency cap is reached: 1 of at most 1 exposures (the last 7 days).',
    );
    expect(tell({ program, log }, 'ja')).toContain(
      '頻度の上限に達しました（直近 7 日間の表示: 1 回、上限 1 回）。',
    );
  });
  it('say what of a combination has happened, and until when it waits', () => {
    const of: CombinedTrigger[] = [
      { on: 'dwell', seconds: 20, page: { eq: '/' } },
      { on: 'event', event: 'add_to_cart' },
    ];
    const log = [{ name: 'add_to_cart', ago: '10s' }];
    const then = { campaigns: [{ id: 'c', triggers: [{ on: 'then' as const, of, within: '10m' }] }] };
    expect(tell({ program: then, log }, 'en').slice(1)).toEqual([
      '✗ time on the page 20 s on pages {"eq":"/"}: has not happened yet.',
      '✗ the event add_to_cart: has not happened yet.',
      'It waits for time on the page 20 s on pages {"eq":"/"}, then the event add_to_cart within 10 minutes, but this was a page view on / (after 0 s, 0 % scrolled).',
      '→ What is marked ✗ has still to happen, and then it is asked again.',
    ]);
    const all = {
      campaigns: [{ id: 'c', triggers: [{ on: 'all' as const, of: of.slice(1), delay: '30s' }] }],
    };
    expect(tell({ program: all, log }, 'en').slice(1)).toEqual([
      '✓ the event add_to_cart: has happened.',
      '✗ The delay of 30 seconds lasts until 2026-05-01T00:00:20.000Z.',
      'It waits for all of the event add_to_cart in one session, and 30 seconds more, but this was a page view on / (after 0 s, 0 % scrolled).',
      '→ What is marked ✗ has still to happen, and then it is asked again.',
    ]);
    expect(tell({ program: all, log }, 'ja').slice(1, 3)).toEqual([
      '○ イベント add_to_cart: 発生済み。',
      '× 待ち時間（30 秒）は 2026-05-01T00:00:20.000Z まで続きます。',
    ]);
  });
  it('name pauses, rage and returns, and the smallest change of them', () => {
    const triggers: Trigger[] = [
      { on: 'idle', seconds: 30 },
      { on: 'rage' },
      { on: 'backForth', times: 2 },
      { on: 'hesitation', seconds: 20, selector: '#checkout' },
    ];
    expect(tell({ program: { campaigns: [{ id: 'c', triggers }] } }, 'en').slice(1)).toEqual([
      'It waits for no sign of life for 30 s, or clicks in a rage, or coming back to a page just left (2 × or more in the session), or a pause in a form of 20 s #checkout, but this was a page view on / (after 0 s, 0 % scrolled).',
      '→ The trigger gate would pass at no sign of life for 30 s.',
    ]);
    expect(
      tell({ program: { campaigns: [{ id: 'c', triggers: triggers.slice(2) }] } }, 'ja').slice(1),
    ).toEqual([
      '設定されたきっかけは「離れたばかりのページへの戻り 2 回目以降、またはフォームでの手の止まり 20 s #checkout」ですが、今回起きたのは / での「ページの表示」です（滞在 0 秒、スクロール 0 %）。',
      '→ きっかけの判定が通る最小の変化: きっかけが「離れたばかりのページへの戻り 2 回目以降」。',
    ]);
    const signals = [
      { signal: 'backForth' as const, is: { gte: 1 } },
      { signal: 'cart' as const, is: { gte: 3000 } },
    ];
    const program = { campaigns: [{ id: 'c', audience: { all: signals } }] };
    const log = [{ name: 'cart_updated', properties: { value: 1200 } }];
    expect(tell({ program, log }, 'en').slice(1)).toEqual([
      '✗ The signal backForth should be at least 1; found 0.',
      '✗ The signal cart should be at least 3000; found 1200.',
      'The visitor does not belong to the audience.',
      '→ The audience gate would pass with the signal backForth 1 and after one more “cart_updated” {"value":3000}.',
    ]);
    expect(tell({ program, log }, 'ja').slice(1, 3)).toEqual([
      '× シグナル backForth: 条件は「1 以上」、実際は 0。',
      '× シグナル cart: 条件は「3000 以上」、実際は 1200。',
    ]);
  });
  it('say that a part is not understood', () => {
    const program = { campaigns: [{ id: 'c', audience: { segment: 'gone' } }] };
    expect(tell({ program }, 'en')[1]).toBe(
      'The campaign is off because this version does not understand part of it (audience: gone).',
    );
  });
  it('have words for every gate in both languages, on every golden case', () => {
    const told = new Set<string>();
    for (const { test } of readCases()) {
      if (!('program' in test)) continue;
      for (const [campaign, gate] of Object.entries(test.expected.gates)) {
        for (const language of ['en', 'ja'] as const) {
          const [outcome, ...reasons] = tell(test, language, campaign);
          expect(outcome).toContain(campaign);
          expect(reasons.length).toBeGreaterThan(0);
          expect(reasons.join()).not.toMatch(/undefined|\[object|NaN/);
          if (language === 'ja') for (const reason of reasons) expect(reason).toMatch(/[ぁ-ん].*。$/);
          told.add(String(gate));
        }
      }
    }
    expect(told).toEqual(new Set([...GATES, 'null']));
  });

  it.each([
    { condition: { not: { event: 'a', within: '99999999d' } } },
    { condition: { event: 'a', within: '36525d', is: { lt: 1 } } },
    { condition: { visit: 'seconds' as const, is: { gte: 1e14 } } },
    { condition: { event: 'a', within: '1d', is: { lt: 1 } }, now: 8.64e15 },
  ])('are there for a moment that no calendar has: %j', ({ condition, now = NOW }) => {
    const program = expandProgram({ campaigns: [{ id: 'c', audience: condition }] });
    const log = expandLog([{ name: 'a', ago: '1s' }]).map((event) => ({ ...event, time: now }));
    const occasion = { ...expandOccasion(), now };
    const explanation = explainOn(program, log, expandFacts(), occasion, 'c');
    expect(sentences(explanation, 'en').join()).toMatch(/^"c" is not shown/);
    expect(sentences(explanation, 'ja').join()).toMatch(/^「c」は表示されません/);
  });

  it('are there for a program that is too deep to be written down', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = { not: deep };
    const triggers = [{ on: 'manual' }, { on: 'pageView', page: { eq: deep } }] as never;
    const program = expandProgram({ campaigns: [{ id: 'one', triggers }] });
    const explanation = explainOn(program, [], expandFacts(), expandOccasion(), 'one');
    expect(explanation.gate).toBe('trigger');
    expect(sentences(explanation, 'en').join()).toContain('What triggers asks cannot be put into words.');
    expect(sentences(explanation, 'ja').join()).toContain('triggers の設定は文章にできません。');
  });
});
