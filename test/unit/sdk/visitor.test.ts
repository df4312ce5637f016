import { beforeEach, describe, expect, it } from 'vitest';
import { freshBrowser, openSite } from './site.js';

beforeEach(freshBrowser);

describe('session', () => {
  it('starts with every fact decide may read, then the page view', async () => {
    history.replaceState(null, '', '/landing?utm_source=mail&utm_campaign=spring');
    const site = openSite();
    await site.client.flush();
    const [start, view] = site.events();
    expect(start).toMatchObject({
      name: '$session_start',
      properties: {
        number: 1,
        new: true,
        landing: location.href,
        source: 'mail',
        utm: { source: 'mail', campaign: 'spring' },
        device: { type: 'desktop', language: navigator.language, touch: false, viewportWidth: innerWidth },
      },
    });
    expect(view).toMatchObject({ name: '$page_view', properties: { url: location.href, path: '/landing' } });
  });

  it('goes on over pages and ends after 30 minutes without an event', async () => {
    const times = [0, 29, 58, 89].map((minutes) => Date.now() + minutes * 60_000);
    const sessions: string[] = [];
    const starts: number[] = [];
    for (const time of times) {
      const site = openSite({}, { now: () => time });
      await site.client.flush();
      sessions.push(site.batches[0]!.rows[0]!.session);
      starts.push(site.events().filter(({ name }) => name === '$session_start').length);
    }
    expect(new Set(sessions.slice(0, 3)).size).toBe(1);
    expect(sessions[3]).not.toBe(sessions[0]);
    expect(starts).toEqual([1, 0, 0, 1]);
  });

  it('numbers rows over pages, so that order is one for the whole device', async () => {
    const first = openSite();
    await first.client.track('a');
    await first.client.flush();
    const second = openSite();
    await second.client.track('b');
    await second.client.flush();
    const rows = [...first.batches, ...second.batches].flatMap(({ rows }) => rows);
    const keys = rows.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(rows.map(({ stream }) => stream)).size).toBe(1);
  });
});

describe('identity', () => {
  it('keeps the visitor at the first identify and sends rows of each user apart', async () => {
    const site = openSite();
    await site.client.track('before');
    await site.client.identify('u1', { plan: 'free' });
    await site.client.track('after');
    await site.client.flush();
    expect(new Set(site.batches.map(({ visitor }) => visitor)).size).toBe(1);
    expect(site.batches.map(({ user }) => user)).toEqual([undefined, 'u1']);
    const identify = site.events().find(({ name }) => name === '$identify');
    expect(identify?.properties).toEqual({ user: 'u1', traits: { plan: 'free' } });
  });

  it('makes a new visitor of another user and still delivers what the first one did', async () => {
    const site = openSite();
    await site.client.identify('u1');
    void site.client.track('by-u1');
    await site.client.identify('u2');
    await site.client.track('by-u2');
    await site.client.flush();
    const of = (name: string) =>
      site.batches.find(({ rows }) =>
        rows.some(({ events }) => events.some((event) => event.name === name)),
      )!;
    expect(of('by-u1').user).toBe('u1');
    expect(of('by-u2').user).toBe('u2');
    expect(of('by-u1').visitor).not.toBe(of('by-u2').visitor);
  });

  it('is not undone by what was read before it was written', async () => {
    const site = openSite();
    await site.client.track('before');
    const identified = site.client.identify('u1');
    // Reads what is stored, as each return to the tab does: nobody is logged in there yet.
    document.dispatchEvent(new Event('visibilitychange'));
    await identified;
    await site.client.track('after');
    await site.client.flush();
    expect(site.batches.at(-1)).toMatchObject({ user: 'u1' });
    expect(site.events().at(-1)!.name).toBe('after');
  });

  it('forgets the user at reset, on later pages too', async () => {
    const site = openSite();
    await site.client.identify('u1');
    await site.client.reset();
    await site.client.track('anonymous');
    await site.client.flush();
    const [, last] = [site.batches[0]!, site.batches.at(-1)!];
    expect(last.user).toBeUndefined();
    const next = openSite();
    await next.client.track('x');
    await next.client.flush();
    // The tab that was there before may have been the one to send it.
    const later = [...site.batches, ...next.batches].find(({ rows }) => JSON.stringify(rows).includes('"x"'));
    expect(later!.visitor).toBe(last.visitor);
  });

  it('refuses a user nobody could be told apart by', async () => {
    const { client } = openSite();
    expect(await client.identify('')).toEqual({ durable: false, reason: 'invalid' });
  });
});
