import type { Within } from './conditions.js';
import { durationMs } from './duration.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';

/** A window made ready. */
export interface Window {
  isSession: boolean;
  /** Back from now, ms; unlimited if it is no duration. The future counts as inside: clocks get set. */
  limit: number;
  /** Between dates: from this moment on, up to but without that one; unlimited if it is none. */
  from: number;
  until: number;
}

/** Throws `UnknownOperator` for garbage. An event lies in a window by its own time. */
export function windowOf(within: Within = 'ever'): Window {
  if (typeof within == 'object') {
    allowKeys(within, 'from until');
    const { from = -Infinity, until = Infinity } = within;
    return { isSession: false, limit: Infinity, from: moment(from), until: moment(until) };
  }
  const isSession = within == 'session';
  const limit = isSession || within == 'ever' ? Infinity : durationMs(within);
  if (limit != limit) throw new UnknownOperator(within);
  return { isSession, limit, from: -Infinity, until: Infinity };
}

/** Whether an event at that time lies between the window's dates. */
export const isBetween = ({ from, until }: Window, time: number) => time >= from && time < until;

/** A date without its zone would be another moment on each device. */
function moment(date: string | number): number {
  const ms = typeof date == 'number' || !/(Z|[+-]\d\d:\d\d)$/.test(date) ? Number(date) : Date.parse(date);
  if (ms != ms) throw new UnknownOperator(String(date));
  return ms;
}
