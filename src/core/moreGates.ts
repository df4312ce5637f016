/** What few campaigns ask of gates: clocks on the wall, limits of the site, tags, and a share of persons. */
import { unitHash, assign as assignArm, type Assign } from './assign.js';
import { armsAtom, behaviourAtom } from './atoms.js';
import { AUTOMATIC, HOLD_OUT } from './automatic.js';
import type { Facts } from './decision.js';
import type { Register, Scope } from './evaluate.js';
import { compileCombination, isCombination } from './combination.js';
import { COMPILE, compileCaps, countBy } from './gates.js';
import type { Compile, CountBy, Gates, Row } from './gates.js';
import { compileLive, isLive } from './liveTriggers.js';
import { MORE_MEASURES } from './moreMeasures.js';
import type { Cap, Clock, Limits, Program } from './program.js';
import { isZone } from './timeFacts.js';
import { compileTrigger, triggerGate } from './trigger.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';
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
function calendar(per: Clock & object): { days: number; from: (scope: Scope) => number } | undefined {
  if (!('calendar' in per)) return undefined;
  allowKeys(per, 'calendar zone');
  const unit = per.calendar;
  if (!Object.hasOwn(CALENDAR_DAYS, unit)) throw new UnknownOperator(String(unit));
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
  const found = typeof per == 'object' && calendar(per);
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
  const found = typeof per == 'object' && calendar(per);
  if (typeof per == 'object' && !found) allowKeys(per, 'last');
  const within = found ? `${found.days}d` : typeof per == 'object' ? (per as { last: string }).last : per;
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
  allowKeys(cap, 'count per of');
  const { of = 'exposure', per, count } = cap;
  const event = of == 'goal' ? undefined : AUTOMATIC[of];
  if (!event || !(Number.isInteger(count) && count > 0)) throw new UnknownOperator(path);
  const where = tag === undefined ? undefined : { 'tags[]': { eq: tag } };
  const counted = countMore(event, where, per, register);
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
  const limits = caps.map((cap, index) => capLimit(cap, `limits.caps[${index}]`, undefined, register));
  for (const tag of own.tags ?? [])
    for (const [index, cap] of (Object.hasOwn(tags, tag) ? tags[tag]! : []).entries())
      limits.push(capLimit(cap, `limits.tags.${tag}[${index}]`, tag, register));
  const { attention: cost = 1 } = own;
  if (!(cost >= 0)) throw new UnknownOperator('attention');
  if (attention && cost) {
    allowKeys(attention, 'budget per');
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

const schedule: Compile = (campaign, tools) => {
  const { weekdays, hours, zone, ...dates } = campaign.schedule ?? {};
  const inDates = COMPILE.schedule!({ ...campaign, schedule: dates }, tools);
  if (!weekdays && !hours) return inDates;
  const zoneOf = zoneReader(zone);
  const isTime = (text: unknown) => /^([01]\d|2[0-3]):[0-5]\d$/.test(String(text));
  allowKeys(hours, 'from until');
  if ((weekdays && !Array.isArray(weekdays)) || (hours && !(isTime(hours.from) && isTime(hours.until))))
    throw new UnknownOperator('schedule');
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
  if (!(rollout >= 0)) throw new UnknownOperator('rollout');
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
    allowKeys(tools.limits, 'contacts holdOut attention caps tags');
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
