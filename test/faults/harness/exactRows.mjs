/** Rows whose length is known to the byte, and batches of them that leave together. */
import { holdUntil } from './actions.mjs';
import { readDevice } from './device.mjs';
import { until } from './waiting.mjs';

/** One string is cut at 4,096 characters, so a large event is one of many strings. */
const STRING_BYTES = 4000;
/** Labels, like readings of the clock, are a part of the row: all of the same length. */
const FIRST_LABEL = 1000;
export const MAX_CALLS = 10_000;
/** For the page, before the SDK takes its clock. */
export const EVEN_CLOCK =
  'const now = performance.now.bind(performance); performance.now = () => 1_000_000 + now();';

/** Writes through `page` one row for each call. */
export async function createExactRows({ world, page, book, random }) {
  let label = FIRST_LABEL;
  /** What a row takes beside its text. */
  let around = 0;
  /** Answers why the event was refused, if it was. */
  const write = async (bytes) => {
    label += 1;
    const character = random.next() < 0.3 ? 'あ' : 'x';
    const properties = { text: textOf(bytes - around, character) };
    await world.track(page, book, { from: label, count: 1, properties });
    return book.refused.get(label)?.reason;
  };
  const flush = () => page.evaluate(() => globalThis.kikubari('flush'));

  /** Writes rows of these lengths while an earlier batch is under way; resolves the batches in which they leave. */
  const sendTogether = async (lengths) => {
    const batches = [];
    let release;
    const released = new Promise((resolve) => (release = resolve));
    world.proxy.rule = ({ batch, bytes }) =>
      batches.push({ rows: batch.rows.length, bytes }) === 1 ? holdUntil(released) : undefined;
    await write(around + 100);
    const flushing = flush();
    await until(() => batches.length === 1, 'a batch to be under way');
    for (const bytes of lengths) await write(bytes);
    const written = (await readDevice(page)).queued.slice(-lengths.length).map(({ bytes }) => bytes);
    release();
    await flushing;
    if (String(written) !== String(lengths)) throw new Error(`rows of ${written} bytes, not ${lengths}`);
    await flush();
    world.proxy.rule = undefined;
    return batches.slice(1);
  };

  await write(100);
  const { queued } = await readDevice(page);
  around = queued.at(-1).bytes - 100;
  await flush();
  return { around, write, flush, sendTogether };
}

/** Lengths of `count` rows that add up to `total`. */
export function share(random, total, count) {
  const mean = Math.floor(total / count);
  const lengths = Array.from({ length: count }, () => mean);
  lengths[0] += total - mean * count;
  for (let index = 1; index < count; index += 2) {
    const moved = random.between(0, mean >> 3);
    lengths[index - 1] -= moved;
    lengths[index] += moved;
  }
  return lengths;
}

/** Strings that take `bytes` bytes as JSON: of one character, some of them Japanese, three bytes each. */
function textOf(bytes, character) {
  const width = Buffer.byteLength(character);
  const strings = [];
  // Brackets; then each string has its quotes, and all but the last a comma.
  for (let left = bytes - 2; left > 0;) {
    const isLast = left - 2 <= STRING_BYTES;
    // What is left must hold at least another pair of quotes.
    const length = isLast ? left - 2 : Math.min(STRING_BYTES, left - 5);
    strings.push(character.repeat(length / width) + 'x'.repeat(length % width));
    left -= length + (isLast ? 2 : 3);
  }
  return strings;
}
