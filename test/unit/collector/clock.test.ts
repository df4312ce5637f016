import { describe, expect, it } from 'vitest';
import { correctedTime } from '../../../src/collector/store/clock.js';
import { createClocks } from '../../../src/collector/store/clocks.js';
import { seeded } from './batches.js';

/** A device: its wall clock is wrong by `skewMs`, its monotonic clock counts what it was awake. */
interface Device {
  skewMs: number;
  asleepMs: number;
  origin: string;
}

const START = Date.UTC(2026, 9, 1);

/** A row of one event that really happened at `trueMs`, written 10 ms later. */
function row(device: Device, trueMs: number) {
  const time = trueMs + device.skewMs;
  return {
    time,
    trueMs,
    row: { monotonic: trueMs + 10 - START - device.asleepMs, origin: device.origin },
  };
}

/** Sends rows at `trueMs`; resolves to the error of each corrected time, ms. */
function send(
  clocks: ReturnType<typeof createClocks>,
  device: Device,
  rows: ReturnType<typeof row>[],
  trueMs: number,
  transitMs: number,
) {
  const receivedAt = trueMs + transitMs;
  const clock: [number, number] = [trueMs + device.skewMs, trueMs - START - device.asleepMs];
  const correction = clocks.correctionOf(1n, { clock, origin: device.origin }, receivedAt);
  return rows.map(({ time, trueMs: happened, row: ofDevice }) => {
    const at = correctedTime(time, correction(ofDevice, time), receivedAt);
    expect(at).toBeLessThanOrEqual(receivedAt);
    return at - happened;
  });
}

const device = (skewMs = 0): Device => ({ skewMs, asleepMs: 0, origin: 'page-1' });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

