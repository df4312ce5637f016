import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileAudience, isIn } from '../../../../src/collector/evaluate/audience.js';
import { compileForLogs, explainLog } from '../../../../src/collector/evaluate/explanation.js';
import { readVisitor, type VisitorLog } from '../../../../src/collector/evaluate/visitorLogs.js';
import { walk } from '../../../../src/collector/evaluate/walk.js';
import { AUTOMATIC, isSeen } from '../../../../src/core/automatic.js';
import type { Facts, PastEvent } from '../../../../src/core/decision.js';
import type { Properties } from '../../../../src/core/events.js';
import { pastOf } from '../../../../src/core/fold.js';
import { ALL_KINDS } from '../../../../src/core/kinds.js';
import type { Program } from '../../../../src/core/program.js';
import { compileRules } from '../../../../src/core/rules.js';
import { UnknownOperator } from '../../../../src/core/unknownOperator.js';
import { explainCampaign } from '../../../../src/sdk/explainCampaign.js';
import type { ConditionCase, DecisionCase } from '../../../cases/expand.js';
import {
  expandFacts,
  expandLog,
  expandOccasion,
  expandProgram,
  NOW,
  readCases,
} from '../../../cases/expand.js';
import { expectFindings, findingsOf } from '../../../cases/findings.js';
import { explainOn } from '../../core/asking.js';
import { NEUTRAL, storeLogs, visitorOf, type GoldenStore, type KnownUser } from './goldenStore.js';

type LogCase = ConditionCase | DecisionCase;

const cases = readCases().flatMap(({ file, test }) =>
  'cards' in test ? [] : [{ name: `${file}: ${test.name}`, test }],
);
const isCondition = (test: LogCase): test is ConditionCase => 'condition' in test;

/** The program that holds a condition, as the golden cases of core have it. */
const programOf = (test: LogCase): Program =>
  isCondition(test)
    ? expandProgram({
        segments: test.segments ?? {},
        ...(test.publicFacts && { facts: test.publicFacts }),
        campaigns: [{ id: 'bystander' }, { id: 'tested', audience: test.condition, priority: 1 }],
      })
    : expandProgram(test.program);

/** What a device would have said of the facts of a case, at the end of its log. */
function factsAsEvents({ facts, log }: LogCase): PastEvent[] {
  const { attributes, page, device, visit, consent } = expandFacts(facts);
  const { number, startedAt, pages, landing, source } = visit;
  const told: [name: string, properties: Properties, time?: number][] = [
    [AUTOMATIC.set, attributes],
    [AUTOMATIC.consent, Object.fromEntries(consent.map((purpose) => [purpose, true]))],
    [AUTOMATIC.sessionStart, { number, device, ...defined({ landing, source }) }, startedAt],
    ...Array.from({ length: pages }, (): (typeof told)[number] => [AUTOMATIC.pageView, defined(page)]),
  ];
  return told.map(([name, properties, time = NOW], index) => ({
    name,
    properties,
    time,
    session: visit.session,
    id: `fact-${index}`,
    sequence: [(log?.length ?? 0) + index + 1, 0],
  }));
}

const defined = (fields: { [name: string]: string | undefined }) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Properties;

/** Why the facts of a case cannot come from events; undefined if they can. */
function cannotBeTold(test: LogCase): string | undefined {
  const { signals, ...facts } = test.facts ?? {};
  if (signals) return 'signals of a page that is still open';
  const told = [AUTOMATIC.sessionStart, AUTOMATIC.pageView, AUTOMATIC.set, AUTOMATIC.consent];
  const text = JSON.stringify({ ...test, facts });
  if (told.some((name) => text.includes(name))) return 'its log is about the events that tell facts';
  if (/"signal":"(?!cart")/.test(text)) return 'signals of a page that is still open';
  const isZoneless = text.includes('"time"') && !text.includes('"zone"') && !test.facts?.device?.timeZone;
  if (test.facts?.user !== undefined && !test.facts.personal)
    return 'what the server says of a user is never awaited here';
  if (
    'condition' in test &&
    'fact' in test.condition &&
    test.facts?.personal?.facts[test.condition.fact] === null
  )
    return 'an import takes null for what is to be removed';
  if (/"device":"(os|browser)"/.test(text) && !facts.device?.os)
    return 'what a page finds out late is unknown until it is told';
  if (isZoneless) return 'with each batch comes the offset, which stands in for the zone';
  return undefined;
}

/** What `kikubari.explain(id)` answers in the page of the visitor. */
function explainedInPage(program: Program, log: PastEvent[], facts: Facts, id: string) {
  const rules = compileRules(program, ALL_KINDS);
  return explainCampaign({ rules, past: pastOf(rules.atoms, log) }, facts, NOW, id);
}

let store: GoldenStore;
beforeAll(async () => {
  const logs = new Map<string, PastEvent[]>();
  const users = new Map<string, KnownUser>();
  for (const { name, test } of cases) {
    const log = expandLog(test.log);
    logs.set(visitorOf(name), log);
    if (cannotBeTold(test)) continue;
    const visitor = visitorOf(`told ${name}`);
    logs.set(visitor, [...log, ...factsAsEvents(test)]);
    // Each case has a user of its own, for each has other facts.
    const { personal } = test.facts ?? {};
    if (personal) users.set(visitor, { user: `user of ${visitor}`, personal });
  }
  store = await storeLogs(logs, users);
}, 300_000);
afterAll(() => store.close());

async function logOf(name: string, concerns: ReadonlySet<string>): Promise<VisitorLog> {
  const log = await readVisitor(store.context, visitorOf(name), { concerns, isPersonal: true });
  if (!log) throw new Error(`${name} is not in the store`);
  return log;
}

