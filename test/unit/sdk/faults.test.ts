import { beforeEach, describe, expect, it, vi } from 'vitest';
import { promisifyRequest } from 'idb-keyval';
import { databaseName } from '../../../src/sdk/database.js';
import { createFaults } from '../../../src/sdk/faults.js';
import { helloProgram } from './helloProgram.js';
import { freshBrowser, openSite } from './site.js';

beforeEach(freshBrowser);

describe('own errors', () => {
  let now = 0;
  const turnOff = vi.fn();
  const open = () => {
    now = 1_000_000;
    turnOff.mockClear();
    return createFaults(() => now, turnOff);
  };
  const breakIt = () => {
    throw new Error('ours');
  };

  it('are swallowed, and five in a minute are borne', async () => {
    const faults = open();
    const broken = faults.guard(async () => breakIt(), 'failed');
    for (let error = 0; error < 5; error++) expect(await broken()).toBe('failed');
    expect(turnOff).not.toHaveBeenCalled();
    expect(await faults.guard(async () => 'fine', 'failed')()).toBe('fine');
  });

  it('turn the SDK off with the sixth, once, and nothing of it runs any more', async () => {
    const faults = open();
    for (let error = 0; error < 9; error++) await faults.guard(async () => breakIt(), 'failed')();
    expect(turnOff).toHaveBeenCalledTimes(1);
    const run = vi.fn();
    faults.guard(run)();
    expect(await faults.guard(async () => 'fine', 'failed')()).toBe('failed');
    expect(run).not.toHaveBeenCalled();
    // But what cleans up, or hands on the answer of somebody who knows.
    expect(await faults.guard(async () => 'fine', null)()).toBe('fine');
  });

  it('of the minute before are forgotten', async () => {
    const faults = open();
    for (let minute = 0; minute < 4; minute++) {
      for (let error = 0; error < 5; error++) faults.fail();
      now += 60_001;
    }
    expect(turnOff).not.toHaveBeenCalled();
  });
});

async function storedRows() {
  const db = await promisifyRequest(indexedDB.open(databaseName('test')));
  const rows = await promisifyRequest(db.transaction('log').objectStore('log').count());
  db.close();
  return rows;
}

it('what a page gives as a name that has no text is no error of ours', async () => {
  const site = openSite();
  const nameless = Object.create(null) as string;
  for (let call = 0; call < 7; call++) {
    expect(await site.client.track(nameless)).toMatchObject({ durable: false, reason: 'invalid' });
    await site.client.replay(nameless, []);
  }
  expect(site.warnings).toEqual(['bad name object']);
  expect(await site.client.track('after')).toMatchObject({ durable: true });
});

it('what the listeners of a page throw is no error of ours', async () => {
  const site = openSite();
  site.program = helloProgram([{ on: 'event', event: 'go' }], { audience: { any: [] } });
  let told = 0;
  site.client.on('suppressed', () => {
    told++;
    throw new Error('of the page');
  });
  await vi.waitFor(async () => expect(await site.client.explain('hello')).not.toBeNull());
  for (let turn = 0; turn < 7; turn++) {
    await site.client.track('go');
    await vi.waitFor(() => expect(told).toBeGreaterThan(turn));
  }
  expect(await site.client.track('after')).toMatchObject({ durable: true });
});

it('a page whose SDK has turned itself off goes on, and every call says so', async () => {
  let isBroken = false;
  const site = openSite(
    {},
    {
      warn: () => {
        if (isBroken) throw new Error('console');
      },
    },
  );
  expect(await site.client.track('before')).toMatchObject({ durable: true });
  isBroken = true;
  // Each of them warns, and the warning breaks.
  for (let error = 0; error < 6; error++) await site.client.track(`$not a name ${error}`);
  const sent = site.batches.length;
  expect(await storedRows()).toBeGreaterThan(0);
  expect(await site.client.track('after')).toEqual({ durable: false, reason: 'off' });
  expect(await site.client.replay('track', ['after'])).toEqual({ durable: false, reason: 'off' });
  expect(await site.client.flush()).toBe(false);
  expect(site.batches).toHaveLength(sent);
  // A visitor who withdraws has a right to it all the same.
  await site.client.consent({ measure: false, personalise: false, survey: false, identify: false });
  expect(await storedRows()).toBe(0);
});
