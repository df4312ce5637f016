/** What few campaigns ask of gates: clocks on the wall, limits of the site, tags, and a share of persons. */
import { unitHash, assign as assignArm, type Assign } from './assign.js';
import { armsAtom, behaviourAtom } from './atoms.js';
import { AUTOMATIC, HOLD_OUT } from './automatic.js';
import type { Facts } from './decision.js';
import type { Register, Scope } from './evaluate.js';
import { compileCombination, isCombination } from './combination.js';
import { checkCap, COMPILE, compileCaps, countBy, windowBy } from './gates.js';
import type { Compile, CountBy, Gates, Row } from './gates.js';
import { compileLive, isLive } from './liveTriggers.js';
import { MORE_MEASURES } from './moreMeasures.js';
import type { Cap, Clock, Limits, Program } from './program.js';
import { isZone } from './timeFacts.js';
import { compileTrigger, triggerGate } from './trigger.js';
import { checkSays, checkType } from './types.js';
import { UnknownOperator } from './unknownOperator.js';
import { calendarStart, wallClock } from './zonedTime.js';

const DAY_MS = 86_400_000;
/** Longer than each ever is. */
const CALENDAR_DAYS: { [unit: string]: number } = { day: 2, week: 8, month: 32 };

/** The zone that is named, else the visitor's; undefined if that is not known. Throws `UnknownOperator` for no zone. */
function zoneReader(zone: unknown): (facts: Facts) => string | undefined {
  if (zone !== undefined && !isZone(zone)) throw new UnknownOperator('zone');
  return ({ device: { timeZone } }) => zone ?? (isZone(timeZone) ? timeZone : undefined);
}

/** The beginning of the running day, week or month; of the longest they can be where the zone is not known. */
function calendar(per: Clock): { days: number; from: (scope: Scope) => number } | undefined {
  if (!per || typeof per != 'object' || !('calendar' in per)) return undefined;
  checkSays(per, { s: 'calendar', '*': 'zone' });
  const unit = per.calendar;
  if (!Object.hasOwn(CALENDAR_DAYS, unit)) throw new UnknownOperator(unit);
  const days = CALENDAR_DAYS[unit]!;
  const zoneOf = zoneReader(per.zone);
  return {
    days,
    from({ now, facts }) {
      const zone = zoneOf(facts);
      return zone ? calendarStart(unit, now, zone) : now - days * DAY_MS;
    },
  };
}

/** Counts by the clocks of the calendar as well. */
const countMore: CountBy = (event, where, per, register) => {
  const found = calendar(per);
  if (!found) return countBy(event, where, per, register);
  const { days, from } = found;
  const within = `${days}d`;
  const index = register(behaviourAtom({ event, where, within }));
  return (scope) => {
    const { past, facts } = scope;
    // Asked as if its window had just begun then.
    const count = past.read(index, from(scope) + days * DAY_MS, facts.visit.session) as number;
    return count + (past.pruned?.most(event, where, within, scope) ?? 0);
  };
};

/** How much attention exposures have cost by a clock. */
function spentBy(per: Clock, register: Register): (scope: Scope) => number {
  const found = calendar(per);
  const within = found ? `${found.days}d` : windowBy(per);
  const event = AUTOMATIC.exposure;
  const plain = register(behaviourAtom({ event, where: { attention: { exists: false } }, within }));
  const named = register(
    behaviourAtom({ event, within, measure: 'sum', of: 'attention' }, MORE_MEASURES.sum),
  );
  return (scope) => {
    const { past, now, facts } = scope;
    const at = found ? found.from(scope) + found.days * DAY_MS : now;
    const read = (index: number) => past.read(index, at, facts.visit.session) as number;
    return read(plain) + read(named) + (past.pruned?.attention(within, scope) ?? 0);
  };
}

/** A limit made ready: where it stands, what it allows, whether it is kept, and what it found. */
type Limit = (scope: Scope) => Row;

function capLimit(cap: Cap, path: string, tag: string | undefined, register: Register): Limit {
  checkCap(cap);
  const { of = 'exposure', per, count } = cap;
  const where = tag === undefined ? undefined : { 'tags[]': { eq: tag } };
  const counted = countMore(AUTOMATIC[of as 'exposure'], where, per, register);
  return (scope) => {
    const found = counted(scope);
    return [path, found < count, cap, found];
  };
}

