/** F16: events from 10 bytes to a megabyte, and batches that end at, just below and just above 60,000 bytes. */
import { drained } from './harness/device.mjs';

const CAP_BYTES = 60_000;
/** One string is cut at 4,096 characters, so a large event is one of many strings. */
const STRING = 4000;
const SIZES = [
  10, 100, 1000, 10_000, 30_000, 50_000, 58_000, 59_500, 60_500, 63_000, 65_000, 66_000, 100_000, 390_000,
];
const AROUND = { quick: 8, full: 60 };

export const row = {
  id: 'F16',
  fault: 'events of any size, batches at the cap',
  runs: { quick: 1, full: 3 },
  async run({ world, random, run, isQuick, problems }) {
    const browser = await world.sharedBrowser();
    const pairs = isQuick ? AROUND.quick : AROUND.full;
    const sizes = [...SIZES];
    // Two rows that together come to the cap, give or take the envelope.
    for (let pair = 0; pair < pairs; pair += 1) {
      const first = random.between(5000, 50_000);
      sizes.push(first, CAP_BYTES - first - random.between(0, 1500));
    }
    const book = world.ledger.begin(run, { calls: sizes.length, isExact: true });
    const page = await browser.open(world.site.url('/page.html', `run${run}`));
    await world.proxy.close();
    for (const [label, size] of sizes.entries()) {
      const properties = propertiesOf(size, random);
      await world.track(page, book, { from: label, count: 1, properties });
      const refusal = book.refused.get(label);
      if (refusal && !refusal.reason) problems.push(`${size} bytes refused without a reason`);
    }
    await world.proxy.open();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await drained(page);
    await page.evaluate(() => globalThis.kikubari('flush'));
    await world.note(page, { withSettled: true });
    await page.close();
    return book.refused.size;
  },
  verdict(_totals, { world, notes }) {
    const { largestBytes } = world.proxy.tally;
    notes.push(`largest body ${largestBytes} bytes`);
    return largestBytes > CAP_BYTES ? [`a body of ${largestBytes} bytes, ${CAP_BYTES} is the cap`] : [];
  },
};

/** Properties of about `bytes` bytes, some of them Japanese: three bytes a character. */
function propertiesOf(bytes, random) {
  const isJapanese = random.next() < 0.3;
  const characters = isJapanese ? Math.floor(bytes / 3) : bytes;
  const text = (isJapanese ? 'あ' : 'x').repeat(Math.min(STRING, characters));
  const strings = Array.from({ length: Math.floor(characters / STRING) }, () => text);
  return { rest: text.slice(0, characters % STRING), strings };
}
