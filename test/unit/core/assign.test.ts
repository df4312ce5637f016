import { describe, expect, it } from 'vitest';
import { assign, unitHash } from '../../../src/core/assign.js';
import type { Campaign } from '../../../src/core/program.js';

const content = { format: 'modal' as const, cards: [] };
const campaign = (control: number, weights: number[], id = 'c'): Campaign => ({
  id,
  name: id,
  status: 'live',
  triggers: [],
  control,
  variants: weights.map((weight, index) => ({ id: `v${index}`, weight, content })),
});

function chiSquare(counts: number[], shares: number[]): number {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.reduce((sum, count, i) => sum + (count - total * shares[i]!) ** 2 / (total * shares[i]!), 0);
}

/** Ids that resemble each other, as counters and UUIDv7s of one minute do. */
const persons = Array.from(
  { length: 100_000 },
  (_, i) => `0190f0a0-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
);

describe('unitHash', () => {
  it('spreads 100,000 similar ids evenly over 100 cells (chi-square, p > 0.001)', () => {
    const counts = new Array<number>(100).fill(0);
    for (const person of persons) counts[Math.floor(unitHash(person) * 100)]!++;
    // 99 degrees of freedom: 148.2 at p = 0.001; suspiciously even below 61.1.
    expect(
      chiSquare(
        counts,
        counts.map(() => 0.01),
      ),
    ).toBeLessThan(148.2);
    expect(
      chiSquare(
        counts,
        counts.map(() => 0.01),
      ),
    ).toBeGreaterThan(61.1);
  });
  it('never changes, or every running experiment would be shuffled', () => {
    // Computed by an implementation in another language.
    const hashes = ['', 'c/control/v', '気配り'].map((text) => unitHash(text) * 2 ** 32);
    expect(hashes).toEqual([2872998923, 855149953, 175761940]);
  });
});

describe('assign', () => {
  it('gives control and variants their shares (chi-square, p > 0.001)', () => {
    const counts: { [arm: string]: number } = {};
    for (const person of persons) {
      const arm = assign(person, campaign(0.1, [1, 2]));
      counts[arm] = (counts[arm] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(['control', 'v0', 'v1']);
    // 2 degrees of freedom: 13.8.
    expect(chiSquare([counts.control!, counts.v0!, counts.v1!], [0.1, 0.3, 0.6])).toBeLessThan(13.8);
  });
  it('draws each campaign independently of the other', () => {
    const counts = [0, 0, 0, 0];
    for (const person of persons) {
      const [one, two] = ['one', 'two'].map((id) => Number(assign(person, campaign(0, [1, 1], id)) === 'v1'));
      counts[one! * 2 + two!]!++;
    }
    // 3 degrees of freedom: 16.3.
    expect(chiSquare(counts, [0.25, 0.25, 0.25, 0.25])).toBeLessThan(16.3);
  });
  it('moves nobody between variants when control grows', () => {
    for (const person of persons.slice(0, 5000)) {
      const before = assign(person, campaign(0.1, [1, 1]));
      const after = assign(person, campaign(0.3, [1, 1]));
      expect([before, 'control']).toContain(after);
      if (before === 'control') expect(after).toBe('control');
    }
  });
  it('never draws a variant of weight 0', () => {
    expect(new Set(persons.slice(0, 5000).map((person) => assign(person, campaign(0, [0, 1, 0]))))).toEqual(
      new Set(['v1']),
    );
  });
});