function compileLimits(
  { caps = [], tags = {}, attention }: Limits,
  own: { tags?: string[]; attention?: number },
  register: Register,
): Limit[] {
  const { attention: cost = 1 } = own;
  checkType(cost, '+0', 'attention');
  // What concerns only some campaigns turns only those off.
  checkType(own.tags, '[u', 'tags');
  if (own.tags?.length) checkType(tags, 'o', 'limits.tags');
  if (cost && attention !== undefined) checkSays(attention, { '+0': 'budget', so: 'per' });
  checkType(caps, '[', 'limits.caps');
  const limits = caps.map((cap, index) => capLimit(cap, `limits.caps[${index}]`, undefined, register));
  for (const tag of own.tags ?? []) {
    const path = `limits.tags.${tag}`;
    const its = Object.hasOwn(tags, tag) ? tags[tag]! : [];
    checkType(its, '[', path);
    its.forEach((cap, index) => limits.push(capLimit(cap, `${path}[${index}]`, tag, register)));
  }
  if (attention && cost) {
    const spent = spentBy(attention.per, register);
    limits.push((scope) => {
      const found = spent(scope);
      return ['limits.attention', found + cost <= attention.budget, attention, found];
    });
  }
  return limits;
}

/** Between two times of the day, which are written alike; over midnight if the second is the earlier. */
export const isWithin = <Time extends string | number>(
  time: Time,
  { from, until }: { from: Time; until: Time },
) => (from <= until ? time >= from && time < until : time >= from || time < until);

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const schedule: Compile = (campaign, tools) => {
  checkType(campaign.schedule, 'ou', 'schedule');
  const { weekdays, hours, zone, ...dates } = campaign.schedule ?? {};
  const inDates = COMPILE.schedule!({ ...campaign, schedule: dates }, tools);
  const zoneOf = zoneReader(zone);
  if (weekdays === undefined && hours === undefined) return inDates;
  checkType(weekdays, '[u', 'weekdays');
  // A text would be no day, and it would never be due.
  for (const day of weekdays ?? []) checkType(day, '+', 'weekdays');
  if (hours !== undefined) {
    checkSays(hours, { s: 'from until' });
    if (![hours.from, hours.until].every((time) => TIME.test(time))) throw new UnknownOperator('hours');
  }
  return (context) => {
    const where = zoneOf(context.facts);
    const wall = where ? wallClock(context.now, where) : undefined;
    const rows: Row[] = [];
    // Where it is not known what time it is, nothing is shown at the wrong one.
    if (weekdays)
      rows.push(['schedule.weekdays', !!wall && weekdays.includes(wall.weekday), weekdays, wall?.weekday]);
    if (hours) rows.push(['schedule.hours', !!wall && isWithin(wall.time, hours), hours, wall?.time]);
    return [...inDates(context), ...rows];
  };
};

const trigger = triggerGate((trigger, id, path, tools) =>
  isCombination(trigger)
    ? compileCombination(trigger, id, path, tools)
    : (isLive(trigger, tools.faults) ? compileLive : compileTrigger)(trigger, id, path, tools),
);

/** A share of persons; who has been exposed once stays in, whoever it turns out to be. */
const audience: Compile = (campaign, tools) => {
  const inAudience = COMPILE.audience!(campaign, tools);
  const { id, rollout } = campaign;
  if (rollout === undefined) return inAudience;
  checkType(rollout, '+0', 'rollout');
  const arms = tools.register(armsAtom());
  return (context) => {
    const { past, now, facts } = context;
    const point = unitHash(`${id}/rollout/${facts.user ?? facts.visitor}`);
    const isIn = point < rollout || Object.hasOwn(past.read(arms, now, '') as object, id);
    return [['rollout', isIn, rollout, point], ...inAudience(context)];
  };
};

const frequency: Compile = (campaign, { register, limits = {} }) => {
  const own = compileCaps(campaign, { register }, countMore);
  const shared = compileLimits(limits, campaign, register);
  return (context) => {
    // What somebody asks for, and what is there already, is not held back by what else there was.
    const isFree = context.isAsked || context.isAgain || context.occasion.trigger == 'manual';
    return [...own(context), ...(isFree ? [] : shared.map((limit) => limit(context)))];
  };
};

export const MORE_GATES: Gates = {
  status: (campaign, tools) => {
    const { tags, attention, rollout, stop, values, ...rest } = campaign;
    checkType(values, 'ou', 'values');
    checkType(tags, '[u', 'tags');
    for (const tag of tags ?? []) checkType(tag, 's', 'tags');
    const { limits = {} } = tools;
    checkSays(limits, { bu: 'contacts', '+0u': 'holdOut', '*': 'attention caps tags' });
    return COMPILE.status!(rest, { ...tools, limits: undefined });
  },
  schedule,
  trigger,
  audience,
  frequency,
};

/** With a hold-out: who is in it, or has once been, sees nothing that is new. */
export function assignWith({ limits }: Program): Assign | undefined {
  const share = limits?.holdOut;
  if (!share) return undefined;
  return (person, campaign, arms) =>
    Object.values(arms).includes(HOLD_OUT) || unitHash(`/holdout/${person}`) < share
      ? HOLD_OUT
      : assignArm(person, campaign);
}
