/** What a device keeps when nobody takes what it has to deliver. */
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../../src/sdk/database.js';
import { helloProgram } from './helloProgram.js';
import { freshBrowser, openSite } from './site.js';

beforeEach(freshBrowser);

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const blocked = () => Promise.reject(new TypeError('blocked'));

interface Row {
  local?: boolean;
  events: { name: string }[];
}
const log = () =>
  new Promise<Row[]>((resolve) => {
    const open = indexedDB.open(databaseName('test'));
    open.onsuccess = () => {
      const all = open.result.transaction('log').objectStore('log').getAll();
      all.onsuccess = () => {
        open.result.close();
        resolve((all.result as string[]).map((json) => JSON.parse(json) as Row));
      };
    };
  });

describe('a log that is full of what waits for delivery', () => {
  it('goes on with the history of large events: room is made before it is refused', async () => {
    const site = openSite();
    site.reply = blocked;
    const text = 'x'.repeat(3000);
    for (let call = 0; call < 800; call++) {
      await site.client.track('step', { text });
      if (call % 50 === 49) await wait(300);
    }
    await wait(2000);
    const late = await Promise.all(Array.from({ length: 100 }, () => site.client.track('late')));
    expect(late.filter((result) => 'id' in result)).toHaveLength(100);
    const names = (await log()).flatMap(({ events }) => events.map(({ name }) => name));
    expect(names.filter((name) => name === 'late')).toHaveLength(100);
  }, 60_000);

  it('keeps an exposure for the history only, like all else, and says so to the next collector', async () => {
    const site = openSite();
    site.reply = blocked;
    site.program = helloProgram([{ on: 'event', event: 'go' }]);
    await site.client.track('before');
    await wait(500);
    for (let turn = 0; turn < 50; turn++)
      await Promise.all(Array.from({ length: 100 }, () => site.client.track('step')));
    await site.client.track('go');
    const exposures = async () =>
      (await log()).filter(({ events }) => events.some(({ name }) => name === '$exposure'));
    await expect.poll(exposures, { timeout: 5000 }).toEqual([expect.objectContaining({ local: true })]);
  }, 60_000);
});
