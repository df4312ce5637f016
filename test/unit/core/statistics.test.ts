import { describe, expect, it } from 'vitest';
import { meanInterval, meanOf } from '../../../src/core/statistics/mean.js';
import { npsInterval } from '../../../src/core/statistics/nps.js';
import {
  alwaysValidHalfWidth,
  provenHarm,
  shareDifference,
} from '../../../src/core/statistics/alwaysValid.js';
import { wilsonInterval } from '../../../src/core/statistics/wilson.js';
import { seeded } from '../collector/batches.js';

describe('npsInterval', () => {
  it.each([
    [50, 30, 20, 30, 14.05, 44.2],
    [5, 3, 2, 30, -19.05, 65.2],
    [120, 50, 30, 45, 34.14, 54.53],
    [10, 0, 0, 100, 47.5, 100],
  ])('%i promoters, %i passives, %i detractors', (promoters, passives, detractors, score, low, high) => {
    const interval = npsInterval(promoters, passives, detractors)!;
    expect(interval.score).toBeCloseTo(score, 9);
    expect(interval.low.toFixed(2)).toBe(low.toFixed(2));
    expect(interval.high.toFixed(2)).toBe(high.toFixed(2));
  });
  it('mirrors when promoters and detractors change places', () => {
    const one = npsInterval(7, 2, 1)!;
    const other = npsInterval(1, 2, 7)!;
    expect(other.low).toBeCloseTo(-one.high, 9);
  });
  it('has no score without answers', () => expect(npsInterval(0, 0, 0)).toBeNull());
});

describe('wilsonInterval', () => {
  it.each([
    [42, 50, 0.7149, 0.9166],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
  ])('%i of %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)!;
    expect(interval.low.toFixed(4)).toBe(low.toFixed(4));
    expect(interval.high.toFixed(4)).toBe(high.toFixed(4));
  });
  it('has no interval without trials', () => expect(wilsonInterval(0, 0)).toBeNull());
});

describe('meanInterval', () => {
  it.each([
    // Quantiles of t from its tables: 2.776 with 4 degrees of freedom, 12.706 with 1, 2.262 with 9, 1.984 with 99.
    [[1, 1, 1, 1, 1], 3, 1.037, 4.963],
    [[0, 0, 0, 1, 1, 0, 0, 0, 0, 0], 4.5, 1, 10],
    [[0, 0, 5, 5], 3.5, 3.123, 3.877],
    [[0, 0, 50, 50, 0], 3.5, 3.4, 3.6],
    [[0, 3, 0], 2, 2, 2],
  ])('of so many answers per value: %j', (counts, mean, low, high) => {
    const interval = meanInterval(counts)!;
    expect(interval.mean).toBeCloseTo(mean, 9);
    expect(Math.abs(interval.low - low)).toBeLessThan(0.0015);
    expect(Math.abs(interval.high - high)).toBeLessThan(0.0015);
  });
  it('has none with fewer than two answers, which have a mean at most', () => {
    expect([meanInterval([0, 0]), meanInterval([0, 1]), meanOf([0, 1]), meanOf([0])]).toEqual([
      null,
      null,
      2,
      NaN,
    ]);
  });
});

describe('the always-valid interval', () => {
  it.each([
    [500, 0.172403],
    [1000, 0.106375],
    [5000, 0.0429243],
    [20_000, 0.022112],
    [100_000, 0.0105521],
  ])('of %i persons', (persons, half) => expect(alwaysValidHalfWidth(1, persons)).toBeCloseTo(half, 6));

  it('of two shares is wider than the one for a single look', () => {
    const { value, low, high } = shareDifference({ exposed: 5200, goal: 364 }, { exposed: 5100, goal: 306 })!;
    expect(value).toBeCloseTo(0.01, 9);
    expect((high - low) / 2).toBeCloseTo(0.01488, 5);
    expect((high + low) / 2).toBeCloseTo(value, 9);
  });

  it.each([
    ['nobody', { exposed: 0, goal: 0 }, { exposed: 0, goal: 0 }],
    ['a handful', { exposed: 3, goal: 0 }, { exposed: 3, goal: 3 }],
    ['a small control group', { exposed: 900, goal: 855 }, { exposed: 100, goal: 100 }],
    ['hardly any goal', { exposed: 5000, goal: 0 }, { exposed: 5000, goal: 15 }],
  ])('is not told of %s', (_, treated, control) => expect(shareDifference(treated, control)).toBeNull());
});

describe('provenHarm', () => {
  const control = { exposed: 2000, goal: 200 };
  const arm = (variant: string, goal: number, exposed = 2000) => ({ variant, exposed, goal });

  it('names the variant all of whose interval is below the control group', () => {
    expect(provenHarm([arm('a', 200), arm('b', 60)], control)).toMatchObject({
      variant: 'b',
      difference: { value: -0.07 },
    });
    expect(provenHarm([arm('a', 0)], control)!.variant).toBe('a');
    expect(provenHarm([arm('a', 190), arm('b', 400)], control)).toBeUndefined();
    expect(provenHarm([], control)).toBeUndefined();
  });

  it('asks for more of each the more there are', () => {
    const border = arm('b', 142);
    expect(provenHarm([border], control)).toBeDefined();
    expect(provenHarm([border, arm('c', 200), arm('d', 200)], control)).toBeUndefined();
  });

  it('is claimed in at most 5 % of campaigns that do none, however often one looks', () => {
    const random = seeded(5);
    for (const [share, controlShare] of [
      [0.05, 0.1],
      [0.05, 0.5],
      [0.9, 0.1],
      [0.5, 0.05],
    ] as const) {
      let claimed = 0;
      for (let campaign = 0; campaign < 400; campaign++) {
        const arms = [arm('a', 0, 0), arm('control', 0, 0)] as const;
        for (let person = 1; person <= 6000; person++) {
          const one = arms[random() < controlShare ? 1 : 0];
          one.exposed++;
          if (random() < share) one.goal++;
          if (person % 50 === 0 && provenHarm([arms[0]], arms[1])) {
            claimed++;
            break;
          }
        }
      }
      expect([share, controlShare, claimed / 400 <= 0.05]).toEqual([share, controlShare, true]);
    }
  }, 60_000);
});
