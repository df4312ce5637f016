/** V3: an image of a message, whenever it comes, is not the page's largest contentful paint. */
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type { Content } from '../../../src/core/content.js';
import { useGallery } from '../gallery.js';

const gallery = useGallery();

const cards = (src: string): Content['cards'] => [
  {
    id: 'one',
    blocks: [{ block: 'image', src, alt: '', width: 360, height: 280 }],
  },
];

/** What was the largest so far, in order: on the page, or in a shadow root, which is not told of. */
const largest = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const entries = (window as unknown as { paints: { element: Element | null }[] }).paints;
    return entries.map(({ element }) => element?.localName ?? 'in a shadow root');
  });

/** A page with next to nothing on it, and an image that comes after `delayMs`. */
async function openSmallPage(delayMs: number): Promise<Page> {
  const { page } = gallery.visitor;
  await page.route('**/late.svg', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const body =
      '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="280"><rect width="360" height="280" fill="#397"/><circle cx="90" cy="90" r="60" fill="#fd8"/></svg>';
    await route.fulfill({ contentType: 'image/svg+xml', body });
  });
  await page.goto(`${gallery.origin}/view.html?wait`);
  await page.waitForFunction('window.show');
  await page.evaluate(() => {
    document.querySelector('main')!.style.cssText = 'font-size:6px;width:120px';
    const paints = ((window as unknown as { paints: unknown[] }).paints = [] as unknown[]);
    // From here on: what is painted with these sizes anew.
    document.body.replaceChildren(document.querySelector('main')!);
    new PerformanceObserver((list) => paints.push(...list.getEntries())).observe({
      type: 'largest-contentful-paint',
    });
  });
  await page.waitForTimeout(300);
  return page;
}

const FORMATS: Pick<Content, 'format' | 'position' | 'slot'>[] = [
  { format: 'slide-in' },
  { format: 'modal' },
  { format: 'banner' },
];

test.each([
  ['with motion, the image at once', 'no-preference', 0],
  ['with motion, a late image', 'no-preference', 400],
  ['without motion, the image at once', 'reduce', 0],
  ['without motion, a late image', 'reduce', 400],
] as const)('%s', async (_, reducedMotion, delayMs) => {
  await gallery.visitor.page.emulateMedia({ reducedMotion });
  await gallery.visitor.page.setViewportSize({ width: 1280, height: 720 });
  for (const format of FORMATS) {
    const page = await openSmallPage(delayMs);
    const content = JSON.stringify({ ...format, cards: cards('late.svg') });
    const show = (content: string) =>
      (window as never as Shows).preview({ content: JSON.parse(content) as Content });
    expect(await page.evaluate(show, content)).toBeTruthy();
    const image = page.locator('[data-kikubari] img');
    await expect.poll(() => image.evaluate((one) => getComputedStyle(one).opacity)).toBe('1');
    await page.waitForTimeout(300);
    expect([format, (await largest(page)).includes('in a shadow root')]).toEqual([format, false]);
    await page.unrouteAll();
  }
  // A plain element of the page's own is one: what is asked is told.
  const page = await openSmallPage(delayMs);
  await page.evaluate(() => {
    const host = document.body.appendChild(document.createElement('div'));
    host.attachShadow({ mode: 'open' }).innerHTML =
      '<p style="font-size:40px">A text of another shadow root</p>';
  });
  await expect.poll(() => largest(page)).toContain('in a shadow root');
});

interface Shows {
  preview: (options: object) => Promise<unknown>;
}
