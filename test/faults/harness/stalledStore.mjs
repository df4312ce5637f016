/** The collector's store does nothing for a while (`preload.mjs`); batches go on coming. */
import { writeFileSync } from 'node:fs';
import { createSender } from './batches.mjs';
import { readMetrics, settledMetrics } from './metrics.mjs';
import { sleep } from './waiting.mjs';

const EVENTS = 10;
const EVERY_MS = 50;
/** What a receipt may take: it waits for the journal and not for the store. */
const MAX_RECEIPT_MS = 5000;

/** Receipts come all the time, nothing leaves the journal meanwhile, and all of it is stored afterwards (the row's books). */
export async function stallStore({ world, run, problems, notes, control, stallMs }) {
  const most = Math.ceil(stallMs / EVERY_MS);
  const book = world.ledger.begin(run, { calls: most * EVENTS });
  const sender = createSender({ world, book, events: EVENTS });
  // What is left of the runs before must not be taken for what waits here.
  await settledMetrics(world.collector);
  writeFileSync(control, 'store');
  await sleep(EVERY_MS);
  let slowest = 0;
  for (const endAt = Date.now() + stallMs; Date.now() < endAt && sender.acknowledged() < most;) {
    const sentAt = Date.now();
    await sender.send(sender.acknowledged());
    slowest = Math.max(slowest, Date.now() - sentAt);
    await sleep(EVERY_MS);
  }
  const { journal_lag_events: waiting } = await readMetrics(world.collector);
  writeFileSync(control, '');
  if (slowest > MAX_RECEIPT_MS) problems.push(`store: a receipt took ${slowest} ms`);
  if (waiting !== book.acked.size)
    problems.push(`store: ${waiting} events waited for it, not all of the ${book.acked.size} acknowledged`);
  const receipts = `${sender.acknowledged()} receipts in ${stallMs} ms`;
  notes.push(`store stalled: ${receipts}, the slowest after ${slowest} ms, ${waiting} events waiting`);
  return waiting > 0;
}
