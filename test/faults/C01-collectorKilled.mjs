/** C01: the collector is killed at a random time during 1,000 batches; clients repeat what was not acknowledged. */
import { createSender } from './harness/batches.mjs';
import { until } from './harness/waiting.mjs';

const BATCHES = { quick: 300, full: 1000 };
const EVENTS = 20;
const CONNECTIONS = 16;

export const row = {
  id: 'C01',
  fault: 'collector killed while batches arrive',
  runs: { quick: 3, full: 50 },
  async run({ world, random, run, isQuick }) {
    const batches = isQuick ? BATCHES.quick : BATCHES.full;
    const book = world.ledger.begin(run, { calls: batches * EVENTS });
    const sender = createSender({ world, book, events: EVENTS });
    const killAfter = random.between(Math.ceil(batches / 20), Math.floor((batches * 9) / 10));
    const sending = sender.sendAll(batches, CONNECTIONS);
    await until(() => sender.acknowledged() >= killAfter, 'enough receipts', 60_000, 1);
    await world.collector.kill();
    const isReached = sender.acknowledged() < batches;
    await world.collector.start();
    await sending;
    // A client that never saw its receipt sends again what the collector already has.
    await sender.repeat(random, Math.ceil(batches / 10));
    return isReached;
  },
};
