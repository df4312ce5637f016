import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Batch } from '../../../src/core/events.js';
import { accept, freshBrowser, openSite, problem } from './site.js';

beforeEach(freshBrowser);

it('sends a body as it is where compressing fails', async () => {
  vi.stubGlobal(
    'CompressionStream',
    class {
      constructor() {
        throw new Error('half a polyfill');
      }
    },
  );
  try {
    const site = openSite();
    await site.client.track('large', { text: 'x'.repeat(5000) });
    expect(await site.client.flush()).toBe(true);
    expect(site.events().at(-1)!.name).toBe('large');
  } finally {
    vi.unstubAllGlobals();
  }
});

describe('track', () => {
  it('resolves durable with the id under which the collector gets the event', async () => {
    const site = openSite();
    const result = await site.client.track('add_to_cart', { value: 3 });
    expect(result).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), durable: true });
    expect(await site.client.flush()).toBe(true);
    const row = site.batches
      .flatMap(({ rows }) => rows)
      .find((row) => row.events.some(({ name }) => name === 'add_to_cart'))!;
    const index = row.events.findIndex(({ name }) => name === 'add_to_cart');
    expect(result.id).toBe(row.id.slice(0, -4) + index.toString(16).padStart(4, '0'));
  });

  it('puts the calls of one turn into one row, in order', async () => {
    const site = openSite();
    await site.client.track('first');
    const results = await Promise.all(['a', 'b', 'c'].map((name) => site.client.track(name)));
    await site.client.flush();
    const row = site.batches
      .flatMap(({ rows }) => rows)
      .find((row) => row.events.some(({ name }) => name === 'a'))!;
    expect(row.events.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(new Set(results.map(({ id }) => id)).size).toBe(3);
  });

  it('puts what is called while a transaction is under way into the next one', async () => {
    const site = openSite();
    await site.client.track('first');
    const calls = [site.client.track('a')];
    // Microtasks later, but long before a transaction is complete.
    for (const name of ['b', 'c']) {
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      calls.push(site.client.track(name));
    }
    const results = await Promise.all(calls);
    await site.client.flush();
    const rows = site.batches.flatMap(({ rows }) => rows.map(({ events }) => events.map(({ name }) => name)));
    expect(rows.slice(-2)).toEqual([['a'], ['b', 'c']]);
    expect(results.every(({ durable }) => durable)).toBe(true);
  });

  it('answers invalid for names it cannot take, and throws for nothing', async () => {
    const { client, warnings } = openSite();
    for (const name of ['', '$mine', 'x'.repeat(65), 7, null, Symbol('s')])
      expect(await client.track(name as string)).toEqual({ durable: false, reason: 'invalid' });
    expect(warnings.some((text) => text.includes('$mine'))).toBe(true);
  });

  it('still delivers when IndexedDB is refused, and says that it is not durable', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    const site = openSite();
    expect(await site.client.track('x')).toMatchObject({ durable: false, reason: 'no_storage' });
    expect(await site.client.flush()).toBe(true);
    expect(site.events().map(({ name }) => name)).toContain('x');
    expect(site.warnings.filter((text) => text.includes('IndexedDB'))).toHaveLength(1);
  });

  it('does not wait for an IndexedDB that never answers', async () => {
    vi.stubGlobal('indexedDB', { open: () => ({}) });
    const site = openSite();
    expect(await site.client.track('x')).toMatchObject({ durable: false, reason: 'no_storage' });
  });
});

