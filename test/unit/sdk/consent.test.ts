import { beforeEach, describe, expect, it } from 'vitest';
import { freshBrowser, openSite } from './site.js';

beforeEach(freshBrowser);

const databases = async () => (await indexedDB.databases()).map(({ name }) => name);
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
const ALL = { measure: true, personalise: true, survey: true, identify: true };

describe('with consent required', () => {
  it('asks nothing of network and storage before a grant, and then records the calls made meanwhile', async () => {
    const site = openSite({ consent: 'required' });
    const early = site.client.track('early');
    await settle();
    expect(site.requests).toEqual([]);
    expect(await databases()).toEqual([]);
    expect(localStorage.length + sessionStorage.length + document.cookie.length).toBe(0);
    await site.client.consent({ measure: true });
    expect(await early).toMatchObject({ durable: true });
    await site.client.flush();
    expect(site.events().map(({ name }) => name)).toContain('early');
    expect(await databases()).toEqual(['kikubari-test']);
  });

  it('keeps no more than 100 calls in memory', async () => {
    const site = openSite({ consent: 'required' });
    const calls = Array.from({ length: 130 }, (_, n) => site.client.track('n' + n));
    await site.client.consent({ measure: true });
    const results = await Promise.all(calls);
    expect(results.filter(({ durable }) => durable)).toHaveLength(100);
    await site.client.track('x');
    await site.client.flush();
    await site.client.track('y');
    await site.client.flush();
    expect(site.batches.at(-1)!.dropped.stub_full).toBe(30);
  });

  it('remembers a grant for the next page', async () => {
    const first = openSite({ consent: 'required' });
    await first.client.consent(ALL);
    const second = openSite({ consent: 'required' });
    expect(await second.client.track('x')).toMatchObject({ durable: true });
  });

  it('neither stores nor sends what a denied purpose would need', async () => {
    const site = openSite({ consent: 'required' });
    await site.client.consent({ measure: true });
    expect(await site.client.identify('u1')).toMatchObject({ durable: false, reason: 'no_consent' });
    await site.client.track('x');
    await site.client.flush();
    expect(JSON.stringify(site.batches)).not.toContain('u1');
  });
});

describe('withdrawal', () => {
  it('deletes the database, refuses later calls and sends nothing more', async () => {
    const site = openSite({ consent: 'required' });
    await site.client.consent(ALL);
    await site.client.track('x');
    await site.client.consent({ measure: false, personalise: false, survey: false, identify: false });
    expect(await databases()).toEqual([]);
    const { length } = site.requests;
    expect(await site.client.track('y')).toMatchObject({ durable: false });
    await settle();
    expect(site.requests).toHaveLength(length);
    expect(await databases()).toEqual([]);
  });

  it('starts over as a new visitor when it is granted again', async () => {
    const site = openSite({ consent: 'required' });
    await site.client.consent(ALL);
    await site.client.flush();
    const before = site.batches[0]!.visitor;
    await site.client.consent({ measure: false, personalise: false, survey: false, identify: false });
    await site.client.consent(ALL);
    await site.client.flush();
    expect(site.batches.at(-1)!.visitor).not.toBe(before);
  });

  it('is remembered where consent is not required: the next page records nothing', async () => {
    const first = openSite();
    await first.client.track('x');
    await first.client.consent({ measure: false, personalise: false, survey: false, identify: false });
    const second = openSite();
    const call = second.client.track('y');
    expect(await call).toMatchObject({ durable: false });
    expect(second.requests).toEqual([]);
  });
});
