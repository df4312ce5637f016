import { checkCondition, checkDates, checkDuration, checkEventName, checkMeasured } from './condition.js';
import { checkCaps, checkHours, checkTags } from './caps.js';
import { checkContent } from './content.js';
import type { Around } from './content/wording.js';
import { checkStop } from './stop.js';
import type { Fields, Report } from './report.js';
import {
  atMost,
  checkId,
  checkNumber,
  checkPath,
  checkWord,
  fieldsAt,
  isFields,
  isShaped,
  isText,
  listAt,
  textOf,
} from './report.js';
import { checkWhere } from './test.js';
import { checkTriggers } from './triggers.js';
import { MOST, PURPOSES, RANGES, RESERVED_ARMS, STATUSES } from './vocabulary.js';

const CAMPAIGN_KEYS = [
  'id',
  'name',
  'status',
  'triggers',
  'audience',
  'caps',
  'priority',
  'group',
  'tags',
  'attention',
  'rollout',
  'schedule',
  'purpose',
  'control',
  'values',
  'variants',
  'goal',
  'stop',
  'language',
  'note',
];
/** Checks one campaign of a file. `ids` holds those seen before. */
export function checkCampaign(value: unknown, path: string, ids: Set<unknown>, report: Report): void {
  const campaign = fieldsAt(value, path, CAMPAIGN_KEYS, report);
  if (!campaign) return;
  if (!isShaped(campaign.id, 'campaignId'))
    report(`${path}.id`, campaign.id, 'is not an id; use 1 to 64 of a-z, 0-9 and "-"');
  else checkId(campaign.id, `${path}.id`, ids, report);
  if (!isText(campaign.name))
    report(`${path}.name`, campaign.name, 'is not a name; give the campaign one that people know it by');
  checkWord(campaign.status, `${path}.status`, STATUSES, report, 'status');
  checkTriggers(campaign.triggers, `${path}.triggers`, report);
  if (campaign.audience !== undefined) checkCondition(campaign.audience, `${path}.audience`, report);
  if (campaign.caps !== undefined)
    checkCaps(campaign.caps, `${path}.caps`, campaign.goal !== undefined, report);
  if (campaign.priority !== undefined)
    checkNumber(campaign.priority, `${path}.priority`, RANGES.priority, report);
  if (campaign.group !== undefined && !isText(campaign.group))
    report(`${path}.group`, campaign.group, 'is not a group; give it a name');
  if (campaign.tags !== undefined) checkTags(campaign.tags, `${path}.tags`, report);
  if (campaign.attention !== undefined)
    checkNumber(campaign.attention, `${path}.attention`, RANGES.attention, report);
  if (campaign.rollout !== undefined)
    checkNumber(campaign.rollout, `${path}.rollout`, RANGES.rollout, report);
  if (campaign.schedule !== undefined) checkSchedule(campaign.schedule, `${path}.schedule`, report);
  if (campaign.purpose !== undefined)
    checkWord(campaign.purpose, `${path}.purpose`, PURPOSES, report, 'purpose');
  if (campaign.control !== undefined) checkNumber(campaign.control, `${path}.control`, RANGES.unseen, report);
  if (campaign.goal !== undefined) checkGoal(campaign.goal, `${path}.goal`, report);
  if (campaign.stop !== undefined)
    checkStop(campaign.stop, `${path}.stop`, campaign.goal !== undefined, report);
  const language = isText(campaign.language) ? campaign.language : 'en';
  if (campaign.language !== undefined && !isShaped(campaign.language, 'language'))
    report(`${path}.language`, campaign.language, 'is not a language tag; use one such as "en" or "ja"');
  if (campaign.note !== undefined && typeof campaign.note !== 'string')
    report(`${path}.note`, campaign.note, 'is not a text; write why the campaign exists, or remove it');
  if (campaign.values !== undefined) checkValues(campaign.values, `${path}.values`, report);
  const values = Object.entries(isFields(campaign.values) ? campaign.values : {});
  const around: Around = {
    language,
    values: new Set(values.map(([name]) => name)),
    automatic: new Set(values.filter(([, value]) => isAutomatic(value)).map(([name]) => name)),
    hasEvent: JSON.stringify(campaign.triggers ?? '').includes('"on":"event"'),
    allowsContacts: !!report.allowsContacts,
  };
  checkVariants(campaign.variants, `${path}.variants`, around, report);
  checkUnasked(campaign, path, report);
}