const audienceOf = ({ condition, segments = {}, publicFacts: facts }: ConditionCase) =>
  compileAudience(condition, { segments, facts });

/** The condition of a case, asked of a stored log. */
function answerOf(test: ConditionCase, log: VisitorLog, given?: Facts) {
  try {
    return isIn(log, audienceOf(test), test.occasion?.now ?? NOW, given).isMember;
  } catch (error) {
    if (error instanceof UnknownOperator) return 'unknown';
    throw error;
  }
}

describe('golden cases through a real store', () => {
  it('are all but those of surveys, and none asks for the event that only makes the visitor known', () => {
    expect(cases.length).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(cases)).not.toContain(NEUTRAL);
  });

  it.each(cases.map(({ name, test }) => [name, test] as const))('%s', async (name, test) => {
    const facts = expandFacts(test.facts);
    const program = programOf(test);
    const compiled = compileForLogs(program);
    const log = await logOf(name, compiled.concerns);
    if (isCondition(test)) expect(answerOf(test, log, facts)).toBe(test.expected);
    const occasion = expandOccasion(test.occasion);
    for (const { id } of program.campaigns) {
      const { sentences, ...explained } = explainLog(compiled, log, id, occasion, facts);
      const wanted = findingsOf(test, id);
      if (wanted) expectFindings(explained.findings, wanted);
      expect(explained).toEqual(explainOn(program, expandLog(test.log), facts, occasion, id));
      expect(sentences.en.length).toBe(sentences.ja.length);
      const here = explainLog(compiled, log, id, { now: NOW }, facts);
      expect(here).toEqual(explainedInPage(program, expandLog(test.log), facts, id));
      if (isCondition(test)) continue;
      const { gates, winner, variant } = test.expected;
      expect(explained.gate).toBe(gates[id]);
      if (winner !== id) continue;
      const arm = explained.findings.find(({ gate }) => gate === 'assignment')!.found;
      if (variant) expect(arm).toBe(variant);
      expect(explained.shown).toBe(isSeen(arm as string));
    }
  });
});

describe('golden conditions whose facts came as events of the device', () => {
  const conditions = cases.filter(({ test }) => isCondition(test));
  const told = conditions.filter(({ test }) => !cannotBeTold(test));

  it('leave out only what the collector cannot be told', () => {
    const out = conditions.flatMap(({ name, test }) => {
      const reason = cannotBeTold(test);
      return reason ? [`${name} (${reason})`] : [];
    });
    const isLive = (name: string) => name.startsWith('signals.json');
    expect(out.filter((name) => !isLive(name))).toEqual([
      'facts-server.json: null is a value (an import takes null for what is to be removed)',
      'facts-server.json: while the facts of a user are not here nobody knows whether one differs (what the server says of a user is never awaited here)',
      'facts-server.json: is false while the lists are not known fails: nobody says so (what the server says of a user is never awaited here)',
      'facts-server.json: while the lists of a user are not here not even their absence is known (what the server says of a user is never awaited here)',
      'facts-server.json: while the lists of a user are not here the negation does not hold either (what the server says of a user is never awaited here)',
      'facts-server.json: nor does that of a segment that asks for them (what the server says of a user is never awaited here)',
      'facts-server.json: denied twice it is still unknown (what the server says of a user is never awaited here)',
      'facts-server.json: what does not depend on it holds beside what is unknown (what the server says of a user is never awaited here)',
      "facts.json: signal reads the page's dwell (signals of a page that is still open)",
      'facts.json: a device fact that is not known passes ne (what a page finds out late is unknown until it is told)',
      'facts.json: dwell begins at 0 (signals of a page that is still open)',
      'facts.json: signal reads the greatest depth (signals of a page that is still open)',
      'facts.json: an unheard-of signal is unknown (signals of a page that is still open)',
      "time.json: where the visitor's zone is not known the time is missing (with each batch comes the offset, which stands in for the zone)",
      'time.json: missing it passes exists false (with each batch comes the offset, which stands in for the zone)',
    ]);
    // Of live signals it is told all of the cart; going back and forth is made of the events that tell on which page one is.
    const live = conditions.filter(
      ({ name, test }) => isLive(name) && !JSON.stringify(test).includes('"cart"'),
    );
    expect(out.filter(isLive).length).toBe(live.length);
  });

  it.each(told.map(({ name, test }) => [name, test as ConditionCase] as const))('%s', async (name, test) => {
    const log = await logOf(`told ${name}`, audienceOf(test).concerns);
    expect(answerOf(test, log)).toBe(test.expected);
  });
});

describe('a walk over all of them', () => {
  const walked = async (share: number, maxMs: number) => {
    const seen = new Set<string>();
    const wanted = { concerns: new Set([NEUTRAL]), until: Date.now() };
    const walked = await walk(store.context, wanted, { share, maxMs }, ({ visitor, events }) => {
      expect(events.map(({ name }) => name)).toEqual([NEUTRAL]);
      seen.add(visitor);
    });
    return { share: walked.share, seen: seen.size };
  };

  it('comes to each visitor once', async () => {
    const all = cases.length + cases.filter(({ test }) => !cannotBeTold(test)).length;
    expect(await walked(1, Infinity)).toEqual({ share: 1, seen: all });
  });

  it('of a share, or cut short, is a sample and says of how many', async () => {
    const { seen: all } = await walked(1, Infinity);
    for (const [share, maxMs, part] of [
      [0.1, Infinity, 0.1],
      [1, 0, 0.25],
    ] as const) {
      const { share: walkedShare, seen } = await walked(share, maxMs);
      expect(walkedShare).toBeCloseTo(part);
      expect(seen / all).toBeGreaterThan(part * 0.7);
      expect(seen / all).toBeLessThan(part * 1.3);
    }
  });
});
