import { describe, expect, it } from 'vitest';
import { npsInterval } from '../../../src/core/statistics/nps.js';
import { wilsonInterval } from '../../../src/core/statistics/wilson.js';

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
