import { expect, it } from 'vitest';
import type { PastEvent } from '../../../src/core/decision.js';
import { createHistory } from '../../../src/core/history.js';

const event = (id: string, name: string, key: number, index = 0): PastEvent => ({
  id,
  name,
  time: 0,
  session: 's',
  sequence: [key, index],
});

it('keeps events in order of sequence although rows of other tabs come late', () => {
  const history = createHistory();
  history.add(event('3', 'a', 3));
  history.add(event('1', 'a', 1));
  history.add(event('2b', 'b', 2, 1));
  history.add(event('2a', 'a', 2, 0));
  expect(history.events().map(({ id }) => id)).toEqual(['1', '2a', '2b', '3']);
  expect(history.named('a').map(({ id }) => id)).toEqual(['1', '2a', '3']);
});

it('ignores an id it knows', () => {
  const history = createHistory();
  history.add(event('1', 'a', 1));
  history.add(event('1', 'a', 9));
  expect(history.events()).toHaveLength(1);
});

it('has no events of names it never saw, inherited ones included', () => {
  const history = createHistory();
  expect(history.named('constructor')).toEqual([]);
});
