/** Brute force for caps, limits of the site and their clocks: reads the whole log at every question. Shares nothing with src/core. */
import type { PastEvent } from '../../../src/core/decision.js';
import type { Campaign, Cap, Limits } from '../../../src/core/program.js';
import { isInside, matches } from './naive.js';

/** The date of the wall's clock. */
const dateIn = (zone: string, time: number) => new Date(time).toLocaleDateString('sv-SE', { timeZone: zone });

/** The date that day, week or month began. */
function beginOf(unit: string, zone: string, now: number): string {
  const date = new Date(`${dateIn(zone, now)}T12:00Z`);
  if (unit === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  if (unit === 'month') date.setUTCDate(1);
  return date.toISOString().slice(0, 10);
}

function isCounted(event: PastEvent, per: Cap['per'], now: number, session: string): boolean {
  if (typeof per !== 'object') return isInside(event, per, now, session);
  if ('last' in per) return isInside(event, per.last, now, session);
  return dateIn(per.zone!, event.time) >= beginOf(per.calendar, per.zone!, now);
}

/** What a campaign's own cap has counted. */
export function naiveCapCount(
  { of = 'exposure', per }: Cap,
  { id, goal }: Campaign,
  log: PastEvent[],
  now: number,
  session: string,
): number {
  const [event, where] = of === 'goal' ? [goal!.event, goal!.where] : [`$${of}`, { campaign: { eq: id } }];
  return log.filter((past) => matches(past, event, where) && isCounted(past, per, now, session)).length;
}

/** Whether all limits of the site leave room for the campaign. */
export function naiveLimitsAllow(
  { caps = [], tags = {}, attention }: Limits,
  campaign: Campaign,
  log: PastEvent[],
  now: number,
  session: string,
): boolean {
  const exposures = (per: Cap['per']) =>
    log.filter((past) => past.name === '$exposure' && isCounted(past, per, now, session));
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
