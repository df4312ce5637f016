import type { CampaignStop } from '../../collector/api.js';
import type {
  Campaign,
  Cap,
  Combination,
  Goal,
  Schedule,
  SimpleTrigger,
  Stop,
  Trigger,
} from '../../core/program.js';
import type { Phrase, Speech } from './conditions.js';
import { eventPhrase, testWords } from './conditions.js';

function occasionWords(trigger: SimpleTrigger, speech: Speech): string {
  const { on } = speech.t.rules;
  switch (trigger.on) {
    case 'event':
      return on.event(eventPhrase(trigger.event, trigger.where, speech));
    case 'dwell':
      return on.dwell(speech.format.duration(`${trigger.seconds}s`));
    case 'scroll':
      return on.scroll(`${speech.format.number(trigger.percent)} %`);
    case 'visible':
      return on.visible(trigger.selector);
    case 'idle':
      return on.idle(speech.format.duration(`${trigger.seconds}s`));
    case 'rage':
      return on.rage;
    case 'backForth':
      return on.backForth(speech.format.number(trigger.times ?? 1));
    case 'hesitation':
      return on.hesitation(speech.format.duration(`${trigger.seconds}s`), trigger.selector ?? '');
    case 'page':
      return on.page;
    case 'exit':
      return on.exit;
    case 'manual':
      return on.manual;
    default:
      return JSON.stringify(trigger);
  }
}

/** When a campaign's occasion arises, with the pages it is narrowed to. */
export function triggerWords(trigger: Trigger, speech: Speech): Phrase {
  if ('of' in trigger) return combinationWords(trigger, speech);
  const text = occasionWords(trigger, speech);
  if (!trigger.page) return { text };
  return { text, parts: [{ text: speech.t.rules.onPath(testWords(trigger.page, speech)) }] };
}

function combinationWords({ on, of, within = 'session', delay }: Combination, speech: Speech): Phrase {
  const { rules } = speech.t;
  const window =
    within === 'session'
      ? rules.inSession
      : within === 'ever'
        ? rules.ever
        : rules.together(speech.format.duration(within));
  const parts = of.map((part) => triggerWords(part, speech));
  if (delay) parts.push({ text: rules.delayed(speech.format.duration(delay)) });
  return { text: rules.combination[on](window), parts };
}

function capWords(cap: Cap, { t, format }: Speech): Phrase {
  const { rules } = t;
  return {
    text: rules.cap(
      format.number(cap.count),
      rules.capOf[cap.of ?? 'exposure'],
      clockWords(cap.per, rules, format),
    ),
  };
}

function clockWords(per: Cap['per'], rules: Speech['t']['rules'], format: Speech['format']): string {
  if (per === 'session') return rules.perSession;
  if (per === 'ever') return rules.perEver;
  if ('last' in per) return rules.perLast(format.duration(per.last));
  return rules.perCalendar[per.calendar] + (per.zone ? ` (${per.zone})` : '');
}

/** How often one person may be exposed. */
export function frequencyWords(campaign: Campaign, speech: Speech): Phrase[] {
  const { t, format } = speech;
  return [
    ...(campaign.caps ?? []).map((cap) => capWords(cap, speech)),
    ...(campaign.group ? [{ text: t.rules.group(campaign.group) }] : []),
    ...(campaign.control ? [{ text: t.rules.controlShare(format.percent(campaign.control)) }] : []),
  ];
}

export function goalWords(goal: Goal, speech: Speech): Phrase {
  const { t, format } = speech;
  const text = t.rules.goal(eventPhrase(goal.event, goal.where, speech), format.duration(goal.window));
  return goal.value ? { text, parts: [{ text: t.rules.goalValue(goal.value) }] } : { text };
}

export function scheduleWords(schedule: Schedule | undefined, { t, format }: Speech): string {
  const from = schedule?.from ? t.rules.from(format.dateTime(schedule.from)) : '';
  const until = schedule?.until ? t.rules.until(format.dateTime(schedule.until)) : '';
  return [from, until].filter(Boolean).join(' ') || t.campaign.always;
}

/** What stops a campaign by itself. */
export function stopWords({ goals, responses, harm }: Stop, { t, format }: Speech): Phrase[] {
  const words = [
    goals !== undefined && t.stopped.atGoals(format.number(goals)),
    responses !== undefined && t.stopped.atResponses(format.number(responses)),
    harm && t.stopped.atHarm,
  ];
  return words.filter((text) => typeof text === 'string').map((text) => ({ text }));
}

/** Why the collector stopped a campaign. */
export function stoppedWords(stopped: CampaignStop, { t, format }: Speech): string {
  const { by, found = 0, limit = 0, variant = '', difference } = stopped;
  if (by !== 'harm') return t.stopped[by](format.number(found), format.number(limit));
  const { low, high } = difference ?? { low: 0, high: 0 };
  return t.stopped.harm(variant, format.percent(low), format.percent(high));
}

/** The stop conditions with which a stopped campaign goes on: a higher limit, or without the one that stopped it; null for none. */
export function resumedStop(stop: Stop, by: keyof Stop, limit: number | undefined): Stop | null {
  const { [by]: _reached, ...others } = stop;
  if (limit !== undefined) return { ...others, [by]: limit };
  return Object.keys(others).length > 0 ? others : null;
}
