import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CampaignList,
  CampaignReport,
  FunnelReport,
  Overview,
  SurveyReport,
  Timeline,
  VisitorList,
} from '../../../../src/collector/api.js';
import { startCollector, type TestCollector } from '../collector.js';
import {
  byPerson,
  countsByHand,
  dayOf,
  firstExposures,
  funnelByHand,
  goalsByHand,
  lastAnswers,
  people,
  textOf,
} from './bruteForce.js';
import { CAMPAIGNS, randomWorld, type Fact } from './world.js';

const DAY_MS = 86_400_000;
const nowMs = Date.now();
let collector: TestCollector;
let facts: Fact[];

beforeAll(async () => {
  collector = await startCollector({ campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }] });
  const world = randomWorld(7, 300, nowMs);
  facts = world.facts;
  const order = [...world.batches, ...world.batches.slice(0, 40)];
  // The device's clock agrees with ours, so that corrected times are the raw ones.
  for (const batch of order) await collector.send({ ...batch, clock: [Date.now(), 0] });
});
afterAll(() => collector.remove());

const goalOf = (id: string) =>
  id === 'saver'
    ? goalsByHand(
        facts,
        CAMPAIGNS[0]!,
        2 * DAY_MS,
        (f) => f.name === 'purchase' && Number(f.properties['value']) >= 20,
      )
    : goalsByHand(
        facts,
        CAMPAIGNS[1]!,
        DAY_MS / 4,
        (f) => f.name === 'add_to_cart' && f.properties['note'] === 'gift',
      );

