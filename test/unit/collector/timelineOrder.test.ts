import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Timeline } from '../../../src/collector/api.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, type TestCollector } from './collector.js';

const random = seeded(31);
let collector: TestCollector;

beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.remove());

describe('the timeline', () => {
  it('follows the sequence of a device, whatever its clock said and in whichever order the rows came', async () => {
    const visitor = visitorId(random);
    const now = Date.now();
    const at = (key: number, secondsAgo: number, names: string[]) =>
      rowOf(
        names.map((name) => ({ name, time: now - secondsAgo * 1000 })),
        random,
        { key },
      );
    await collector.send(batchOf([at(5, 60, ['fifth']), at(4, 5, ['fourth', 'fourth_too'])], visitor));
    await collector.send(batchOf([at(3, 40, ['third'])], visitor, { clock: [now - 3_000, 900] }));
    await collector.send(batchOf([at(1, 10, ['first']), at(2, 30, ['second'])], visitor));
    const { sessions } = await collector.get<Timeline>(`visitors/${visitor}`);
    expect(sessions.flatMap(({ events }) => events.map(({ name }) => name))).toEqual([
      'first',
      'second',
      'third',
      'fourth',
      'fourth_too',
      'fifth',
    ]);
  });
});
