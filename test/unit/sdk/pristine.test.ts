import { afterEach, describe, expect, it } from 'vitest';
import { toJson } from '../../../src/sdk/pristine.js';

type Patched = { toJSON?: unknown };
const plain: unknown = { list: [1, 'a', { deep: [true] }], text: 'お茶' };
const text = '{"list":[1,"a",{"deep":[true]}],"text":"お茶"}';

const cleanUp = () => {
  delete (Object.prototype as Patched).toJSON;
  delete (Array.prototype as Patched).toJSON;
};
afterEach(cleanUp);

describe('JSON of plain data', () => {
  it('is the same whatever toJSON a page puts on the prototypes, which stays as the page left it', () => {
    const theirs = () => 'host';
    Object.defineProperty(Object.prototype, 'toJSON', {
      value: theirs,
      configurable: true,
      writable: true,
    });
    Object.assign(Array.prototype, { toJSON: theirs });
    const made = toJson(plain);
    const left = [Object, Array].map(({ prototype }) =>
      Object.getOwnPropertyDescriptor(prototype, 'toJSON')!,
    );
    // What reports the outcome of a test calls toJSON as well.
    cleanUp();
    expect(made).toBe(text);
    expect(left.map(({ value }) => value === theirs)).toEqual([true, true]);
    expect(left.map(({ enumerable }) => enumerable)).toEqual([false, true]);
  });

  it('is that of JSON.stringify otherwise', () => {
    expect(toJson(plain)).toBe(JSON.stringify(plain));
  });
});
