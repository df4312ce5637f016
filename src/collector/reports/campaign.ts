import { CONTROL } from '../../core/automatic.js';
import type { Campaign } from '../../core/program.js';
import type { CampaignReport } from '../api.js';
import { campaignCounts, goalCounts } from './campaignCounts.js';
import { ANSWER, CLICK, IMPRESSION } from './eventNames.js';
import { FIRST_EXPOSURE } from './firstExposure.js';
import { goalsOf, type Reached } from './goals.js';
import {
  campaignsOf,
  firstMomentOf,
  lastDays,
  moment,
  stopsOf,
  utcDay,
  type Report,
  type ReportContext,
} from './report.js';

const DAYS = 30;

/**
 * One campaign: counts since it began, persons per UTC day for 30 days (a goal on the day it was first reached), and per arm.
 * A person belongs to the arm of the first exposure; shown and clicked of an arm are that arm's persons.
 */
export const campaign: Report<{ id: string }, CampaignReport> = async (context, { id }) => {
  const document = (await campaignsOf(context)).find((one) => one.id === id);
  if (!document) return undefined;
  const reached = await goalsOf(context, document.body);
  const counts = await campaignCounts(context, [document.body]);
  const stopped = (await stopsOf(context, [document])).get(id);
  return {
    asOf: context.asOf,
    campaign: document.body,
    ...(stopped && { stopped }),
    version: document.version,
    counts: counts.get(id)!,
    daily: await dailyOf(context, id, reached),
    arms: await armsOf(context, document.body, reached),
    inSeveralArms: await inSeveralArms(context, id),
  };
};

async function dailyOf(
  context: ReportContext,
  id: string,
  reached: readonly Reached[],
): Promise<CampaignReport['daily']> {
  const rows = await context.events.rows<{ day: string; shown: number; clicked: number; answered: number }>(
    `SELECT strftime(e.corrected, '%Y-%m-%d') AS day,
       count(DISTINCT v.person) FILTER (e.name = ${IMPRESSION}) AS shown,
       count(DISTINCT v.person) FILTER (e.name = ${CLICK}) AS clicked,
       count(DISTINCT v.person) FILTER (e.name = ${ANSWER}) AS answered
     FROM events e JOIN visitors v ON v.no = e.visitor
     WHERE e.site = $site AND e.campaign = $id AND e.corrected >= ${moment('from')} GROUP BY day`,
    { site: context.site, id, from: firstMomentOf(DAYS, context.nowMs) },
  );
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const goalDays = firstDays(reached);
  return lastDays(DAYS, context.nowMs).map((day) => ({
    day,
    shown: byDay.get(day)?.shown ?? 0,
    clicked: byDay.get(day)?.clicked ?? 0,
    answered: byDay.get(day)?.answered ?? 0,
    goal: goalDays.get(day) ?? 0,
  }));
}

/** Persons per day of their first goal. */
function firstDays(reached: readonly Reached[]): Map<string, number> {
  const seen = new Set<string>();
  const days = new Map<string, number>();
  for (const { person, reachedMs } of reached) {
    if (seen.has(person)) continue;
    seen.add(person);
    days.set(utcDay(reachedMs), (days.get(utcDay(reachedMs)) ?? 0) + 1);
  }
  return days;
}

/** Of each arm its persons, and what they did. */
export async function armsOf(
  context: ReportContext,
  { id, variants, control = 0 }: Campaign,
  reached: readonly Reached[],
): Promise<CampaignReport['arms']> {
  const rows = await context.events.rows<{
    variant: string;
    exposed: number;
    shown: number;
    clicked: number;
  }>(
    `WITH ${FIRST_EXPOSURE}, did AS (
       SELECT v.person, bool_or(e.name = ${IMPRESSION}) AS shown, bool_or(e.name = ${CLICK}) AS clicked
       FROM events e JOIN visitors v ON v.no = e.visitor
       WHERE e.site = $site AND e.campaign = $id GROUP BY v.person)
     SELECT x.variant, count(*) AS exposed, count(*) FILTER (d.shown) AS shown, count(*) FILTER (d.clicked) AS clicked
     FROM first_exposure x JOIN did d ON d.person = x.person
     WHERE x.campaign = $id AND x.variant IS NOT NULL GROUP BY x.variant`,
    { site: context.site, id },
  );
  const byArm = new Map(rows.map((row) => [row.variant, row]));
  const authored = [...variants.map((variant) => variant.id), ...(control > 0 ? [CONTROL] : [])];
  // Arms of earlier versions stay visible as long as somebody was in them.
  const arms = new Set([...authored, ...[...byArm.keys()].sort()]);
  return [...arms].map((variant) => ({
    variant,
    exposed: byArm.get(variant)?.exposed ?? 0,
    shown: byArm.get(variant)?.shown ?? 0,
    clicked: byArm.get(variant)?.clicked ?? 0,
    ...goalCounts(reached.filter((one) => one.variant === variant)),
  }));
}

/** The same persons and exposures as those the arms are made of. */
async function inSeveralArms({ events, site }: ReportContext, id: string): Promise<number> {
  const [row] = await events.rows<{ persons: number }>(
    `WITH ${FIRST_EXPOSURE}, several AS (
       SELECT person FROM exposure WHERE campaign = $id GROUP BY person HAVING count(DISTINCT variant) > 1)
     SELECT count(*) AS persons FROM several`,
    { site, id },
  );
  return row?.persons ?? 0;
}
