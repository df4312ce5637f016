/** Where one session ends and the next begins, whatever the clock does. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sessionAt, sessionStart, type Session } from '../../../src/sdk/session.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-05-01T00:00Z');

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));
afterEach(() => vi.unstubAllGlobals());

/** Numbers of the sessions of events at these times. */
function numbersAt(times: number[]): number[] {
  let ids = 0;
  let session: Session | undefined;
  return times.map((time) => {
    session = sessionAt(session, time, () => `s${(ids += 1)}`);
    expect(session.id).toBe(`s${session.number}`);
    return session.number;
  });
}

describe('a session', () => {
  it('ends after half an hour of nothing', () => {
    const minutes = [0, 29, 58, 88, 117];
    expect(numbersAt(minutes.map((minute) => NOW + minute * MINUTE_MS))).toEqual([1, 1, 1, 2, 2]);
  });

  it('ends when the clock is put back by half an hour or more', () => {
    const days = [365, 0, 0.01, 1, 30, 364];
    expect(numbersAt(days.map((day) => NOW + day * DAY_MS))).toEqual([1, 2, 2, 3, 4, 5]);
  });

  it('goes on when it is put back by less, and ends half an hour later as ever', () => {
    const minutes = [0, -20, 9, 38, 39, 70];
    expect(numbersAt(minutes.map((minute) => NOW + minute * MINUTE_MS))).toEqual([1, 1, 1, 1, 1, 2]);
    expect(numbersAt([0, -20, 11].map((minute) => NOW + minute * MINUTE_MS))).toEqual([1, 1, 2]);
  });

  it('is new only the first time', () => {
    const first = sessionAt(undefined, NOW, () => 'a');
    const second = sessionAt(first, NOW + DAY_MS, () => 'b');
    const isNew = [first, second].map((session) => sessionStart(session, NOW).properties!.new);
    expect(isNew).toEqual([true, false]);
  });
});
