import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accept, freshBrowser, openSite } from './site.js';
import type { Site } from './site.js';

beforeEach(freshBrowser);
afterEach(() => vi.restoreAllMocks());

/** What a browser does when a page goes, with what the host does in `pagehide`. */
function leave(inHandler: () => void) {
  window.dispatchEvent(new Event('pagehide'));
  inHandler();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
}

const namesOf = ({ batches }: Site) =>
  batches.map(({ rows }) => rows.flatMap(({ events }) => events.map(({ name }) => name)));

describe('a page that goes away', () => {
  it('sends what the host tracks meanwhile in a request of its own, and nothing twice', async () => {
    const site = openSite();
    await site.client.track('before');
    leave(() => void site.client.track('meanwhile'));
    expect(namesOf(site)).toEqual([['$session_start', '$page_view', 'before', '$page_leave'], ['meanwhile']]);
  });

  it('sends no second request when nothing was tracked meanwhile', async () => {
    const site = openSite();
    await site.client.track('before');
    leave(() => undefined);
    expect(site.batches).toHaveLength(1);
  });

  it('tries once more after one failure, which may be the end of the page itself, but not after two', async () => {
    let now = 1_800_000_000_000;
    const site = openSite({}, { now: () => now });
    site.reply = () => Promise.reject(new TypeError('cut off'));
    await site.client.track('before');
    await site.client.flush();
    window.dispatchEvent(new Event('pagehide'));
    expect(site.batches).toHaveLength(2);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    now += 60_000;
    await site.client.flush();
    const { length } = site.batches;
    window.dispatchEvent(new Event('pagehide'));
    expect(site.batches).toHaveLength(length);
  });

  it('sends again what it has tracked since when it was hidden once without a network', async () => {
    const site = openSite();
    site.reply = () => Promise.reject(new TypeError('offline'));
    await site.client.track('before');
    const hidden = vi.spyOn(document, 'hidden', 'get');
    const turn = (isHidden: boolean) => {
      hidden.mockReturnValue(isHidden);
      document.dispatchEvent(new Event('visibilitychange'));
    };
    turn(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    turn(false);
    await site.client.track('since');
    const { length } = site.batches;
    turn(true);
    expect(site.batches.length).toBe(length + 1);
    expect(namesOf(site).at(-1)).toContain('since');
  });

  it('counts what its last request had refused once: the page that comes next is told', async () => {
    const site = openSite();
    await site.client.track('before');
    const all = () => site.batches.at(-1)!.rows.flatMap(({ events }) => events);
    const refusing = () =>
      Response.json({
        accepted: all().length - 1,
        rejected: [{ id: 'x', code: 'too_deep' }],
        program: 0,
        commands: [],
      });
    site.reply = refusing;
    leave(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const next = openSite({}, { now: () => Date.now() + 60_000 });
    next.reply = () => {
      const { length } = next.batches.at(-1)!.rows.flatMap(({ events }) => events);
      return Response.json({
        accepted: length - 1,
        rejected: [{ id: 'x', code: 'too_deep' }],
        program: 0,
        commands: [],
      });
    };
    vi.restoreAllMocks();
    await next.client.track('again');
    await next.client.flush();
    expect(next.batches[0]!.dropped).toEqual({});
    expect(next.batches[0]!.rows.length).toBeGreaterThan(1);
    next.reply = accept;
    await next.client.track('after');
    await next.client.flush();
    expect(next.batches.at(-1)!.dropped).toEqual({ rejected: 1 });
  });

  it('has at most 30,000 bytes under way, however often it is hidden before they are answered', async () => {
    const site = openSite();
    const large = { text: 'x'.repeat(3000) };
    const bytes: number[] = [];
    site.reply = (batch) => {
      bytes.push(JSON.stringify(batch).length);
      return new Promise(() => undefined);
    };
    for (let call = 0; call < 20; call++) await site.client.track('before', large);
    leave(() => {
      for (let call = 0; call < 2; call++) void site.client.track('meanwhile', large);
    });
    window.dispatchEvent(new Event('pagehide'));
    expect(bytes.length).toBeGreaterThan(1);
    const sum = bytes.reduce((total, size) => total + size, 0);
    expect(sum).toBeLessThanOrEqual(30_000);
    expect(sum).toBeGreaterThan(20_000);
  });
});
