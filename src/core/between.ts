import type { Between } from './conditions.js';
import { dateMs } from './date.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';
import type { Window } from './window.js';

/** The window between dates. Throws `UnknownOperator` for garbage. */
export function between(dates: Between): Window {
  allowKeys(dates, 'from until');
  const { from, until } = dates;
  // Between no dates would be ever.
  if (from === until) throw new UnknownOperator('within');
  return {
    limit: Infinity,
    from: from === undefined ? -Infinity : moment(from),
    until: until === undefined ? Infinity : moment(until),
  };
}

/** A date without its zone would be another moment on each device. */
function moment(date: string): number {
  const ms = /(Z|[+-]\d\d:\d\d)$/.test(date) ? dateMs(date) : NaN;
  if (Number.isNaN(ms)) throw new UnknownOperator(date);
  return ms;
}
