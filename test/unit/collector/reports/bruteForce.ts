/** The reports' definitions once more, as loops over all facts: slow and obvious. */
import type { CampaignCounts } from '../../../../src/collector/api.js';
import type { Json } from '../../../../src/core/events.js';
import type { Campaign } from '../../../../src/core/program.js';
import type { Fact } from './world.js';

const DAY_MS = 86_400_000;

export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

export const people = (facts: readonly Fact[]): number => new Set(facts.map(({ person }) => person)).size;

/** Facts of each person in their order: by time, within one visitor by sequence. */
export function byPerson(facts: readonly Fact[]): Map<string, Fact[]> {
  const persons = new Map<string, Fact[]>();
  for (const fact of facts) persons.set(fact.person, [...(persons.get(fact.person) ?? []), fact]);
  for (const list of persons.values()) {
    list.sort((a, b) => (a.visitor === b.visitor ? a.sequence - b.sequence : a.at - b.at));
  }
  return persons;
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** People and median times per step: every start is tried, the furthest attempt counts, the earliest of equals. */
export function funnelByHand(facts: readonly Fact[], steps: string[], fromMs: number, windowMs: number) {
  const best = [...byPerson(facts.filter(({ at }) => at >= fromMs)).values()].map((list) => {
    let longest: Fact[] = [];
    list.forEach((start, index) => {
      if (start.name !== steps[0]) return;
      const chain = [start];
      for (const next of list.slice(index + 1)) {
        if (next.name === steps[chain.length] && next.at - start.at <= windowMs) chain.push(next);
      }
      if (chain.length > longest.length) longest = chain;
    });
    return longest;
  });
  return steps.map((event, index) => ({
    event,
    people: best.filter((chain) => chain.length > index).length,
    medianMs:
      index === 0
        ? null
        : median(
            best
              .filter((chain) => chain.length > index)
              .map((chain) => chain[index]!.at - chain[index - 1]!.at),
          ),
  }));
}

/** Each person's first exposure. */
export function firstExposures(facts: readonly Fact[], campaign: string): Map<string, Fact> {
  const first = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.name !== '$exposure' || fact.properties['campaign'] !== campaign) continue;
    const known = first.get(fact.person);
    const isEarlier =
      !known || fact.at < known.at || (fact.at === known.at && fact.sequence < known.sequence);
    if (isEarlier) first.set(fact.person, fact);
  }
  return first;
}

export interface GoalByHand {
  goal: Fact;
  arm: string;
}

export function goalsByHand(
  facts: readonly Fact[],
  { id }: Campaign,
  windowMs: number,
  isGoal: (fact: Fact) => boolean,
) {
  const first = firstExposures(facts, id);
  const goals: GoalByHand[] = [];
  for (const goal of facts) {
    const exposure = first.get(goal.person);
    if (!exposure || !isGoal(goal)) continue;
    const isAfter =
      goal.visitor === exposure.visitor ? goal.sequence > exposure.sequence : goal.at > exposure.at;
    if (isAfter && goal.at - exposure.at <= windowMs)
      goals.push({ goal, arm: textOf(exposure.properties['variant']) });
  }
  return goals;
}

export function countsByHand(
  facts: readonly Fact[],
  campaign: Campaign,
  goals: GoalByHand[],
): CampaignCounts {
  const did = (name: string) =>
    people(facts.filter((fact) => fact.name === name && fact.properties['campaign'] === campaign.id));
  const first = [...firstExposures(facts, campaign.id).values()];
  return {
    exposed: first.length,
    control: first.filter(({ properties }) => properties['variant'] === 'control').length,
    shown: did('$impression'),
    clicked: did('$click'),
    closed: did('$close'),
    answered: did('$answer'),
    completed: did('$complete'),
    goal: people(goals.map(({ goal }) => goal)),
    goalValue: campaign.goal?.value
      ? goals.reduce((sum, { goal }) => sum + Number(goal.properties['value']), 0)
      : 0,
  };
}

/** UTC day of a moment. */
export const dayOf = (ms: number): string =>
  new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);

/** The last answer of each submission to each question. */
export function lastAnswers(facts: readonly Fact[], campaign: string): Fact[] {
  const last = new Map<string, Fact>();
  const answers = facts.filter(
    ({ name, properties }) => name === '$answer' && properties['campaign'] === campaign,
  );
  for (const fact of answers) {
    const key = [
      fact.visitor,
      textOf(fact.properties['submission']),
      textOf(fact.properties['question']),
    ].join(' ');
    const known = last.get(key);
    if (!known || fact.sequence > known.sequence) last.set(key, fact);
  }
  return [...last.values()];
}
