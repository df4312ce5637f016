/** Brute force for `decide`: gate after gate, campaign after campaign, over the whole log. Shares nothing with src/core. */
import type { Facts, Gate, Occasion, PastEvent } from '../../../src/core/decision.js';
import type { Campaign, Limits, Program, Schedule, Trigger } from '../../../src/core/program.js';
import { matches, naiveHolds } from './naive.js';
import { naiveCombines } from './naiveCombination.js';
import { naiveCapCount, naiveLimitsAllow } from './naiveCaps.js';
import { isZone, wallIn } from './naiveClock.js';
import { naiveReturns } from './naiveSignals.js';

/** FNV-1a, then the finaliser of MurmurHash3, in whole numbers without a bound. */
export function naiveHash(text: string): number {
  const word = 2n ** 32n;
  let hash = 0x811c9dc5n;
  for (let at = 0; at < text.length; at++) hash = ((hash ^ BigInt(text.charCodeAt(at))) * 0x01000193n) % word;
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) % word;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) % word;
  return Number(hash ^ (hash >> 16n)) / Number(word);
}

function isDue({ from, until, weekdays, hours, zone: named }: Schedule, now: number, own: unknown): boolean {
  if (from && now < Date.parse(from)) return false;
  if (until && now >= Date.parse(until)) return false;
  if (!weekdays && !hours) return true;
  const zone = named ?? own;
  if (!isZone(zone)) return false;
  const { weekday, time } = wallIn(zone, now);
  if (weekdays && !weekdays.includes(weekday)) return false;
  if (!hours) return true;
  const [begins, ends] = [hours.from, hours.until];
  if (begins <= ends) return begins <= time && time < ends;
  return time >= begins || time < ends;
}

/** Only the narrowings the generators make. */
function fires(
  trigger: Trigger,
  id: string,
  occasion: Occasion,
  { page, visit }: Facts,
  log: PastEvent[],
): boolean {
  if ('of' in trigger) return naiveCombines(trigger, id, log, occasion, visit.session);
  if (trigger.on !== occasion.trigger && (trigger.on !== 'backForth' || occasion.trigger !== 'page'))
    return false;
  if (trigger.page && !new URL(page.url).pathname.startsWith(trigger.page.startsWith!)) return false;
  if (trigger.on === 'event') return matches(occasion.event as PastEvent, trigger.event, trigger.where);
  if (trigger.on === 'dwell') return occasion.seconds === trigger.seconds;
  if (trigger.on === 'backForth') {
    const [returns, isLast] = naiveReturns(log, visit.session);
    return isLast && returns >= (trigger.times ?? 1);
  }
  return trigger.on !== 'manual' || occasion.campaign === id;
}

/** The first gate of its own that a campaign fails. */
function naiveGate(
  campaign: Program['campaigns'][number],
  { segments, limits = {}, facts: publicFacts }: Program,
  log: PastEvent[],
  facts: Facts,
  occasion: Occasion,
): Gate | null {
  const { id, group, rollout = 1, caps, audience = { all: [] } } = campaign;
  const { now } = occasion;
  const { session } = facts.visit;
  const zone = facts.device.timeZone;
  const when = { now, session, zone };
  const exposures = log.filter(({ name }) => name === '$exposure');
  const isOwn = ({ properties }: PastEvent) => properties!.campaign === id;

  if (campaign.status !== 'live' || campaign.stopped) return 'status';
  if (!isDue(campaign.schedule ?? {}, now, zone)) return 'schedule';
  if (!facts.consent.includes(campaign.purpose ?? 'personalise')) return 'consent';
  if (!campaign.triggers.some((trigger) => fires(trigger, id, occasion, facts, log))) return 'trigger';
  const isIn = naiveHash(`${id}/rollout/${facts.user ?? facts.visitor}`) < rollout || exposures.some(isOwn);
  if (
    !isIn ||
    !naiveHolds(audience, { segments, log, ...when, user: facts.user, personal: facts.personal, publicFacts })
  )
    return 'audience';
  const isManual = occasion.trigger === 'manual';
  const own = caps ?? (isManual ? [] : [{ count: 1, per: 'session' as const }]);
  if (own.some((cap) => naiveCapCount(cap, campaign, log, when) >= cap.count)) return 'frequency';
  if (!isManual && !naiveLimitsAllow(limits, campaign, log, when)) return 'frequency';
  const isTaken = exposures.some(
    (event) => event.session === session && !isOwn(event) && event.properties!.group === group,
  );
  return group && isTaken ? 'group' : null;
}

/** The arm: of the first exposure if the campaign still has it, else held out, else by the person's hash. */
function naiveArm(campaign: Campaign, limits: Limits, log: PastEvent[], facts: Facts): string {
  const { id, control = 0, variants } = campaign;
  const firsts = new Map<unknown, unknown>();
  for (const { name, properties } of [...log].reverse())
    if (name === '$exposure') firsts.set(properties!.campaign, properties!.variant);
  const kept = firsts.get(id);
  if (variants.some((variant) => variant.id === kept) || (kept === 'control' && control))
    return kept as string;
  const person = facts.user ?? facts.visitor;
  if (
    limits.holdOut &&
    ([...firsts.values()].includes('holdout') || naiveHash(`/holdout/${person}`) < limits.holdOut)
  )
    return 'holdout';
  if (naiveHash(`${id}/control/${person}`) < control) return 'control';
  const weights = variants.map(({ weight = 1 }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const point = naiveHash(`${id}/variant/${person}`) * total;
  let reached = 0;
  for (const [index, weight] of weights.entries())
    if (point < (reached += weight)) return variants[index]!.id;
  return variants[0]!.id;
}

/** The winner, and for each campaign in order of the program the gate it failed. `log` must be in order. */
export function naiveDecide(program: Program, log: PastEvent[], facts: Facts, occasion: Occasion) {
  const { campaigns, limits = {} } = program;
  const gates = campaigns.map((campaign) => naiveGate(campaign, program, log, facts, occasion));
  let winner: { campaign: string; variant: string } | null = null;
  const byPriority = campaigns
    .map((_, index) => index)
    .filter((index) => gates[index] === null)
    .sort((one, other) => {
      const [a, b] = [campaigns[one]!, campaigns[other]!];
      return (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1);
    });
  for (const index of byPriority) {
    const campaign = campaigns[index]!;
    if (winner) gates[index] = 'priority';
    else if (!campaign.variants.length) gates[index] = 'assignment';
    else winner = { campaign: campaign.id, variant: naiveArm(campaign, limits, log, facts) };
  }
  return { winner, gates };
}
