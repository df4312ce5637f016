/** The smallest change an explanation names: made, on every golden case, and decided again. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change.js';
import type { Gate } from '../../../src/core/decision.js';
import { recall } from '../../../src/core/recall.js';
import { sentences } from '../../../src/core/sentences.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, NOW, readCases } from '../../cases/expand.js';
import type { Case, CaseEvent } from '../../cases/expand.js';
import { applied, type Situation } from './applied.js';
import { explainOn } from './asking.js';

/** What is decided on in a case, and the campaigns that are asked about. */
function situationOf(test: Exclude<Case, { cards: unknown }>): Situation {
  const program =
    'condition' in test
      ? { segments: test.segments, campaigns: [{ id: 'tested', audience: test.condition }] }
      : test.program;
  return {
    program: expandProgram(program),
    log: expandLog(test.log),
    facts: expandFacts(test.facts),
    occasion: expandOccasion(test.occasion),
  };
}

const explained = ({ program, log, facts, occasion }: Situation, campaign: string) =>
  explainOn(program, log, facts, occasion, campaign);

/** Whether nothing of the gate fails. */
function isOpen(situation: Situation, campaign: string, gate: Gate): boolean {
  const { findings } = explained(situation, campaign);
  const own = findings.filter(
    (finding) => finding.gate === gate && (gate !== 'audience' || /^(audience|rollout)$/.test(finding.path)),
  );
  return own.every(({ passed }) => passed);
}

interface Told {
  what: string;
  situation: Situation;
  campaign: string;
  gate: Gate;
  /** Those of the gates before, made first, and those of the gate. */
  before: Change[];
  own: Change[];
}

function told(file: string, test: Exclude<Case, { cards: unknown }>): Told[] {
  const situation = situationOf(test);
  return situation.program.campaigns.flatMap(({ id }) => {
    const { changes } = explained(situation, id);
    return [...new Set(changes.map(({ gate }) => gate))].map((gate) => ({
      what: `${file}: ${test.name} (${id}, ${gate})`,
      situation,
      campaign: id,
      gate,
      before: changes.slice(
        0,
        changes.findIndex((change) => change.gate === gate),
      ),
      own: changes.filter((change) => change.gate === gate),
    }));
  });
}

const all = readCases().flatMap(({ file, test }) => ('cards' in test ? [] : told(file, test)));
const can = all.filter(({ own, gate }) => gate !== 'assignment' && own.every(({ kind }) => kind !== 'none'));
const made = ({ situation, before, campaign }: Told, own: readonly Change[]) =>
  applied(situation, [...before, ...own], campaign);

describe('the smallest change', () => {
  it('turns the gate over, on every golden case where it can be made', () => {
    const wrong = can.filter((one) => {
      const is = isOpen(made(one, []), one.campaign, one.gate);
      return isOpen(made(one, one.own), one.campaign, one.gate) === is;
    });
    expect(wrong.map(({ what, own }) => `${what} ${JSON.stringify(own)}`)).toEqual([]);
    expect(can.length).toBeGreaterThanOrEqual(510);
  });

  it('holds nothing that is not needed', () => {
    const needless = can
      .filter(({ own }) => own.length > 1)
      .flatMap((one) =>
        one.own
          .filter((change) => {
            const rest = one.own.filter((other) => other !== change);
            const is = isOpen(made(one, []), one.campaign, one.gate);
            return isOpen(made(one, rest), one.campaign, one.gate) !== is;
          })
          .map((change) => `${one.what} ${JSON.stringify(change)}`),
      );
    expect(needless).toEqual([]);
  });

  it('asks for no event more, and no moment later, than it takes', () => {
    const large = can.flatMap((one) =>
      one.own.flatMap((change): string[] => {
        const less: Change | undefined =
          change.kind === 'wait'
            ? { ...change, until: change.until - 1 }
            : change.kind === 'event' && change.count > 1
              ? { ...change, count: change.count - 1 }
              : undefined;
        if (!less) return [];
        const smaller = one.own.map((other) => (other === change ? less : other));
        const is = isOpen(made(one, []), one.campaign, one.gate);
        return isOpen(made(one, smaller), one.campaign, one.gate) === is
          ? []
          : [`${one.what} ${JSON.stringify(change)}`];
      }),
    );
    expect(large).toEqual([]);
  });

  it('is left out only where nothing can be made so, and says why', () => {
    const counts: { [because: string]: number } = {};
    for (const { own } of all)
      for (const change of own)
        if (change.kind === 'none') counts[change.because] = (counts[change.because] ?? 0) + 1;
    const { noneFound, notUnderstood, ...others } = counts;
    expect(noneFound).toBeLessThanOrEqual(24);
    expect(notUnderstood).toBe(all.filter(({ what }) => isOff(what)).length);
    expect(Object.keys(others).sort()).toEqual(
      'control holdout over parts rollout spent stopped unidentified zone'.split(' '),
    );
  });
});

