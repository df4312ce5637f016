import type { Condition } from '../../core/conditions.js';
import { wilsonInterval } from '../../core/statistics/wilson.js';
import { UnknownOperator } from '../../core/unknownOperator.js';
import type { SegmentSize } from '../api.js';
import { moment, utcDay, type Report, type ReportContext } from '../reports/report.js';
import { definitionsOf } from '../store/siteDocuments.js';
import { compileAudience, isIn, wantedBy, type Audience } from './audience.js';
import { createFound } from './asked.js';
import { createSizeCache } from './sizeCache.js';
import { oneAtATime, walk } from './walk.js';

/** What was asked holds something that this version does not understand, or does not allow here. */
export interface Refused {
  refused: string;
}

export interface SegmentSizeParams {
  /** A stored segment, or a condition that need not be stored. */
  name?: string;
  condition?: Condition;
  /** ms; absent for now. */
  at?: number | undefined;
  sample: boolean;
  /** After this the persons seen are taken for a sample. */
  maxMs?: number;
}

/** Of all persons, where a sample is asked for. */
const SAMPLE_SHARE = 0.1;
/** No one waits longer for a number. */
const MAX_MS = 20_000;

const cache = createSizeCache<SegmentSize>();

/**
 * How many visitors (browsers) and persons are in a segment at a moment: the condition is asked of each visitor's log up to then,
 * by the code that asks it on the device; a person is in if one of its visitors is. The present is that of the visitor's last
 * page and session. Of a sample, the numbers are estimates and the interval has 95 %.
 */
export const segmentSize: Report<SegmentSizeParams, SegmentSize | Refused> = async (context, params) => {
  const definitions = await definitionsOf(context.settings, context.site);
  const { name, at, sample, maxMs = MAX_MS } = params;
  const condition = name === undefined ? params.condition : own(definitions.segments, name);
  if (condition === undefined) return undefined;
  const count = () => countIn(context, compileAudience(condition, definitions), { at, sample, maxMs });
  try {
    if (at !== undefined) return await oneAtATime(count);
    const key = [context.site, condition, definitions, sample, utcDay(context.nowMs)];
    // Who got less than was asked for, as its time ran out, may ask again when there is more of it.
    return await cache.get(key, count, (size) => (size.sample?.share ?? 1) === shareOf(sample));
  } catch (error) {
    if (error instanceof UnknownOperator) return { refused: error.message };
    throw error;
  }
};

export const own = <T>(holder: { [name: string]: T }, name: string): T | undefined =>
  Object.hasOwn(holder, name) ? holder[name] : undefined;

const shareOf = (isSample: boolean) => (isSample ? SAMPLE_SHARE : 1);

async function countIn(
  context: ReportContext,
  audience: Audience,
  { at, sample, maxMs }: { at: number | undefined; sample: boolean; maxMs: number },
): Promise<SegmentSize> {
  const now = at ?? context.nowMs;
  const found = createFound(audience.asked);
  const all = await countAll(context, now);
  const seen = { visitors: 0, visitorsIn: 0, persons: 0, personsIn: 0 };
  let [lastPerson, isPersonIn] = ['', false];
  const extent = { share: shareOf(sample), maxMs };
  const { share } = await walk(context, wantedBy(audience, now), extent, (log) => {
    const { isMember, facts } = isIn(log, audience, now);
    found.note(facts);
    if (log.person !== lastPerson) {
      [lastPerson, isPersonIn] = [log.person, false];
      seen.persons += 1;
    }
    seen.visitors += 1;
    if (!isMember) return;
    seen.visitorsIn += 1;
    if (!isPersonIn) seen.personsIn += 1;
    isPersonIn = true;
  });
  const interval = wilsonInterval(seen.personsIn, seen.persons);
  const scaled = (count: number, of: number, whole: number) =>
    share === 1 ? count : of === 0 ? 0 : Math.round((count / of) * whole);
  return {
    asOf: context.asOf,
    at: new Date(now).toISOString(),
    persons: { in: scaled(seen.personsIn, seen.persons, all.persons), of: all.persons },
    visitors: { in: scaled(seen.visitorsIn, seen.visitors, all.visitors), of: all.visitors },
    sample:
      share === 1
        ? null
        : {
            share,
            persons: seen.persons,
            low: Math.floor((interval?.low ?? 0) * all.persons),
            high: Math.ceil((interval?.high ?? 1) * all.persons),
          },
    unknown: found.unknown(),
  };
}

async function countAll({ events, site }: ReportContext, now: number) {
  const [row] = await events.rows<{ visitors: number; persons: number }>(
    `SELECT count(*) AS visitors, count(DISTINCT v.person) AS persons FROM visitors v
     WHERE v.site = $site AND v.first <= ${moment('now')}`,
    { site, now },
  );
  return row ?? { visitors: 0, persons: 0 };
}
