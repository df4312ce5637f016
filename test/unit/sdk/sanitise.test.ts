import { describe, expect, it } from 'vitest';
import { sanitise } from '../../../src/sdk/sanitise.js';

describe('sanitise', () => {
  it('keeps JSON as it is and does not touch the original', () => {
    const input = Object.freeze({
      value: 1.5,
      items: Object.freeze([Object.freeze({ item_id: 'a' })]),
      none: null,
    });
    expect(sanitise(input)).toEqual({ value: 1.5, items: [{ item_id: 'a' }], none: null });
  });

  it('writes numbers, dates and big integers as JSON can', () => {
    expect(sanitise({ n: NaN, i: -Infinity, b: 12n, d: new Date(0), bad: new Date(NaN) })).toEqual({
      n: null,
      i: null,
      b: '12',
      d: '1970-01-01T00:00:00.000Z',
      bad: null,
    });
  });

  it('leaves out functions, symbols, the page and its nodes', () => {
    const input = { f() {}, s: Symbol('s'), u: undefined, window, node: document.body, document, ok: true };
    expect(sanitise(input)).toEqual({ ok: true });
  });

  it('survives cycles, getters that throw and hostile proxies', () => {
    const cycle: Record<string, unknown> = { ok: 1 };
    cycle.self = cycle;
    Object.defineProperty(cycle, 'bad', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    expect(sanitise(cycle)).toEqual({ ok: 1 });
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    expect(sanitise(proxy)).toEqual({});
  });

  it('does not let a key reach a prototype', () => {
    const input = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"x": 1}, "ok": 1}');
    const result = sanitise(input);
    expect(Object.keys(result)).toEqual(['ok']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('keeps to the limits of the wire', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => ['k' + n, n]));
    expect(Object.keys(sanitise(many))).toHaveLength(100);
    expect(sanitise({ ['k'.repeat(65)]: 1 })).toEqual({});
    expect((sanitise({ s: 'x'.repeat(5000) }).s as string).length).toBe(4096);
    let deep: object = { end: 1 };
    for (let n = 0; n < 20; n++) deep = { deep };
    expect(JSON.stringify(sanitise(deep)).match(/deep/g)).toHaveLength(7);
  });

  it.each([null, undefined, 7, 'text', [1], Symbol('s')])('answers an empty object for %s', (input) => {
    expect(sanitise(input)).toEqual({});
  });
});