const isAutomatic = (value: unknown) => isFields(value) && textOf(value.event).startsWith('$');

/** Checks what the campaign's texts may say: behaviours, measured and not compared, and facts of the user, by name. */
function checkValues(value: unknown, path: string, report: Report): void {
  if (!isFields(value))
    return report(path, value, 'is not an object; write {"viewed": {"event": "view_item", …}}');
  const limit = { most: MOST.values, what: 'values' };
  for (const [name, measured] of atMost(Object.entries(value), path, limit, report)) {
    const isName: boolean = isShaped(name, 'valueName');
    if (!isName)
      report(
        `${path}.${name}`,
        name,
        'is not a name that texts can have; use 1 to 64 letters, digits or "_"',
      );
    if (!isFields(measured) || !('fact' in measured)) checkMeasured(measured, `${path}.${name}`, report);
    else if (fieldsAt(measured, `${path}.${name}`, ['fact'], report))
      checkPath(
        measured.fact,
        `${path}.${name}.fact`,
        'is not a fact of the user; name one such as "plan"',
        report,
      );
  }
}

/** A message over all of the page comes only where the visitor asked for it. */
function checkUnasked({ triggers, variants }: Fields, path: string, report: Report): void {
  const unasked = Array.isArray(triggers)
    ? triggers.findIndex((trigger) => isFields(trigger) && trigger.on !== 'manual' && trigger.on !== 'event')
    : -1;
  if (unasked < 0 || !Array.isArray(variants)) return;
  variants.forEach((variant: unknown, index) => {
    const content = isFields(variant) && variant.content;
    if (isFields(content) && content.format === 'full-screen')
      report(
        `${path}.variants[${index}].content.format`,
        'full-screen',
        `covers the page, so only "manual", or an event of a click, may bring it; triggers[${unasked}] comes by itself`,
      );
  });
}

function checkSchedule(value: unknown, path: string, report: Report): void {
  const schedule = fieldsAt(value, path, ['from', 'until', 'weekdays', 'hours', 'zone'], report);
  if (!schedule) return;
  checkDates({ from: schedule.from, until: schedule.until }, path, report);
  checkHours(schedule, path, report);
}

function checkGoal(value: unknown, path: string, report: Report): void {
  const goal = fieldsAt(value, path, ['event', 'where', 'window', 'value'], report);
  if (!goal) return;
  checkEventName(goal.event, `${path}.event`, report);
  checkWhere(goal.where, `${path}.where`, report);
  checkDuration(goal.window, `${path}.window`, report);
  if (goal.value !== undefined)
    checkPath(goal.value, `${path}.value`, 'is not a property; name one such as "value"', report);
}

function checkVariants(value: unknown, path: string, around: Around, report: Report): void {
  const variants = listAt(value, path, report, '{"id": "a", "content": {…}}', {
    most: MOST.variants,
    what: 'variants',
  });
  if (Array.isArray(value) && !variants.length)
    report(path, variants, 'is empty, so there is nothing to show; add one');
  const ids = new Set<unknown>(RESERVED_ARMS);
  variants.forEach((item, index) => {
    const at = `${path}[${index}]`;
    const variant = fieldsAt(item, at, ['id', 'weight', 'content'], report);
    if (!variant) return;
    if (RESERVED_ARMS.includes(variant.id as string))
      report(
        `${at}.id`,
        variant.id,
        'is an arm that sees nothing; choose another id and use "control": 0.1 of the campaign, or "holdOut" of the limits',
      );
    else checkId(variant.id, `${at}.id`, ids, report);
    if (variant.weight !== undefined) checkNumber(variant.weight, `${at}.weight`, RANGES.weight, report);
    checkContent(variant.content, `${at}.content`, around, report);
  });
  if (variants.length && variants.every((item) => isFields(item) && item.weight === 0))
    report(path, 0, 'is the weight of every variant; give one of them more');
}
