/** Brute force for caps, limits of the site and their clocks: reads the whole log at every question. Shares nothing with src/core. */
import type { PastEvent } from '../../../src/core/decision.js';
import type { Campaign, Cap, Limits } from '../../../src/core/program.js';
import { isInside, matches } from './naive.js';
import { beginOf, isZone, wallIn } from './naiveClock.js';

/** As long as they can be at most, where nobody knows when they began. */
const LONGEST = { day: '2d', week: '8d', month: '32d' };

/** When is counted, and by whose clocks. */
export interface When {
  now: number;
  session: string;
  /** The visitor's. */
  zone?: unknown;
}

function isCounted(event: PastEvent, per: Cap['per'], { now, session, zone: own }: When): boolean {
  if (typeof per !== 'object') return isInside(event, per, now, session);
  if ('last' in per) return isInside(event, per.last, now, session);
  const zone = per.zone ?? own;
  if (!isZone(zone)) return isInside(event, LONGEST[per.calendar], now, session);
  return wallIn(zone, event.time).date >= beginOf(per.calendar, zone, now);
}

/** What a campaign's own cap has counted. */
export function naiveCapCount(
  { of = 'exposure', per }: Cap,
  { id, goal }: Campaign,
  log: PastEvent[],
  when: When,
): number {
  const [event, where] = of === 'goal' ? [goal!.event, goal!.where] : [`$${of}`, { campaign: { eq: id } }];
  return log.filter((past) => matches(past, event, where) && isCounted(past, per, when)).length;
}

/** Whether all limits of the site leave room for the campaign. */
export function naiveLimitsAllow(
  { caps = [], tags = {}, attention }: Limits,
  campaign: Campaign,
  log: PastEvent[],
  when: When,
): boolean {
  const exposures = (per: Cap['per']) =>
    log.filter((past) => past.name === '$exposure' && isCounted(past, per, when));
  if (caps.some(({ per, count }) => exposures(per).length >= count)) return false;
  for (const tag of campaign.tags ?? [])
    for (const { per, count } of tags[tag] ?? [])
      if (
        exposures(per).filter(({ properties }) => (properties!.tags as string[] | undefined)?.includes(tag))
          .length >= count
      )
        return false;
  const cost = campaign.attention ?? 1;
  if (!attention || !cost) return true;
  let spent = cost;
  for (const { properties } of exposures(attention.per))
    spent += (properties!.attention as number | undefined) ?? 1;
  return spent <= attention.budget;
}
