/** Replays synthetic visits through the collector's real HTTP endpoint, with a progress bar; an interrupted replay goes on at the next start. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVisits } from './visits.mjs';

const SEED = 20261122;
/** Requests in flight: enough to fill the collector's group commits, few enough to leave the shop responsive. */
const IN_FLIGHT = 4;
const REPLAY = randomUUID();

/** What the data folder remembers of its synthetic traffic; null in a folder that never had any. */
export async function readTraffic(dataDir) {
  try {
    return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')).traffic;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw new Error(
      `${join(dataDir, 'demo.json')} cannot be read (${error.message}); delete that file to go on.`,
      {
        cause: error,
      },
    );
  }
}

export async function writeTraffic(dataDir, traffic) {
  const file = join(dataDir, 'demo.json');
  await writeFile(`${file}.new`, JSON.stringify({ traffic }, null, 2) + '\n');
  await rename(`${file}.new`, file);
}

/**
 * Sends what is left of `traffic` ({days, untilMs, sent}); resolves when all is accepted or `signal` aborts.
 * @returns {Promise<{batches: number, events: number}>} what this call sent
 */
export async function replay({ url, site, traffic, dataDir, products, signal, onProgress }) {
  const visits = createVisits({
    site,
    seed: SEED,
    days: traffic.days,
    untilMs: traffic.untilMs,
    origin: url,
    products,
  });
  const first = traffic.sent;
  let next = first;
  let events = 0;
  // One writer at a time: the rename of one must not meet the rename of another.
  let saved = Promise.resolve();
  const save = (sent) => {
    saved = saved.then(() => writeTraffic(dataDir, { ...traffic, sent, done: sent >= visits.length }));
    return saved;
  };
  const worker = async () => {
    while (next < visits.length && !signal.aborted) {
      const batch = visits[next++];
      await send(url, batch, signal);
      events += batch.rows.length;
      onProgress(next, visits.length);
      // What is in flight may be sent again after an interruption: the ids are the same, so it counts once.
      if (next % 100 === 0) await save(next - IN_FLIGHT);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  await save(signal.aborted ? Math.max(first, next - IN_FLIGHT) : next);
  return { batches: next - first, events };
}

async function send(url, visit, signal) {
  // The device's clock at sending is now, as it would be for a browser that kept its visits until today; another origin
  // says that the rows' monotonic clocks cannot be compared with this one.
  const batch = { ...visit, clock: [Date.now(), Math.round(performance.now())], origin: REPLAY };
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return;
    const response = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify(batch),
      signal,
    }).catch((error) => {
      if (signal.aborted || attempt >= 5) return null;
      return { ok: false, status: 0, text: async () => error.message };
    });
    if (!response) return;
    const text = await response.text();
    if (response.ok) {
      const receipt = JSON.parse(text);
      if (receipt.rejected.length > 0) {
        throw new Error(`The collector refused a synthetic event: ${JSON.stringify(receipt.rejected[0])}`);
      }
      return;
    }
    if (attempt >= 5 || (response.status >= 400 && response.status < 500 && response.status !== 429)) {
      throw new Error(
        `The collector answered ${response.status} to a synthetic visit: ${text.slice(0, 200)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
  }
}
