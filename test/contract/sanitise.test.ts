// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf as refusalOfEvent } from '../../src/collector/ingest/checkEvent.js';
import { LIMITS } from '../../src/core/events.js';
import { sanitise } from '../../src/sdk/sanitise.js';

/** What the collector says of an event whose properties the SDK has made fit. */
const refusalOf = (properties: unknown) =>
  refusalOfEvent({ name: 'purchase', time: Date.now(), properties: sanitise(properties) }, false);

const flat = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
const items = (count: number, fields: number) => ({
  currency: 'JPY',
  value: 1200,
  items: Array.from({ length: count }, () => flat(fields)),
});

describe('whatever the SDK makes of properties', () => {
  it.each([
    ['20 items of 5', items(20, 5)],
    ['25 items of 5', items(25, 5)],
    ['12 items of 8', items(12, 8)],
    ['99 and a nested one', { ...flat(99), n: { a: 1 } }],
    ['100 and a nested one', { ...flat(100), n: { a: 1 } }],
    ['a chain', { ...flat(90), a: { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } } }],
    ['a chain of lists', { a: [[[[[[[[[[1]]]]]]]]]] }],
  ])('the collector takes it: %s', (_, properties) => {
    expect(refusalOf(properties)).toBeUndefined();
    expect(Object.keys(sanitise(properties))).not.toEqual([]);
  });

  it('the collector takes it, however many there are and however deep', () => {
    const leaf = fc.constantFrom(1, 'x', 'x'.repeat(2 * LIMITS.stringLength), null, undefined, NaN);
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'k'.repeat(LIMITS.keyLength + 1));
    const branch = fc.oneof(leaf, fc.array(leaf, { maxLength: 5 }), fc.dictionary(key, leaf, { maxKeys: 5 }));
    /** Wrapped in so many lists and objects. */
    const chain = fc
      .tuple(branch, fc.array(fc.boolean(), { maxLength: 12 }))
      .map(([inner, wraps]) =>
        wraps.reduce<unknown>((value, isList) => (isList ? [value, value] : { a: value, b: 1 }), inner),
      );
    const refusals = new Set<string>();
    fc.assert(
      fc.property(fc.nat(120), fc.array(chain, { maxLength: 6 }), (width, chains) => {
        const refusal = refusalOf({
          ...flat(width),
          ...Object.fromEntries(chains.map((one, at) => [`t${at}`, one])),
        });
        // An event that is too large in all is told to the caller: it is refused before it is called durable.
        if (refusal && !/bytes/.test(refusal.message)) refusals.add(refusal.message);
      }),
      { numRuns: 300 },
    );
    expect([...refusals]).toEqual([]);
  });
});
