/** Counts of one event in several windows: those of a part are never more than those of the whole. */
import { canonical } from '../canonical.js';
import type { Behaviour, Condition } from '../../conditions.js';
import { durationMs } from '../../duration.js';
import { besides, first, groupsOf, type Finding } from './findings.js';
import type { Count, Literal } from './subjects.js';

/** The least and the most that a test of a count lets through. */
function boundsOf({ is = { gte: 1 } }: Behaviour, isNegated: boolean): [least: number, most: number] {
  const entries = Object.entries(is) as [string, unknown][];
  // A denied test of several comparisons has no bounds that say it.
  if (isNegated && entries.length > 1) return [0, Infinity];
  let [least, most] = [0, Infinity];
  for (const [operator, wanted] of entries) {
    if (typeof wanted !== 'number') continue;
    const name = isNegated ? OPPOSITE[operator] : operator;
    if (name === 'eq' || name === 'gte' || name === 'gt') least = Math.max(least, wanted);
    if (name === 'eq' || name === 'lte' || name === 'lt') most = Math.min(most, wanted);
    // Counts are whole.
    if (name === 'gt') least = Math.max(least, Math.floor(wanted) + 1);
    if (name === 'lt') most = Math.min(most, Math.ceil(wanted) - 1);
  }
  return [least, most];
}

const OPPOSITE: { [operator: string]: string } = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' };

/** What a condition says of a count; undefined for one that speaks of something else. */
export function countOf(node: Condition, isNegated: boolean): Count | undefined {
  if (!('event' in node) || (node.measure ?? 'count') !== 'count') return undefined;
  const { event, where = {}, within = 'ever' } = node;
  const [least, most] = boundsOf(node, isNegated);
  const lengthMs = within === 'ever' ? Infinity : typeof within === 'string' ? durationMs(within) : NaN;
  const isWhole = !Number.isNaN(lengthMs);
  // Sessions and dates are part of nothing but all there ever was.
  const windowMs = isWhole ? lengthMs : Number.MAX_VALUE;
  return { key: canonical([event, where]), least, most, windowMs, isWhole };
}

/** A part of which there must be more than of the whole. */
export const fewerThan = (literals: readonly Literal[]): Finding | undefined =>
  first(
    groupsOf(literals, ({ count }) => count?.key),
    moreThanWhole,
  );

function moreThanWhole(group: readonly Literal[]): Finding | undefined {
  // Wholes come before their parts, so that it is enough to remember the one that allows least.
  const counts = group
    .map((literal) => ({ literal, count: literal.count! }))
    .sort(({ count: a }, { count: b }) =>
      a.windowMs === b.windowMs ? a.most - b.most : b.windowMs - a.windowMs,
    );
  let whole: (typeof counts)[0] | undefined;
  for (const one of counts) {
    const { literal, count } = one;
    if (whole && count.least > whole.count.most)
      return { path: literal.path, value: literal.node, problem: besides([whole.literal]) };
    if (count.isWhole && !(whole && whole.count.most <= count.most)) whole = one;
  }
  return undefined;
}
