/** F16: events from 10 bytes to a megabyte; batches and rows that end exactly at their cap, a byte below it and a byte above. */
import { SITE } from './harness/collector.mjs';
import { drained } from './harness/device.mjs';
import { createExactRows, EVEN_CLOCK, MAX_CALLS, share } from './harness/exactRows.mjs';

const CAP_BYTES = 60_000;
/** What `src/sdk/batch.ts` sets aside beside the rows as they are stored, and beside each of them. */
const HEAD_BYTES = 1000;
const KEY_BYTES = 15;
/** An event that makes a longer row is refused (`src/sdk/log.ts`). */
const ROW_CAP_BYTES = 58_000;
const SIZES = [
  10, 100, 1000, 10_000, 30_000, 50_000, 57_000, 58_500, 60_500, 65_000, 66_000, 100_000, 390_000, 1_000_000,
];
const AROUND = [-1, 0, 1];
const REPEATS = { quick: 2, full: 20 };
/** A batch takes no more rows, and their keys get no longer in a browser's life: the most that comes beside them. */
const MANY = 100;
const LATE_KEY = 10_000_000;

export const row = {
  id: 'F16',
  fault: 'events of any size, batches at the cap',
  runs: { quick: 1, full: 3 },
  async run({ world, random, run, isQuick, problems, figures }) {
    const browser = await world.sharedBrowser();
    const book = world.ledger.begin(run, { calls: MAX_CALLS, isExact: true });
    const page = await browser.open(world.site.url('/page.html', `run${run}`), { init: EVEN_CLOCK });
    await drained(page);
    const rows = await createExactRows({ world, page, book, random });
    const endBatch = async (count, by) => {
      const lengths = share(random, CAP_BYTES - HEAD_BYTES - count * KEY_BYTES + by, count);
      const batches = await rows.sendTogether(lengths);
      const sent = batches.map(({ rows }) => rows);
      const expected = by > 0 ? [count - 1, 1] : [count];
      if (String(sent) !== String(expected))
        problems.push(`${count} rows, ${by} from the cap: batches of ${sent}, not of ${expected}`);
      figures.push(batches[0].bytes);
    };
    const repeats = isQuick ? REPEATS.quick : REPEATS.full;
    for (let repeat = 0; repeat < repeats; repeat += 1)
      for (const by of AROUND) await endBatch(random.between(2, 9), by);
    await page.evaluate(spendKeys, { name: `kikubari-${SITE}`, key: LATE_KEY });
    for (const by of AROUND) await endBatch(MANY, by);
    for (const by of AROUND) {
      const reason = await rows.write(ROW_CAP_BYTES + by);
      if (reason !== (by > 0 ? 'too_large' : undefined))
        problems.push(`a row ${by} bytes from its cap: ${reason ?? 'taken'}`);
    }
    for (const size of SIZES) {
      const bytes = rows.around + size;
      const reason = await rows.write(bytes);
      if (reason !== (bytes > ROW_CAP_BYTES ? 'too_large' : undefined))
        problems.push(`an event of ${size} bytes: ${reason ?? 'taken'}`);
    }
    await rows.flush();
    await drained(page);
    await world.note(page, { withSettled: true });
    await page.close();
    return (repeats + 1) * AROUND.length;
  },
  verdict(_totals, { world, notes, figures }) {
    const { largestBytes } = world.proxy.tally;
    notes.push(`${figures.length} batches within a byte of the cap`, `largest body ${largestBytes} bytes`);
    return largestBytes > CAP_BYTES ? [`a body of ${largestBytes} bytes, ${CAP_BYTES} is the cap`] : [];
  },
};

/** The browser's next key comes after this one. */
async function spendKeys({ name, key }) {
  const ended = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const db = await ended(indexedDB.open(name));
  const log = db.transaction('log', 'readwrite').objectStore('log');
  log.put('', key);
  await ended(log.delete(key));
  db.close();
}