describe('reports equal a count by hand over 300 random visitors, 40 of them sent twice', () => {
  it.each([
    ['view_item,add_to_cart,purchase', 30, 7],
    ['view_item,add_to_cart,begin_checkout,purchase', 30, 1],
    ['view_item,view_item,view_item', 10, 2],
    ['purchase', 30, 7],
    ['nothing,purchase', 30, 7],
  ])('funnel %s over %i days, window %i', async (steps, days, window) => {
    const report = await collector.get<FunnelReport>(`funnel?steps=${steps}&days=${days}&window=${window}`);
    // The report's own clock runs on: events at the very edge of the period are not part of this world.
    const wanted = funnelByHand(facts, steps.split(','), nowMs - days * DAY_MS, window * DAY_MS);
    expect(
      report.steps.map(({ event, people: count, medianMs }) => ({ event, people: count, medianMs })),
    ).toEqual(wanted);
    report.steps.forEach((step, index) => {
      const before = wanted[Math.max(0, index - 1)]!.people;
      expect(step.dropped).toBe(before - wanted[index]!.people);
      expect(step.share).toBeCloseTo(wanted[0]!.people ? wanted[index]!.people / wanted[0]!.people : 0, 12);
      expect(step.dropOff).toBeCloseTo(before ? (before - wanted[index]!.people) / before : 0, 12);
    });
  });

  it('campaign list, highest priority first', async () => {
    const { campaigns } = await collector.get<CampaignList>('campaigns');
    expect(campaigns.map(({ id, counts }) => ({ id, counts }))).toEqual(
      CAMPAIGNS.map((campaign) => ({
        id: campaign.id,
        counts: countsByHand(facts, campaign, goalOf(campaign.id)),
      })),
    );
    expect(campaigns[0]!.counts.goal).toBeGreaterThan(5);
    expect(campaigns[0]!.counts.control).toBeGreaterThan(5);
  });

  it('campaign report: days and arms', async () => {
    const report = await collector.get<CampaignReport>('campaigns/saver');
    const goals = goalOf('saver');
    expect(report.counts).toEqual(countsByHand(facts, CAMPAIGNS[0]!, goals));
    const first = firstExposures(facts, 'saver');
    expect(report.arms.map(({ variant }) => variant)).toEqual(['a', 'b', 'control']);
    for (const arm of report.arms) {
      const members = new Set(
        [...first]
          .filter(([, { properties }]) => properties['variant'] === arm.variant)
          .map(([person]) => person),
      );
      const did = (name: string) =>
        people(
          facts.filter(
            (f) => f.name === name && f.properties['campaign'] === 'saver' && members.has(f.person),
          ),
        );
      const ofArm = goals.filter((goal) => goal.arm === arm.variant).map(({ goal }) => goal);
      expect(arm).toEqual({
        variant: arm.variant,
        exposed: members.size,
        shown: did('$impression'),
        clicked: did('$click'),
        goal: people(ofArm),
        goalValue: ofArm.reduce((sum, { properties }) => sum + Number(properties['value']), 0),
      });
    }
    const exposures = facts.filter((f) => f.name === '$exposure' && f.properties['campaign'] === 'saver');
    const several = [...byPerson(exposures).values()].filter(
      (list) => new Set(list.map(({ properties }) => properties['variant'])).size > 1,
    );
    expect(several.length).toBeGreaterThan(5);
    expect(report.inSeveralArms).toBe(several.length);
    expect(report.daily).toHaveLength(30);
    const firstGoalDays = [...byPerson(goals.map(({ goal }) => goal)).values()].map((list) =>
      dayOf(Math.min(...list.map(({ at }) => at))),
    );
    for (const day of report.daily) {
      const on = (name: string) =>
        people(
          facts.filter(
            (f) => f.name === name && f.properties['campaign'] === 'saver' && dayOf(f.at) === day.day,
          ),
        );
      expect(day).toEqual({
        day: day.day,
        shown: on('$impression'),
        clicked: on('$click'),
        answered: on('$answer'),
        goal: firstGoalDays.filter((one) => one === day.day).length,
      });
    }
  });

  it('survey: last answers, distributions and scores', async () => {
    const report = await collector.get<SurveyReport>('surveys/poll');
    const answers = lastAnswers(facts, 'poll');
    const of = (question: string) => answers.filter(({ properties }) => properties['question'] === question);
    const values = (question: string) => of(question).map(({ properties }) => properties['value']);
    expect(report.questions.map(({ question, answers: count }) => [question, count])).toEqual(
      ['q-choice', 'q-csat', 'q-nps', 'q-text'].map((question) => [question, of(question).length]),
    );
    const [choice, csat, nps, text] = report.questions;
    const scores = values('q-nps') as number[];
    const promoters = scores.filter((score) => score >= 9).length;
    const detractors = scores.filter((score) => score <= 6).length;
    expect(nps!.nps).toMatchObject({
      promoters,
      detractors,
      passives: scores.length - promoters - detractors,
    });
    expect(nps!.nps!.score).toBeCloseTo((100 * (promoters - detractors)) / scores.length, 9);
    expect(nps!.distribution).toEqual(
      Array.from({ length: 11 }, (_, score) => ({
        value: String(score),
        count: scores.filter((one) => one === score).length,
      })),
    );
    const good = (values('q-csat') as number[]).filter((score) => score >= 4).length;
    expect(csat!.csat).toMatchObject({ good, share: good / of('q-csat').length });
    for (const { value, count } of choice!.distribution!) {
      expect(count).toBe(
        (values('q-choice') as string[][]).filter((chosen) => chosen.includes(value)).length,
      );
    }
    expect(text!.distribution).toBeUndefined();
    const submissions = new Set(
      answers.map(({ visitor, properties }) => `${visitor} ${textOf(properties['submission'])}`),
    );
    expect(report.responses).toHaveLength(Math.min(200, submissions.size));
    for (const { visitor, submission, answers: given } of report.responses) {
      const wanted = answers.filter(
        (f) => f.visitor === visitor && f.properties['submission'] === submission,
      );
      expect(new Map(given.map(({ question, value }) => [question, value]))).toEqual(
        new Map(wanted.map(({ properties }) => [properties['question'], properties['value']])),
      );
    }
  });

  it('overview: visitors, sessions, transactions once', async () => {
    const report = await collector.get<Overview>('overview');
    const fromMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 13 * DAY_MS;
    const recent = facts.filter(({ at }) => at >= fromMs);
    const purchases = new Map<string, Fact>();
    recent.forEach((fact, index) => {
      if (fact.name !== 'purchase') return;
      const key = textOf(fact.properties['transaction_id'] ?? `own-${index}`);
      if (!purchases.has(key) || fact.at < purchases.get(key)!.at) purchases.set(key, fact);
    });
    expect(report).toMatchObject({
      visitors: new Set(recent.map(({ visitor }) => visitor)).size,
      sessions: new Set(recent.map(({ visitor, session }) => visitor + session)).size,
      events: recent.length,
      purchases: purchases.size,
    });
    expect(report.revenue).toBe(
      [...purchases.values()].reduce((sum, { properties }) => sum + Number(properties['value']), 0),
    );
    expect(report.daily).toHaveLength(14);
    for (const { day, visitors, purchases: bought } of report.daily) {
      expect(visitors).toBe(
        new Set(recent.filter(({ at }) => dayOf(at) === day).map(({ visitor }) => visitor)).size,
      );
      expect(bought).toBe([...purchases.values()].filter(({ at }) => dayOf(at) === day).length);
    }
  });

  it('visitors and one timeline', async () => {
    const { visitors } = await collector.get<VisitorList>('visitors?limit=200');
    expect(visitors).toHaveLength(200);
    const last = new Map<string, number>();
    for (const { visitor, at } of facts) last.set(visitor, Math.max(last.get(visitor) ?? 0, at));
    const newest = [...last.values()].sort((a, b) => b - a).slice(0, 200);
    expect(visitors.map(({ lastSeen }) => Date.parse(lastSeen))).toEqual(newest);
    for (const { visitor, events, sessions } of visitors.slice(0, 20)) {
      const own = facts.filter((fact) => fact.visitor === visitor);
      expect([events, sessions]).toEqual([own.length, new Set(own.map(({ session }) => session)).size]);
    }
    const timeline = await collector.get<Timeline>(`visitors/${visitors[0]!.visitor}`);
    const own = facts
      .filter(({ visitor }) => visitor === timeline.visitor)
      .sort((a, b) => a.sequence - b.sequence);
    const listed = [...timeline.sessions].reverse().flatMap(({ events }) => events);
    expect(listed.map(({ name, time }) => [name, Date.parse(time)])).toEqual(
      own.map(({ name, at }) => [name, at]),
    );
  });
});
