// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { freshBrowser, openSite } from './site.js';

beforeEach(freshBrowser);

/** News of another tab travels this long. */
const heard = () => new Promise((resolve) => setTimeout(resolve, 400));

it('is not made to refuse anything by what it has delivered', async () => {
  const quiet = openSite();
  const busy = openSite();
  await quiet.client.track('here');
  await heard();
  for (let round = 0; round < 12; round++) {
    await Promise.all(Array.from({ length: 500 }, () => busy.client.track('scrolled')));
    await busy.client.flush();
    await heard();
  }
  expect(busy.events().length + quiet.events().length).toBeGreaterThan(6000);
  // More than may wait unsent, though the quiet tab may have sent some.
  expect(busy.events().length).toBeGreaterThan(5000);
  expect(await quiet.client.track('later')).toMatchObject({ durable: true });
  await busy.client.track('more');
}, 120_000);
