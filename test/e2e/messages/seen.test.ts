/** What can be seen of a message, and reached, as only a browser with a layout can tell. */
import type { Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Block, Content, Format } from '../../../src/core/content.js';
import type { preview as Preview } from '../../../src/sdk/preview.js';
import { openThen, SAMPLES, said, useGallery } from '../gallery.js';

const gallery = useGallery();
beforeEach(async () => {
  await gallery.visitor.page.setViewportSize({ width: 1280, height: 720 });
  await gallery.visitor.page.emulateMedia({
    reducedMotion: 'reduce',
    forcedColors: 'none',
    colorScheme: 'light',
  });
});

const margin = (page: Page, margin: string) =>
  page.evaluate((margin) => (document.querySelector('main')!.style.margin = margin), margin);
const visibility = (page: Page) =>
  page.locator('.tooltip').evaluate((tip) => getComputedStyle(tip).visibility);

describe('a tooltip', () => {
  test('is shown, and said, when its element comes into view', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip', () => margin(page, '3000px 0'));
    await page.waitForTimeout(700);
    const spoken = page.locator('.tooltip [role=status]');
    expect([await said(page), await spoken.textContent()]).toEqual([[], '']);
    await page.evaluate(() => document.querySelector('#gallery-anchor')!.scrollIntoView());
    await expect.poll(() => spoken.textContent()).not.toBe('');
    expect(await said(page)).toEqual([['shown']]);
  });

  test('waits a second for an element that is gone, however much is scrolled meanwhile', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip');
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#gallery-anchor')!.hidden = true;
      for (let scrolls = 0; scrolls < 10; scrolls++) dispatchEvent(new Event('scroll'));
    });
    await page.waitForTimeout(300);
    expect(await page.locator('.tooltip').count()).toBe(1);
    await page.evaluate(() => (document.querySelector<HTMLElement>('#gallery-anchor')!.hidden = false));
    await expect.poll(() => visibility(page)).toBe('visible');
  });

  test('keeps the focus that is in it while its element is scrolled away', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip', () => margin(page, '0 0 3000px'));
    await page.locator('.close').focus();
    await page.evaluate(() => scrollTo(0, 1500));
    await page.waitForTimeout(500);
    const hasFocus = () => page.locator('.close').evaluate((close) => close.matches(':focus'));
    expect([await hasFocus(), await visibility(page)]).toEqual([true, 'visible']);
    await page.locator('#gallery-anchor').evaluate((anchor) => anchor.focus({ preventScroll: true }));
    await expect.poll(() => visibility(page)).toBe('hidden');
  });
});

const FIRST: { [what: string]: Block[] } = {
  'a product': [{ block: 'product', id: 'tea', name: 'Sencha of the first harvest', href: '/tea' }],
  'a coupon': [{ block: 'coupon', code: 'TEN' }],
  buttons: [
    {
      block: 'buttons',
      buttons: ['one', 'two', 'three', 'four'].map((id) => ({
        id,
        label: `Choose number ${id}`,
        action: { do: 'close' },
      })),
    },
  ],
  'the label of a countdown': [
    { block: 'countdown', until: '2099-01-01T00:00:00Z', label: 'The sale of the spring ends in '.repeat(4) },
  ],
  'a divider': [{ block: 'divider' }, { block: 'product', id: 'tea', name: 'Sencha', href: '/tea' }],
  'a picture that cannot be had': [
    { block: 'image', src: '/missing.png', alt: '', width: 640, height: 320 },
    { block: 'coupon', code: 'TEN' },
  ],
};
const FORMATS: Format[] = ['slide-in', 'modal', 'full-screen', 'tooltip', 'toast', 'banner'];

describe.each([360, 1280])('on a page of %s px', (width) => {
  test.each(FORMATS)('the close button of a %s covers nothing, whatever comes first', async (format) => {
    const { page } = gallery.visitor;
    await page.setViewportSize({ width, height: 720 });
    await page.goto(`${gallery.origin}/view.html?sample=tooltip&wait`);
    await page.waitForFunction('window.show');
    const contents = Object.entries(FIRST).flatMap(([what, blocks]) =>
      (['compact', 'normal', 'roomy'] as const).map((spacing): [string, Content] => [
        `${what}, ${spacing}`,
        { format, anchor: SAMPLES.tooltip!.anchor, theme: { spacing }, cards: [{ id: 'one', blocks }] },
      ]),
    );
    const covered = await page.evaluate(async (text) => {
      const { preview } = window as unknown as { preview: typeof Preview };
      const found: string[] = [];
      for (const [what, content] of JSON.parse(text) as [string, Content][]) {
        const shown = await preview({ content });
        await new Promise((resolve) => setTimeout(resolve, 120));
        const { shadowRoot } = document.querySelector('[data-kikubari]')!;
        const close = shadowRoot!.querySelector('.close')!.getBoundingClientRect();
        for (const part of shadowRoot!.querySelectorAll('.card>*,.card a,.card button,.card p,.card input')) {
          const box = part.getBoundingClientRect();
          const [left, right] = [Math.max(box.left, close.left), Math.min(box.right, close.right)];
          const [top, bottom] = [Math.max(box.top, close.top), Math.min(box.bottom, close.bottom)];
          if (box.height && right - left > 0.5 && bottom - top > 0.5)
            found.push(`${what}: ${part.localName}.${part.className} by ${right - left} x ${bottom - top}`);
        }
        shown!.unmount();
      }
      return found;
    }, JSON.stringify(contents));
    expect(covered).toEqual([]);
  });
});

test('stars can be seen on the ground of forced colours, and which of them are chosen', async () => {
  const { page } = gallery.visitor;
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const content: Content = {
    format: 'slide-in',
    theme: { scheme: 'light' },
    cards: [{ id: 'q', blocks: [{ block: 'question', question: { kind: 'rating', id: 'q', label: 'Q' } }] }],
  };
  await page.goto(`${gallery.origin}/view.html?sample=tooltip&wait`);
  await page.waitForFunction('window.show');
  await page.evaluate(async (text) => {
    await (window as unknown as { preview: typeof Preview }).preview({
      content: JSON.parse(text) as Content,
    });
  }, JSON.stringify(content));
  await page.locator('.stars input').nth(2).check();
  const colours = await page.locator('.stars').evaluate((stars) => {
    const root = stars.closest('.root')!;
    const system = (name: string) => {
      const probe = document.createElement('i');
      probe.style.cssText = `forced-color-adjust:none;color:${name}`;
      root.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };
    const drawn = [...stars.querySelectorAll('svg')].map((star) => {
      const { fill, stroke } = getComputedStyle(star);
      return fill === 'none' ? stroke : fill;
    });
    return { drawn, chosen: system('Highlight'), other: system('CanvasText') };
  });
  const { drawn, chosen, other } = colours;
  expect(drawn).toEqual([chosen, chosen, chosen, other, other]);
});
