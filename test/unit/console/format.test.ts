import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../src/console/language/format.js';

const ja = createFormat('ja');
const en = createFormat('en');

describe('format', () => {
  it('writes yen without decimals and other currencies with theirs', () => {
    expect(en.money(359510)).toBe('¥359,510');
    expect(ja.money(359510)).toMatch(/^[¥￥]359,510$/);
    expect(en.money(12.5, 'EUR')).toBe('€12.50');
  });

  it('keeps the number when an event names a currency that is none', () => {
    expect(en.money(1200, 'point!')).toBe('1,200 point!');
  });

  it('writes a rate with one decimal and a dash where there is no whole', () => {
    expect(en.rate(1, 3)).toBe('33.3%');
    expect(en.rate(0, 0)).toBe('–');
  });

  it('keeps a UTC day the same day in every time zone', () => {
    expect(en.day('2026-01-01')).toBe('Jan 1');
    expect(ja.day('2026-12-31')).toBe('12月31日');
  });

  it.each([
    [0, '0 sec'],
    [59_400, '59 sec'],
    [59_600, '1 min'],
    [81_000, '1 min 21 sec'],
    [3_600_000, '1 hr'],
    [90_061_000, '1 day 1 hr'],
    [86_400_000 + 5 * 60_000, '1 day'],
  ])('writes %i ms as %s', (ms, expected) => {
    expect(en.elapsed(ms)).toBe(expected);
  });

  it('sets no space before Japanese counters', () => {
    expect(ja.elapsed(81_000)).toBe('1分21秒');
    expect(ja.duration('7d')).toBe('7日');
  });

  it('writes durations of authors, and returns what is none as it stands', () => {
    expect(en.duration('30m')).toBe('30 minutes');
    expect(en.duration('1.5h')).toBe('1.5 hours');
    expect(en.duration('soon')).toBe('soon');
  });

  it('writes a date without a time as that date, whatever the zone of the browser', () => {
    expect(en.date('2026-05-01')).toBe('May 1, 2026');
    expect(ja.date('2026-12-31')).toBe('2026年12月31日');
    expect(en.date('2026-05-01T12:00:00Z')).toBe(en.dateTime('2026-05-01T12:00:00Z'));
    expect(en.date('soon')).toBe('soon');
  });

  it('returns a time it cannot read instead of throwing', () => {
    expect(en.dateTime('yesterday')).toBe('yesterday');
  });
});
