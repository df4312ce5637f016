/** Counts of one event in several windows: those of a part are never more than those of the whole. */
import { canonical } from '../../atoms.js';
import type { Behaviour, Within } from '../../conditions.js';
import { durationMs } from '../../duration.js';
import { besides, type Finding } from './findings.js';
import type { Literal } from './subjects.js';

/** Whether all that lies in the first window lies in the second too. */
function isPart(part: Within, whole: Within): boolean {
  if (whole === 'ever') return true;
  const [a, b] = [part, whole].map((within) => (typeof within === 'string' ? durationMs(within) : NaN));
  return a! <= b!;
}

/** The least and the most that a test of a count lets through. */
function boundsOf({ node, isNegated }: Literal): [least: number, most: number] {
  const { is = { gte: 1 } } = node as Behaviour;
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

/** A part of which there must be more than of the whole. */
export function fewerThan(literals: readonly Literal[]): Finding | undefined {
  const counts = literals.filter(({ node }) => 'event' in node && (node.measure ?? 'count') === 'count');
  for (const literal of counts) {
    const part = literal.node as Behaviour;
    const [least] = boundsOf(literal);
    const whole = counts.find((other) => {
      const { event, where = {}, within = 'ever' } = other.node as Behaviour;
      return (
        event === part.event &&
        canonical(where) === canonical(part.where ?? {}) &&
        isPart(part.within ?? 'ever', within) &&
        least > boundsOf(other)[1]
      );
    });
    if (whole) return { path: literal.path, value: part, problem: besides([whole]) };
  }
  return undefined;
}
