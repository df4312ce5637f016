/** Values that are proposed for a test, beyond what golden cases ask for. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Test } from '../../../src/core/conditions.js';
import { learnOperators } from '../../../src/core/test.js';
import { MORE_OPERATORS } from '../../../src/core/moreOperators.js';
import { UnknownOperator } from '../../../src/core/unknownOperator.js';
import { valuesFor } from '../../../src/core/valuesFor.js';
import { NOW } from '../../cases/expand.js';

learnOperators(MORE_OPERATORS);
afterEach(() => vi.unstubAllEnvs());

const first = (test: Test) => valuesFor(test, true, undefined, NOW)[0];

it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])(
  'reads a moment without a zone in UTC, on a device in %s',
  (zone) => {
    vi.stubEnv('TZ', zone);
    expect(first({ after: '2026-05-01T09:00' })).toBe('2026-05-01T09:00:01.000Z');
    expect(first({ before: '2026-05-01T09:00' })).toBe('2026-05-01T08:59:59.000Z');
    expect(first({ after: '2026-05-01' })).toBe('2026-05-01T00:00:01.000Z');
  },
);

it('reckons with a duration, and with now', () => {
  expect(first({ before: '-1d' })).toBe(new Date(NOW - 86_401_000).toISOString());
  expect(first({ after: 'now' })).toBe(new Date(NOW + 1000).toISOString());
});

it('proposes no moment that no calendar has', () => {
  expect(valuesFor({ after: '+36525d' }, true, undefined, 8.64e15)).toEqual([]);
  expect(valuesFor({ before: '-36525d' }, true, undefined, -8.64e15)).toEqual([]);
  expect(() => first({ before: '-36526d' })).toThrow(UnknownOperator);
});