/** Whether an explanation of that name names a part that is not understood. */
function isOff(what: string): boolean {
  const { situation, campaign } = all.find((one) => one.what === what)!;
  return explained(situation, campaign).findings.some(({ found }) =>
    /^"\w*Error: /.test(JSON.stringify(found)),
  );
}

describe('the smallest change in words', () => {
  const tell = (program: Parameters<typeof expandProgram>[0], log: CaseEvent[] = [], id = 'c') => {
    const asked = [expandProgram(program), expandLog(log), expandFacts(), expandOccasion(), id] as const;
    return (['en', 'ja'] as const).map((language) =>
      sentences(explainOn(...asked), language).find((text) => text.startsWith('→')),
    );
  };

  it.each<[string, Parameters<typeof tell>, [en: string, ja: string]]>([
    [
      'one view more',
      [
        { campaigns: [{ id: 'c', audience: { event: 'view', within: '7d', is: { gte: 3 } } }] },
        [{ name: 'view', ago: '2d' }, { name: 'view' }],
      ],
      [
        '→ The audience gate would pass after one more “view”.',
        '→ 配信対象の判定が通る最小の変化: 「view」があと 1 回。',
      ],
    ],
    [
      'the day a cap begins anew, the edge still within',
      [
        { campaigns: [{ id: 'c', caps: [{ count: 1, per: { last: '7d' } }] }] },
        [{ name: '$exposure', ago: '159h', properties: { campaign: 'c' } }],
      ],
      [
        '→ The frequency gate would pass once it is 2026-05-01 09:00:01 UTC.',
        '→ 頻度の上限の判定が通る最小の変化: 2026-05-01 09:00:01 UTC になる。',
      ],
    ],
    [
      'the day the longest window is over',
      [
        { campaigns: [{ id: 'c', caps: [{ count: 1, per: { last: '36525d' } }] }] },
        [{ name: '$exposure', properties: { campaign: 'c' } }],
      ],
      [
        '→ The frequency gate would pass once it is 2126-05-02 00:00:01 UTC.',
        '→ 頻度の上限の判定が通る最小の変化: 2126-05-02 00:00:01 UTC になる。',
      ],
    ],
    [
      'the control arm',
      [{ campaigns: [{ id: 'c', control: 1 }] }],
      [
        '→ This visitor is in the control arm; nothing a visitor does changes that.',
        '→ 比較用のグループに入るかどうかは、訪問者が何をしても変わりません。',
      ],
    ],
    [
      'what ends an audience',
      [{ campaigns: [{ id: 'c', audience: { event: 'buy', is: { eq: 0 } } }] }],
      [
        '→ The audience gate would no longer pass after one more “buy”.',
        '→ 配信対象の判定が外れる最小の変化: 「buy」があと 1 回。',
      ],
    ],
    [
      'the least of several ways, and all that it takes',
      [
        {
          campaigns: [
            {
              id: 'c',
              audience: {
                any: [
                  { event: 'view', is: { gte: 9 } },
                  {
                    all: [
                      { attribute: 'plan', is: { eq: 'gold' } },
                      { not: { event: 'view', within: '1d' } },
                    ],
                  },
                ],
              },
            },
          ],
        },
        [{ name: 'view' }],
      ],
      [
        '→ The audience gate would pass with the attribute plan "gold" and once it is 2026-05-02 00:00:01 UTC.',
        '→ 配信対象の判定が通る最小の変化: 属性 plan が "gold"、かつ 2026-05-02 00:00:01 UTC になる。',
      ],
    ],
  ])('%s', (_, asked, words) => expect(tell(...asked)).toEqual(words));

  it('is told of a past that was pruned, where what comes makes it certain', () => {
    const tally = { count: 2, sum: 0, first: NOW - 9 * 86_400_000, last: NOW - 9 * 86_400_000 };
    const pruned = recall({ pruned: [{ name: 'view', until: 0, days: [tally] }] });
    const audience = { event: 'view', where: { kind: { eq: 'x' } }, is: { gte: 2 } };
    const program = expandProgram({ campaigns: [{ id: 'c', audience }] });
    const explanation = explainOn(program, [], expandFacts(), expandOccasion(), 'c', pruned);
    expect(sentences(explanation, 'en').slice(1)).toEqual([
      '✗ The number of “view” {"kind":{"eq":"x"}} should be at least 2; found "unknown before 2026-04-23".',
      'The visitor does not belong to the audience.',
      '→ The audience gate would pass after 2 more “view” {"kind":"x"}.',
    ]);
  });
});