describe('delivery', () => {
  it('takes no receipt for another number of events than it has sent', async () => {
    const site = openSite();
    site.reply = (batch) => {
      const receipt = { accepted: batch.rows.flatMap(({ events }) => events).length - 1, rejected: [] };
      return Response.json({ ...receipt, program: 0, commands: [] });
    };
    await site.client.track('kept');
    expect(await site.client.flush()).toBe(false);
    const next = openSite();
    await next.client.track('later');
    expect(await next.client.flush()).toBe(true);
    expect(next.events().map(({ name }) => name)).toContain('kept');
  });

  it('keeps events a failing collector did not acknowledge, for the next page to deliver once', async () => {
    const first = openSite();
    first.reply = () => new Response('bad gateway', { status: 502 });
    await first.client.track('kept');
    expect(await first.client.flush()).toBe(false);
    const second = openSite({}, { now: () => Date.now() + 60_000 });
    await second.client.track('later');
    expect(await second.client.flush()).toBe(true);
    expect(second.events().filter(({ name }) => name === 'kept')).toHaveLength(1);
    const third = openSite({}, { now: () => Date.now() + 120_000 });
    await third.client.flush();
    expect(third.events().filter(({ name }) => name === 'kept')).toHaveLength(0);
  });

  it('does not take a 200 without our receipt for an acknowledgement', async () => {
    const site = openSite();
    site.reply = () => new Response('<html>Welcome to the hotel</html>');
    await site.client.track('kept');
    expect(await site.client.flush()).toBe(false);
    site.reply = accept;
    const next = openSite({}, { now: () => Date.now() + 60_000 });
    await next.client.flush();
    expect(next.events().map(({ name }) => name)).toContain('kept');
  });

  it('settles and counts what the collector refuses for good', async () => {
    const site = openSite();
    site.reply = () => problem(400);
    await site.client.track('bad');
    expect(await site.client.flush()).toBe(true);
    // Batches are halved down to the row that is refused, so some came more than once.
    const rows = new Map(
      site.batches.flatMap((batch) => batch.rows.map((row) => [row.id, row.events.length])),
    );
    const refused = [...rows.values()].reduce((sum, events) => sum + events, 0);
    site.reply = accept;
    await site.client.track('good');
    await site.client.flush();
    const last = site.batches.at(-1)!;
    expect(last.rows.flatMap(({ events }) => events).map(({ name }) => name)).toEqual(['good']);
    expect(last.dropped).toEqual({ rejected: refused });
  });

  it.each(['120', new Date(Date.now() + 120_000).toUTCString()])(
    'waits as long as Retry-After says: %s',
    async (after) => {
      let now = Date.now();
      const site = openSite({}, { now: () => now });
      site.reply = () => new Response('', { status: 429, headers: { 'retry-after': after } });
      await site.client.track('x');
      await site.client.flush();
      const { length } = site.batches;
      site.reply = accept;
      now += 100_000;
      expect(await site.client.flush()).toBe(false);
      expect(site.batches).toHaveLength(length);
      now += 30_000;
      expect(await site.client.flush()).toBe(true);
    },
  );

  it('gives nothing up for the word of somebody else, though it is a problem document', async () => {
    let now = Date.now();
    const site = openSite({}, { now: () => now });
    site.reply = () =>
      new Response('{"type":"https://gateway.example/errors/waf","status":400}', {
        status: 400,
        headers: { 'content-type': 'application/problem+json' },
      });
    await site.client.track('kept');
    expect(await site.client.flush()).toBe(false);
    site.reply = accept;
    now += 60_000;
    expect(await site.client.flush()).toBe(true);
    expect(site.batches.at(-1)!.dropped).toEqual({});
    expect(JSON.stringify(site.batches.at(-1)!.rows)).toContain('kept');
  });

  it.each([401, 403, 404, 500])(
    'keeps what a collector answers %i to: somebody can put that right',
    async (status) => {
      let now = Date.now();
      const site = openSite({}, { now: () => now });
      site.reply = () => new Response('{}', { status });
      await site.client.track('kept');
      expect(await site.client.flush()).toBe(false);
      site.reply = accept;
      now += 60_000;
      expect(await site.client.flush()).toBe(true);
      expect(site.batches.at(-1)!.dropped).toEqual({});
      expect(
        site.batches
          .at(-1)!
          .rows.flatMap(({ events }) => events)
          .map(({ name }) => name),
      ).toContain('kept');
    },
  );

  it('puts aside the one row a collector cannot read, and delivers the others', async () => {
    const site = openSite();
    const isPoison = (batch: Batch) => JSON.stringify(batch.rows).includes('poison');
    site.reply = (batch) => (isPoison(batch) ? problem(400) : accept(batch));
    for (const name of ['a', 'b', 'poison', 'c', 'd']) await site.client.track(name);
    expect(await site.client.flush()).toBe(true);
    const delivered = site.batches.filter((batch) => !isPoison(batch)).flatMap(({ rows }) => rows);
    const names = delivered.flatMap(({ events }) => events).map(({ name }) => name);
    expect(names.filter((name) => /^[abcd]$/.test(name))).toEqual(['a', 'b', 'c', 'd']);
    await site.client.track('e');
    await site.client.flush();
    expect(site.batches.at(-1)!.dropped).toEqual({ rejected: 1 });
  });

  it('says whose rows they are once, in the envelope', async () => {
    const site = openSite();
    await site.client.track('x', { visitor: 'not this one', text: '","visitor":"nor this' });
    await site.client.flush();
    const { visitor, rows } = site.batches.at(-1)!;
    expect(visitor).toMatch(/^[0-9a-f-]{36}$/);
    for (const row of rows)
      expect(Object.keys(row)).toEqual([
        'key',
        'stream',
        'id',
        'session',
        'page',
        'origin',
        'monotonic',
        'events',
      ]);
    expect(rows.at(-1)!.events.at(-1)!.properties).toEqual({
      visitor: 'not this one',
      text: '","visitor":"nor this',
    });
  });

  it('goes on by itself after a failure during which it was asked to send again', async () => {
    // A clock that runs forty times as fast, timers included.
    const start = Date.now();
    const site = openSite(
      {},
      {
        now: () => start + (Date.now() - start) * 40,
        later: (run, delayMs) => setTimeout(run, delayMs / 40) as never,
      },
    );
    let failed = false;
    site.reply = async (batch) => {
      if (failed) return accept(batch);
      await new Promise((resolve) => setTimeout(resolve, 300));
      failed = true;
      return new Response('', { status: 503 });
    };
    await site.client.track('first');
    for (let tries = 0; tries < 100 && !site.batches.length; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await site.client.track('while it is under way');
    const delivered = () =>
      failed && site.batches.slice(1).some((batch) => JSON.stringify(batch).includes('while it'));
    for (let tries = 0; tries < 100 && !delivered(); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(delivered()).toBe(true);
  });

  it('waits as long as it is told, whatever was tracked while it asked', async () => {
    const start = Date.now();
    const now = () => start + (Date.now() - start) * 40;
    const later = (run: () => unknown, delayMs: number) => setTimeout(run, delayMs / 40) as never;
    const site = openSite({}, { now, later });
    const asked: number[] = [];
    site.reply = async (batch) => {
      asked.push(now());
      if (asked.length > 1) return accept(batch);
      await new Promise((resolve) => setTimeout(resolve, 40));
      asked[0] = now();
      return new Response('', { status: 429, headers: { 'retry-after': '60' } });
    };
    await site.client.track('first');
    while (!site.batches.length) await new Promise((resolve) => setTimeout(resolve, 5));
    await site.client.track('while it is under way');
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked[1]! - asked[0]!).toBeGreaterThan(59_000);
  });

  it('halves a batch that is too large', async () => {
    const site = openSite();
    site.reply = (batch) => (JSON.stringify(batch).length > 20_000 ? problem(413) : accept(batch));
    for (let n = 0; n < 4; n++)
      await site.client.track('big', { text: 'x'.repeat(4000), more: 'y'.repeat(4000) });
    expect(await site.client.flush()).toBe(true);
    const ids = new Set(
      site.batches
        .filter((batch) => JSON.stringify(batch).length <= 20_000)
        .flatMap(({ rows }) => rows.map(({ id }) => id)),
    );
    expect(ids.size).toBeGreaterThanOrEqual(4);
    expect(site.batches.at(-1)!.dropped).toEqual({});
  });
});