describe('the corrected time', () => {
  it('of a right clock is the raw one, however slow the request was', () => {
    const clocks = createClocks();
    const one = device();
    for (const [index, transit] of [200, 40, 30_000, 9_000, 119_000].entries()) {
      const now = START + index * 5 * MINUTE;
      expect(send(clocks, one, [row(one, now - 3_000)], now, transit)).toEqual([0]);
    }
  });

  it.each([8_000, 12_000, 15_000, 18_000])(
    'of a right clock is the raw one when the very first request took %i ms',
    (transitMs) => {
      const [clocks, one] = [createClocks(), device()];
      // The SDK waits for an answer for 15 s; what left by then may be a little longer on its way.
      for (const at of [START, START + MINUTE])
        expect(send(clocks, one, [row(one, at - 3_000)], at, transitMs)).toEqual([0]);
    },
  );

  it('of a clock that is less than 20 s behind is the raw one, until three batches say the same', () => {
    const [clocks, one] = [createClocks(), device(-15_000)];
    const errors = [0, 1, 2, 3].flatMap((n) => {
      const now = START + n * MINUTE;
      return send(clocks, one, [row(one, now - 1_000)], now, 100);
    });
    expect(errors).toEqual([-15_000, -15_000, 100, 100]);
  });

  it.each([-10 * YEAR, 10 * YEAR, -HOUR, HOUR, -5 * MINUTE, -MINUTE, -25_000, 5_000])(
    'of a clock that is wrong by %i ms is right within a second at the median, and a stalled request moves nothing',
    (skewMs) => {
      const random = seeded(Math.abs(skewMs));
      const clocks = createClocks();
      const one = device(skewMs);
      const errors: number[] = [];
      for (let n = 0; n < 50; n++) {
        const now = START + 11 * YEAR + n * 20_000;
        const transit = n % 10 === 9 ? 30_000 : 50 + random() * 300;
        errors.push(...send(clocks, one, [row(one, now - 9_000), row(one, now - 1_000)], now, transit));
      }
      const sorted = errors.map(Math.abs).sort((a, b) => a - b);
      expect(sorted[sorted.length / 2]).toBeLessThanOrEqual(1_000);
      expect(sorted.at(-1)).toBeLessThanOrEqual(1_000);
    },
  );

  it.each([HOUR, -HOUR])('survives a clock set by %i ms between two batches, and within one', (jumpMs) => {
    const clocks = createClocks();
    const one = device(-2 * HOUR);
    expect(Math.abs(send(clocks, one, [row(one, START)], START + 1_000, 100)[0]!)).toBeLessThan(500);
    const old = row(one, START + 10_000);
    one.skewMs += jumpMs;
    const fresh = row(one, START + 20_000);
    // The first after the jump is also a slow one.
    for (const error of send(clocks, one, [old, fresh], START + 21_000, 20_000)) {
      expect(Math.abs(error)).toBeLessThan(500);
    }
    expect(Math.abs(send(clocks, one, [row(one, START + 50_000)], START + 51_000, 100)[0]!)).toBeLessThan(
      500,
    );
  });

  it('survives a clock set back in the first batch of all, by the monotonic clock', () => {
    const one = device(HOUR);
    const old = row(one, START + 1_000);
    one.skewMs = 0;
    expect(Math.abs(send(createClocks(), one, [old], START + 30_000, 100)[0]!)).toBeLessThan(500);
  });

  it.each([300, 15_000])(
    'survives a clock set forward in the first batch of all, %i ms under way, if it was right before',
    (transitMs) => {
      const one = device();
      const old = row(one, START + 1_000);
      one.skewMs = HOUR;
      const [ofOld, ofFresh] = send(
        createClocks(),
        one,
        [old, row(one, START + 2_000)],
        START + 3_000,
        transitMs,
      );
      expect(ofOld).toBe(0);
      // Of a clock that is really wrong nobody knows yet how much of the difference was the way.
      expect(ofFresh).toBe(transitMs);
    },
  );

  it('is not misled by a machine that slept, whose monotonic clock slept with it', () => {
    const clocks = createClocks();
    const one = device(-30_000);
    send(clocks, one, [row(one, START)], START + 1_000, 100);
    const old = row(one, START + 5_000);
    one.asleepMs = 8 * HOUR;
    const errors = send(clocks, one, [old, row(one, START + 8 * HOUR)], START + 8 * HOUR + 9_000, 100);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(500);
    const first = device();
    const before = row(first, START);
    first.asleepMs = HOUR;
    expect(send(createClocks(), first, [before], START + HOUR, 100)).toEqual([0]);
  });

  it('of another page, sent later, follows the wall clock', () => {
    const clocks = createClocks();
    const one = device(-HOUR);
    const night = row({ ...one, origin: 'last-night' }, START - 9 * HOUR);
    expect(Math.abs(send(clocks, one, [night], START, 100)[0]!)).toBeLessThan(500);
  });

  it('keeps the order of 10,000 events of one device through stalls', () => {
    const random = seeded(77);
    const clocks = createClocks();
    const one = device(-7 * MINUTE);
    let last = 0;
    let inversions = 0;
    for (let n = 0; n < 2_000; n++) {
      const now = START + n * 10_000;
      const rows = Array.from({ length: 5 }, (_, index) => row(one, now - 9_000 + index * 2_000));
      const transit = random() < 0.05 ? 30_000 : 20 + random() * 500;
      for (const [index, error] of send(clocks, one, rows, now, transit).entries()) {
        const at = rows[index]!.trueMs + error;
        if (at < last) inversions += 1;
        last = at;
      }
    }
    expect(inversions).toBe(0);
  });

  it('is kept for a bounded number of devices', () => {
    const clocks = createClocks(2);
    const behind = { clock: [START - HOUR, 0] as [number, number], origin: 'page-1' };
    const ofRow = { monotonic: 0, origin: 'other' };
    const correctedBy = (visitor: bigint, transitMs: number) =>
      clocks.correctionOf(visitor, behind, START + transitMs)(ofRow, START - 2 * HOUR) - HOUR;
    expect([correctedBy(1n, 0), correctedBy(2n, 0)]).toEqual([0, 0]);
    // Known, so it is a slow request; not known any more, so it is the clock.
    expect(correctedBy(1n, 30_000)).toBe(0);
    correctedBy(3n, 0);
    expect(correctedBy(2n, 30_000)).toBe(30_000);
  });
});
