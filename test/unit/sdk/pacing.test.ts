/** When batches leave: how many requests the same events become. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accept, freshBrowser, openSite, type Reply, type Site } from './site.js';

beforeEach(freshBrowser);

const SPEED = 10;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A page whose clocks and timers run ten times as fast. */
function openFastSite() {
  const start = performance.now();
  const wall = Date.now();
  const passed = () => (performance.now() - start) * SPEED;
  const site = openSite(
    {},
    {
      now: () => wall + passed(),
      monotonic: passed,
      later: (run, delayMs) => setTimeout(run, delayMs / SPEED) as never,
    },
  );
  return { site, passed };
}

/** Holds the first answer until it is released. */
function holdFirst(site: Site) {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const reply: Reply = async (batch) => {
    await held;
    return accept(batch);
  };
  site.reply = reply;
  return release;
}

const namesOf = (batch: Site['batches'][number]) =>
  batch.rows.flatMap(({ events }) => events.map(({ name }) => name)).filter((name) => !name.startsWith('$'));

describe('a trickle', () => {
  it('leaves after 2 s at first, then every 10 s, and is delivered whole', async () => {
    const { site, passed } = openFastSite();
    const sentAt: number[] = [];
    site.reply = (batch) => {
      sentAt.push(passed());
      return accept(batch);
    };
    for (let n = 0; passed() < 48_000; n++) {
      await site.client.track('look', { n });
      await wait(700 / SPEED);
    }
    const gaps = sentAt.slice(1).map((at, index) => at - sentAt[index]!);
    expect(sentAt.length).toBeGreaterThan(3);
    // The page view and what follows it go quickly; timers are late on a busy machine, never early.
    expect(gaps.slice(2).every((gap) => gap > 9000)).toBe(true);
    await site.client.flush();
    const sent = site.batches.flatMap(namesOf).length;
    expect(sent).toBeGreaterThan(30);
    expect(new Set(site.batches.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(
      site.batches.flatMap(({ rows }) => rows).length,
    );
  });

  it('does not delay a single event after a pause', async () => {
    const { site, passed } = openFastSite();
    await site.client.track('look');
    await site.client.flush();
    await wait(30_000 / SPEED);
    const before = site.batches.length;
    const from = passed();
    await site.client.track('look again');
    while (site.batches.length === before && passed() < from + 60_000) await wait(5);
    // 2 s, and what a busy machine adds to timers of 0.2 s.
    expect(passed() - from).toBeLessThan(9000);
  });
});

/** A batch with `first` that gets no answer before it is released, while `second` has come. */
async function secondWhileFirst() {
  const site = openSite();
  const release = holdFirst(site);
  await site.client.track('first');
  void site.client.flush();
  while (!site.batches.length) await wait(5);
  await site.client.track('second');
  return { site, release };
}

describe('events that come while a batch is under way', () => {
  it('leave together', async () => {
    const { site, release } = await secondWhileFirst();
    release();
    // The answer is taken in, and nothing follows at its heels.
    await wait(200);
    await site.client.track('third');
    expect(await site.client.flush()).toBe(true);
    expect(site.batches.slice(1).map(namesOf)).toEqual([['second', 'third']]);
  });

  it('are sent by a flush that was asked for meanwhile', async () => {
    const { site, release } = await secondWhileFirst();
    const flushed = site.client.flush();
    release();
    expect(await flushed).toBe(true);
    expect(site.batches.flatMap(namesOf)).toEqual(['first', 'second']);
  });
});

describe('other tabs', () => {
  it('hear of many turns at once', async () => {
    const site = openSite();
    await site.client.track('before');
    await wait(400);
    let heard = 0;
    const channel = new BroadcastChannel('kikubari-test');
    channel.onmessage = () => heard++;
    for (let n = 0; n < 20; n++) await site.client.track('turn');
    await wait(500);
    channel.close();
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(20);
  });
});
