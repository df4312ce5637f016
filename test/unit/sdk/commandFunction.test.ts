import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandFunction } from '../../../src/sdk/commandFunction.js';
import { freshBrowser, openSite } from './site.js';

type Command = (...args: unknown[]) => Promise<unknown>;
const page = window as unknown as { kikubari?: Command & { q?: unknown[] } };
const warnings: string[] = [];

beforeEach(() => {
  freshBrowser();
  vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
});
afterEach(() => {
  delete page.kikubari;
  warnings.length = 0;
  vi.restoreAllMocks();
});

/** The two-line stub of the README. */
function stub(entries: [time: number, url: string, ...args: unknown[]][]) {
  const queue = entries.map(([time, url, ...args]) => [time, url, 'Title', 'https://from.example/', args]);
  page.kikubari = Object.assign(() => Promise.resolve(), { q: queue });
}

describe('the command function', () => {
  it('replays the stub with the time and page of each call', async () => {
    const time = Date.now() - 5000;
    stub([
      [time, 'https://shop.example/first', 'track', 'early', { n: 1 }],
      [time + 1, 'https://shop.example/first', 'page', { kind: 'early' }],
    ]);
    const site = openSite();
    commandFunction('kikubari', 'test', () => site.client);
    await page.kikubari!('flush');
    expect(site.events().find(({ name }) => name === 'early')).toEqual({
      name: 'early',
      time,
      properties: { n: 1 },
    });
    const view = site.events().find(({ properties }) => properties?.kind === 'early');
    expect(view).toMatchObject({
      time: time + 1,
      properties: { url: 'https://shop.example/first', title: 'Title', referrer: 'https://from.example/' },
    });
  });

  it('replays at most 100 calls and reports the others as dropped', async () => {
    stub(Array.from({ length: 120 }, (_, n) => [Date.now(), 'https://shop.example/', 'track', 'n' + n]));
    const site = openSite();
    commandFunction('kikubari', 'test', () => site.client);
    await page.kikubari!('flush');
    await page.kikubari!('track', 'x');
    await page.kikubari!('flush');
    expect(site.events().filter(({ name }) => /^n\d/.test(name))).toHaveLength(100);
    expect(site.batches.at(-1)!.dropped.stub_full).toBe(20);
  });

  it('answers promises, warns of an unknown command and throws for nothing', async () => {
    const site = openSite();
    commandFunction('kikubari', 'test', () => site.client);
    expect(await page.kikubari!('track', 'x')).toMatchObject({ durable: true });
    expect(await page.kikubari!('fly')).toBeUndefined();
    expect(await page.kikubari!('constructor')).toBeUndefined();
    expect(site.warnings).toEqual(expect.arrayContaining(['bad name fly', 'bad name constructor']));
  });

  it('does nothing but warn once when it is included again', () => {
    let clients = 0;
    const create = () => {
      clients++;
      return openSite().client;
    };
    commandFunction('kikubari', 'test', create);
    const first = page.kikubari;
    commandFunction('kikubari', 'test', create);
    expect(clients).toBe(1);
    expect(page.kikubari).toBe(first);
    expect(warnings).toEqual([expect.stringContaining('twice')]);
    expect(Object.keys(window)).not.toContain('kikubari');
  });
});
