import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandFacts, expandLog, NOW, readCases } from '../../cases/expand.js';
import { askedOf, naiveHolds } from './naive.js';
import { beginOf, wallIn } from './naiveClock.js';
import { isUnderstood } from './naiveFindings.js';
import { naiveHash } from './naiveGates.js';

const HERE = import.meta.dirname;

/** All files whose code runs when this one is imported. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '(\..+?)\.js'/gms,
  );
  for (const [, path] of imports) reachedFrom(`${join(dirname(file), path!)}.ts`, reached);
  return reached;
}

describe('the brute-force reference', () => {
  it('shares no file with what it is compared to', () => {
    const roots = ['naiveGates.ts', 'naive.ts', 'naiveFindings.ts'];
    const reached = roots.flatMap((root) => [...reachedFrom(join(HERE, root))]);
    expect(reached.every(existsSync)).toBe(true);
    expect(new Set(reached.map((file) => file.slice(HERE.length + 1)))).toEqual(
      new Set([
        'naive.ts',
        'naiveCaps.ts',
        'naiveClock.ts',
        'naiveCombination.ts',
        'naiveFacts.ts',
        'naiveFindings.ts',
        'naiveGates.ts',
        'naiveSignals.ts',
        'naiveTests.ts',
      ]),
    );
    // That this would be noticed.
    const evaluator = [...reachedFrom(join(HERE, 'device.ts'))];
    expect(evaluator.some((file) => file.endsWith('src/core/fold.ts'))).toBe(true);
  });

  // By the rules of the zones as they are published, not by a run.
  it.each([
    ['Europe/Berlin', '2026-03-29T00:59Z', '2026-03-29 01:59', 7],
    ['Europe/Berlin', '2026-03-29T01:00Z', '2026-03-29 03:00', 7],
    ['Europe/Berlin', '2026-10-25T00:30Z', '2026-10-25 02:30', 7],
    ['Europe/Berlin', '2026-10-25T01:30Z', '2026-10-25 02:30', 7],
    ['America/New_York', '2026-03-08T06:59Z', '2026-03-08 01:59', 7],
    ['America/New_York', '2026-03-08T07:00Z', '2026-03-08 03:00', 7],
    ['America/New_York', '2026-11-01T06:00Z', '2026-11-01 01:00', 7],
    ['Africa/Cairo', '2026-04-23T22:00Z', '2026-04-24 01:00', 5],
    ['Asia/Kathmandu', '2026-04-30T18:15Z', '2026-05-01 00:00', 5],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z', '2026-04-05 01:30', 7],
  ])('knows what the wall shows in %s at %s', (zone, moment, wall, weekday) => {
    const { date, time, hour, ...rest } = wallIn(zone, Date.parse(moment));
    expect([`${date} ${time}`, hour, rest.weekday]).toEqual([wall, Number(time.slice(0, 2)), weekday]);
  });

  it('begins weeks on Monday and months on the first', () => {
    const friday = Date.parse('2026-05-01T00:00Z');
    expect([
      beginOf('day', 'America/New_York', friday),
      beginOf('week', 'Asia/Tokyo', friday),
      beginOf('month', 'America/New_York', friday),
    ]).toEqual(['2026-04-30', '2026-04-27', '2026-04-01']);
  });

  it('draws persons as the published hashes do', () => {
    // Computed by an implementation in another language.
    expect(['', 'c/control/v'].map((text) => naiveHash(text) * 2 ** 32)).toEqual([2872998923, 855149953]);
  });

  it('answers golden cases as they are written', () => {
    const wrong: string[] = [];
    for (const { file, test } of readCases()) {
      if (!('condition' in test) || test.expected === 'unknown') continue;
      const { condition, segments = {}, publicFacts, occasion, expected } = test;
      const who = askedOf(expandFacts(test.facts), occasion?.now ?? NOW);
      const asked = { ...who, segments, publicFacts, log: expandLog(test.log) };
      if (!isUnderstood(condition, asked) || naiveHolds(condition, asked) !== expected)
        wrong.push(`${file}: ${test.name}`);
    }
    expect(wrong).toEqual([]);
  });
});
