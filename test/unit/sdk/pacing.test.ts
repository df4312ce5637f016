/** When batches leave: how many requests the same events become. */
import { beforeEach, describe, expect, it } from 'vitest';
import { accept, freshBrowser, openSite, type Reply, type Site } from './site.js';

beforeEach(freshBrowser);

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A page whose clocks stand still until `pass` moves them, so that a machine that is busy changes nothing. */
function openPausedSite() {
  const wall = Date.now();
  let passed = 0;
  let timers: { at: number; run: () => unknown; id: number }[] = [];
  let id = 0;
  const site = openSite(
    {},
    {
      now: () => wall + passed,
      sinceStart: () => passed,
      later: (run, delayMs) => {
        timers.push({ at: passed + delayMs, run, id: ++id });
        return id;
      },
      cancel: (timer) => void (timers = timers.filter((other) => other.id !== timer)),
    },
  );
  const pass = async (ms: number) => {
    const until = passed + ms;
    for (;;) {
      // What was called goes on: storage, compression and answers take real time.
      await wait(15);
      const [next] = timers.filter(({ at }) => at <= until).sort((x, y) => x.at - y.at);
      if (!next) break;
      timers = timers.filter((other) => other !== next);
      passed = Math.max(passed, next.at);
      next.run();
    }
    passed = until;
  };
  return { site, pass, passed: () => passed };
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
    const { site, pass, passed } = openPausedSite();
    const sentAt: number[] = [];
    site.reply = (batch) => {
      sentAt.push(passed());
      return accept(batch);
    };
    await pass(100);
    for (let n = 0; n < 68; n++) {
      await site.client.track('look', { n });
      await pass(700);
    }
    const gaps = sentAt.slice(1).map((at, index) => at - sentAt[index]!);
    expect(sentAt.length).toBeGreaterThan(3);
    // The page view and what follows it go quickly.
    expect(gaps.slice(2).every((gap) => gap > 9000 && gap < 12_000)).toBe(true);
    await site.client.flush();
    expect(site.batches.flatMap(namesOf)).toHaveLength(68);
    const rows = site.batches.flatMap(({ rows }) => rows);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('does not delay a single event after a pause', async () => {
    const { site, pass, passed } = openPausedSite();
    await pass(100);
    await site.client.track('look');
    await site.client.flush();
    await pass(30_000);
    const before = site.batches.length;
    const from = passed();
    await site.client.track('look again');
    while (site.batches.length === before && passed() < from + 60_000) await pass(100);
    expect(passed() - from).toBeLessThan(2500);
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
