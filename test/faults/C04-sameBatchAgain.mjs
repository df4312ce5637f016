/** C04: the same batch a thousand times at once, and again a day and thirty days later. */
import { eventIdOf, makeBatch, post } from './harness/batches.mjs';

const DAY_MS = 86_400_000;
const EVENTS = 50;
const TIMES = { quick: 200, full: 1000 };

export const row = {
  id: 'C04',
  fault: 'the same batch again and again',
  runs: { quick: 1, full: 5 },
  async run({ world, run, isQuick, problems }) {
    const book = world.ledger.begin(run, { calls: EVENTS });
    const labels = Array.from({ length: EVENTS }, (_, index) => index);
    const batch = makeBatch({ run, labels, key: 1 });
    for (const label of labels) {
      book.called.add(label);
      book.acked.set(label, eventIdOf(batch.rows[0].id, label));
    }
    const text = JSON.stringify(batch);
    const answers = await Promise.all(
      Array.from({ length: isQuick ? TIMES.quick : TIMES.full }, () => post(world, text)),
    );
    for (const days of [1, 30]) {
      await world.collector.stop();
      await world.collector.start({
        preload: new URL('harness/preload.mjs', import.meta.url).href,
        env: { FAULTS_CLOCK_MS: String(days * DAY_MS) },
      });
      answers.push(await post(world, text));
    }
    const refused = answers.filter(({ receipt }) => receipt?.accepted !== EVENTS);
    const statuses = [...new Set(refused.map(({ status }) => status))].join(', ');
    if (refused.length > 0)
      problems.push(`${refused.length} of ${answers.length} without a full receipt: ${statuses}`);
    return answers.length;
  },
};
