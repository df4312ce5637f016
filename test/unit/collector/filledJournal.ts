import { openJournal } from '../../../src/collector/journal/journal.js';
import type { JournalPosition } from '../../../src/collector/journal/segments.js';
import { createLog } from '../../../src/collector/log.js';
import { wrapWhole } from '../../../src/collector/store/journalEntry.js';
import type { Batch } from '../../../src/core/events.js';

/** Acknowledges batches of one event that no store has seen, each in a segment of its own behind `applied`; resolves to their visitors. */
export async function fillJournal(
  folder: string,
  batches: readonly Batch[],
  applied: JournalPosition = { segment: 0, offset: 0 },
): Promise<string[]> {
  const journal = await openJournal({
    ...{ folder, applied, capBytes: 1e9, segmentBytes: 1 },
    ...{ onDurable: () => undefined, log: createLog(false) },
  });
  for (const batch of batches)
    await journal.append(wrapWhole(Date.now(), Buffer.from(JSON.stringify(batch))), 1);
  await journal.close();
  return batches.map(({ visitor }) => visitor);
}
