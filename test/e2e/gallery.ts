/** The gallery, opened by tests: one page with one message of `examples/gallery/samples.js`. */
import type { Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import type { Content } from '../../src/core/content.js';
import { openVisitor, type Visitor } from './browser.js';
import { SAMPLES as samples } from '../../examples/gallery/samples.js';
import { serveGallery } from '../../scripts/gallery/server.mjs';
import { said as saidOn } from '../../scripts/a11y/pages.mjs';

export { serveGallery };

/** A visitor and the served gallery, for all tests of a file. */
export function useGallery(): { readonly visitor: Visitor; readonly origin: string } {
  const open = {} as { visitor: Visitor; origin: string };
  let close: (() => unknown) | undefined;
  beforeAll(async () => {
    open.visitor = await openVisitor();
    const gallery = await serveGallery();
    open.origin = gallery.origin;
    close = gallery.close;
  });
  afterAll(async () => {
    await open.visitor?.close();
    close?.();
  });
  return open;
}

export const SAMPLES: { [id: string]: Content } = samples;
export const IDS = Object.keys(SAMPLES);

/** What the message told the page so far, by name and detail. */
export const said: (page: Page) => Promise<unknown[][]> = saidOn;

/** Opens the page and shows the message once it is told to: what is done first finds no message. */
export async function openThen(
  page: Page,
  origin: string,
  id: string,
  first: () => Promise<unknown> = async () => undefined,
  query: { [name: string]: string } = {},
): Promise<boolean> {
  await page.goto(`${origin}/view.html?${new URLSearchParams({ sample: id, wait: '', ...query })}`);
  await page.waitForFunction('window.show');
  await first();
  return page.evaluate('window.show()');
}

/** How many pixels of two screenshots of one size differ, outside of a box; each of the channels may be off by 1. */
export function differingPixels(
  page: Page,
  before: Buffer,
  after: Buffer,
  box: { x: number; y: number; width: number; height: number },
): Promise<number> {
  return page.evaluate(
    async ([one, other, { x, y, width, height }]) => {
      const pixels = async (data: string) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = [await pixels(one), await pixels(other)];
      let count = 0;
      for (let at = 0; at < a.data.length; at += 4) {
        const [column, row] = [(at / 4) % a.width, Math.floor(at / 4 / a.width)];
        const isInside = column >= x && column < x + width && row >= y && row < y + height;
        if (!isInside && [0, 1, 2].some((part) => Math.abs(a.data[at + part]! - b.data[at + part]!) > 1))
          count++;
      }
      return count;
    },
    [before.toString('base64'), after.toString('base64'), box] as const,
  );
}
