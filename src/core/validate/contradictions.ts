/** Warnings about what a campaign file says that can never come true. It is sound where it warns, not complete. */
import type { Condition } from '../conditions.js';
import { canonical } from './canonical.js';
import { MORE_OPERATORS } from '../moreOperators.js';
import type { Campaign, CampaignFile, Limits, Trigger } from '../program.js';
import { learnOperators } from '../test.js';
import { warnOfDevices, warnOfFuture, warnOfImpossible } from './contradictions/audience.js';
import { warnOfBranches } from './contradictions/branches.js';
import { warnOfCaps } from './contradictions/caps.js';
import { warnOfCountdowns } from './contradictions/countdowns.js';
import { NO_EVENT } from './contradictions/findings.js';
import { createSearch, type Search } from './contradictions/impossible.js';
import { warnOfOpened } from './contradictions/opened.js';
import { warnOfPatterns } from './contradictions/patterns.js';
import { warnOfSchedule } from './contradictions/schedule.js';
import { canMatch, PATH } from './contradictions/subjects.js';
import { canHold } from './contradictions/values.js';
import type { Report } from './report.js';
import { warnOfStop } from './stop.js';

/** Warns about a file that has no errors. `now`: ms since 1970; undefined if what is past or future is not to matter. */
export function warnOfContradictions(file: CampaignFile, now: number | undefined, report: Report): void {
  const { segments = {}, limits = {}, campaigns } = file;
  learnOperators(MORE_OPERATORS);
  const search = createSearch(segments);
  for (const [name, condition] of Object.entries(segments)) {
    warnOfCondition(condition, `segments.${name}`, { search, limits, now }, report);
  }
  campaigns.forEach((campaign, index) => {
    // What has ended is kept for its report.
    if (campaign.status !== 'ended')
      warnOfCampaign(campaign, `campaigns[${index}]`, { search, limits, now }, report);
  });
  warnOfGroups(campaigns, report);
  warnOfOpened(campaigns, report);
  const { caps = [], tags = {} } = limits;
  warnOfCaps(caps, 'limits.caps', report);
  const shared = caps.map((cap, index) => ({ cap, path: `limits.caps[${index}]` }));
  for (const [tag, own] of Object.entries(tags)) warnOfCaps(own, `limits.tags.${tag}`, report, shared);
}

interface Around {
  search: Search;
  limits: Limits;
  now: number | undefined;
}

function warnOfCampaign(campaign: Campaign, path: string, around: Around, report: Report): void {
  const { limits, now } = around;
  const { audience, caps = [], schedule, rollout } = campaign;
  campaign.triggers.forEach((trigger, index) => warnOfTrigger(trigger, `${path}.triggers[${index}]`, report));
  if (audience) warnOfCondition(audience, `${path}.audience`, around, report);
  warnOfCaps(caps, `${path}.caps`, report);
  if (now !== undefined) warnOfCountdowns(campaign, path, now, report);
  if (schedule) warnOfSchedule(schedule, `${path}.schedule`, now, report);
  if (rollout === 0)
    report(
      `${path}.rollout`,
      rollout,
      'makes it be there for nobody new; use a share above 0, or pause it',
      'warning',
    );
  warnOfBranches(campaign, path, report);
  warnOfGoal(campaign, path, report);
  warnOfStop(campaign, path, report);
  warnOfAttention(campaign, path, limits, report);
}

function warnOfCondition(condition: Condition, path: string, { search, now }: Around, report: Report): void {
  warnOfImpossible(search, condition, path, report);
  warnOfDevices(condition, path, report);
  warnOfPatterns(condition, path, report);
  if (now !== undefined) warnOfFuture(condition, path, now, report);
}

function warnOfTrigger(trigger: Trigger, path: string, report: Report): void {
  if ('of' in trigger)
    return trigger.of.forEach((part, index) => warnOfTrigger(part, `${path}.of[${index}]`, report));
  const { page } = trigger;
  if (page && !canHold([{ test: page, isNegated: false }], PATH))
    report(
      `${path}.page`,
      page,
      'is passed by no path of a page, since each begins with "/"; change the test, or remove it',
      'warning',
    );
  if (trigger.on === 'event' && !canMatch(trigger.where))
    report(`${path}.where`, trigger.where, NO_EVENT, 'warning');
}

function warnOfGoal({ goal, triggers }: Campaign, path: string, report: Report): void {
  if (!goal) return;
  if (!canMatch(goal.where)) report(`${path}.goal.where`, goal.where, NO_EVENT, 'warning');
  const at = triggers.findIndex(
    (trigger) =>
      trigger.on === 'event' &&
      trigger.event === goal.event &&
      canonical(trigger.where ?? {}) === canonical(goal.where ?? {}),
  );
  if (at >= 0)
    report(
      `${path}.goal.event`,
      goal.event,
      `is what triggers it (${path}.triggers[${at}]), so only doing it once more counts; choose what the message is meant to lead to`,
      'warning',
    );
}

function warnOfAttention(
  { attention = 1, triggers }: Campaign,
  path: string,
  limits: Limits,
  report: Report,
): void {
  const budget = limits.attention?.budget;
  // What is asked for is not held back.
  if (
    budget === undefined ||
    attention === 0 ||
    attention <= budget ||
    triggers.every(({ on }) => on === 'manual')
  )
    return;
  report(
    `${path}.attention`,
    attention,
    `is more than limits.attention.budget, ${budget}, so it is never shown but when asked for; lower it, or raise the budget`,
    'warning',
  );
}

/** A group keeps its campaigns from each other. Those of a file of one campaign stand in other files. */
function warnOfGroups(campaigns: readonly Campaign[], report: Report): void {
  if (campaigns.length < 2) return;
  campaigns.forEach(({ group, status }, index) => {
    const isAlone =
      group !== undefined && campaigns.every((other, at) => at === index || other.group !== group);
    if (isAlone && status !== 'ended')
      report(
        `campaigns[${index}].group`,
        group,
        'is the group of no other campaign in this file, so here it keeps nothing back; check how it is written, or remove it',
        'warning',
      );
  });
}
