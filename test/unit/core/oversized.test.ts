/** What is larger than any rule needs to be is not understood on the device, and nothing goes all the ways through it. */
import { describe, expect, it } from 'vitest';
import { askedBy } from '../../../src/core/asked.js';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { Condition, Sequence } from '../../../src/core/conditions.js';
import type { PastEvent } from '../../../src/core/decision.js';
import { createPast } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandFacts, expandOccasion, expandProgram, NOW, SESSION } from '../../cases/expand.js';
import { explainOn, holds } from './asking.js';
import { chain } from './campaignFile.fixture.js';

const log = (count: number): PastEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    name: 'a',
    time: NOW - (count - index) * 1000,
    session: SESSION,
    id: `e${index}`,
    sequence: [index + 1, 0],
  }));

describe('a sequence', () => {
  const steps = (count: number): Sequence => ({
    sequence: Array.from({ length: count }, () => ({ event: 'a' })),
  });
  const counting = (count: number): Sequence => ({ sequence: [{ event: 'a', count }], within: '30d' });

  it('of 20 steps is understood, one of 21 is not', () => {
    expect(holds(steps(20), { events: log(20) })).toBe(true);
    expect(holds(steps(20), { events: log(19) })).toBe(false);
    expect(() => holds(steps(21), { events: log(21) })).toThrow('sequence');
  });

  it('counts to 1,000 in a step, and no further', () => {
    expect(holds(counting(1000), { events: log(1000) })).toBe(true);
    expect(holds(counting(1000), { events: log(999) })).toBe(false);
    expect(() => holds(counting(1001), { events: log(1001) })).toThrow('count');
  });
});

describe('segments one upon the other', () => {
  const ask = (length: number) => holds({ segment: 's0' }, { events: log(1), segments: chain(length) });

  it('are understood up to 100 of them', () => {
    expect(ask(100)).toBe(true);
    expect(() => ask(101)).toThrow('s100');
    expect(() => ask(30_000)).toThrow('s100');
  });

  it('are walked without recursion where it is asked what they ask', () => {
    const segments = { ...chain(30_000), s29999: { device: 'os', is: { exists: true } } } as never;
    expect([...askedBy({ segment: 's0' }, segments)]).toEqual(['device.os']);
    let deep: Condition = { fact: 'plan', is: { exists: true } };
    for (let level = 0; level < 20_000; level++) deep = { not: deep };
    expect([...askedBy(deep, {})]).toEqual(['fact.plan']);
  });

  it('each of which names the next twice are explained without going all ways', () => {
    const segments: { [name: string]: Condition } = { s50: { attribute: 'plan', is: { in: [] } } };
    for (let at = 0; at < 50; at++)
      segments[`s${at}`] = { any: [{ segment: `s${at + 1}` }, { all: [{ segment: `s${at + 1}` }] }] };
    const program = expandProgram({ segments, campaigns: [{ id: 'c', audience: { segment: 's0' } }] });
    const explanation = explainOn(program, log(1), expandFacts(), expandOccasion(), 'c');
    expect(explanation.gate).toBe('audience');
  });
});

describe('a text of two million letters', () => {
  const letters = 'x'.repeat(2_000_000);
  const whole = {
    id: 'c',
    triggers: [{ on: 'page' }, { on: 'all', of: [{ on: 'manual' }] }],
    tags: ['t'],
    schedule: { hours: { from: '09:00', until: '18:00' } },
    caps: [{ count: 1, per: 'session' }],
    audience: {
      all: [
        { attribute: 'plan', is: { eq: 'a' } },
        { event: 'a', where: { b: { eq: 1 } } },
      ],
    },
    goal: { event: 'a', where: { b: { eq: 1 } }, window: '7d' },
    variants: [{ id: 'x', content: { format: 'banner', cards: [{ id: 'one', blocks: [] }] } }],
  };
  const placesIn = (holder: object, path: string[] = []): string[][] =>
    Object.entries(holder).flatMap(([key, value]: [string, unknown]) => {
      const here = [...path, key];
      return [here, ...(value && typeof value === 'object' ? placesIn(value, here) : [])];
    });

  // Letter by letter each of them took more than a second.
  it.each(placesIn(whole).map((path) => [path.join('.'), path] as const))(
    'at %s is not gone through letter by letter',
    (_, path) => {
      const campaign = structuredClone(whole);
      const holder = path
        .slice(0, -1)
        .reduce<{ [key: string]: unknown }>((inner, key) => inner[key] as never, campaign as never);
      holder[path.at(-1)!] = letters;
      const program = { ...expandProgram({ campaigns: [] }), campaigns: [campaign] } as never;
      const before = process.cpuUsage();
      compileRules(program, ALL_KINDS);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(250);
    },
  );

  it('in place of what a checkpoint keeps is not gone through letter by letter either', () => {
    const { atoms } = compileRules(expandProgram({ campaigns: [{ id: 'c' }] }), ALL_KINDS);
    const saved = takeCheckpoint(atoms, createPast(atoms), 0, NOW);
    const before = process.cpuUsage();
    for (const key of Object.keys(saved))
      expect([key, restorePast(atoms, { ...saved, [key]: letters })]).toEqual([key, undefined]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(250);
  });
});
