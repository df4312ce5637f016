import type { Between, Within } from './conditions.js';
import { durationMs } from './duration.js';
import { UnknownOperator } from './unknownOperator.js';

/** A window made ready. */
export interface Window {
  isSession?: boolean;
  /** Back from now, ms; unlimited if it is no duration. The future counts as inside: clocks get set. */
  limit: number;
  /** Between dates: from this moment on, up to but without that one; unlimited if it is none. */
  from: number;
  until: number;
}

/** Windows that few programs have, once they are learnt. */
const known: { between?: (dates: Between) => Window } = {};
export const learnWindows = (between: typeof known.between) => void (known.between ??= between);

/** Throws `UnknownOperator` for garbage. An event lies in a window by its own time. */
export function windowOf(within: Within = 'ever'): Window {
  if (known.between && typeof within == 'object') return known.between(within as Between);
  const isSession = within == 'session';
  const limit = isSession || within == 'ever' ? Infinity : durationMs(within as string);
  // A list of one text reads like it.
  if (typeof within != 'string' || limit != limit) throw new UnknownOperator(JSON.stringify(within));
  return { isSession, limit, from: -Infinity, until: Infinity };
}

/** Whether an event at that time lies between the window's dates. */
export const isBetween = ({ from, until }: Window, time: number) => time >= from && time < until;
