/** What can be seen of a message, and reached, as only a browser with a layout can tell. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Block, Content, Format } from '../../../src/core/content.js';
import type { preview as Preview } from '../../../src/sdk/preview.js';
import { openVisitor, type Visitor } from '../browser.js';
import { openThen, SAMPLES, said, serveGallery } from '../gallery.js';

let visitor: Visitor;
let gallery: { origin: string; close: () => unknown };

beforeAll(async () => {
  visitor = await openVisitor();
  gallery = await serveGallery();
});
afterAll(async () => {
  await visitor?.close();
  gallery?.close();
});
beforeEach(async () => {
  await visitor.page.setViewportSize({ width: 1280, height: 720 });
  await visitor.page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none', colorScheme: 'light' });
});

const margin = (page: Page, margin: string) =>
  page.evaluate((margin) => (document.querySelector('main')!.style.margin = margin), margin);
const visibility = (page: Page) =>
  page.locator('.tooltip').evaluate((tip) => getComputedStyle(tip).visibility);

describe('a tooltip', () => {
  test('is shown, and said, when its element comes into view', async () => {
    const { page } = visitor;
    await openThen(page, gallery.origin, 'tooltip', () => margin(page, '3000px 0'));
    await page.waitForTimeout(700);
    const spoken = page.locator('.tooltip [role=status]');
    expect([await said(page), await spoken.textContent()]).toEqual([[], '']);
    await page.evaluate(() => document.querySelector('#gallery-anchor')!.scrollIntoView());
    await expect.poll(() => spoken.textContent()).not.toBe('');
    expect(await said(page)).toEqual([['shown']]);
  });
});
