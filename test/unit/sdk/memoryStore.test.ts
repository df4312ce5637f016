import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/sdk/memoryStore.js';
import type { NewRow } from '../../../src/sdk/store.js';

const row: NewRow = {
  id: 'row',
  session: 'session',
  page: 'page',
  origin: 'origin',
  monotonic: 0,
  visitor: 'visitor',
  json: '{}',
  events: [{ name: 'step', time: 1 }],
};

test('a page that is open for days keeps the newest 5,000 delivered rows, and every one that is not delivered', async () => {
  const store = createMemoryStore('stream', 'visitor');
  for (let group = 0; group < 70; group += 1)
    await store.addRows(Array.from({ length: 100 }, () => ({ ...row })));
  const keys = Array.from({ length: 6500 }, (_, index) => index + 1);

  // The oldest is still unsent: nothing behind it may push it out.
  await store.settle(keys.slice(1), () => ({}));
  expect((await store.read(0)).length).toBe(7000);
  await store.settle([1], () => ({}));

  const left = await store.read(0);
  expect(left.length).toBe(5000);
  expect(left[0]!.key).toBe(2001);
  const taken = await store.acquire('tab', 0, 1, true, {});
  expect(typeof taken === 'number' ? taken : taken.rows.map(({ key }) => key)).toEqual(
    Array.from({ length: 500 }, (_, index) => 6501 + index),
  );
});
