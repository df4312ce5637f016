import type { Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Content } from '../../../src/core/content.js';
import type { preview as Preview } from '../../../src/sdk/preview.js';
import { SAMPLES, openThen, said, useGallery } from '../gallery.js';

const gallery = useGallery();
beforeEach(async () => {
  await gallery.visitor.page.setViewportSize({ width: 1280, height: 720 });
  await gallery.visitor.page.emulateMedia({ reducedMotion: 'reduce' });
});

const box = async (page: Page, selector = '.surface') => (await page.locator(selector).boundingBox())!;

/** Shows a content of the test's own. */
const showHere = (page: Page, content: Content, more: object = {}): Promise<boolean> =>
  page.evaluate(
    async ([text, options]) => {
      const { preview } = window as unknown as { preview: typeof Preview };
      const on = (...notice: unknown[]) => (window as unknown as { said: unknown[] }).said.push(notice);
      return !!(await preview({ content: JSON.parse(text) as Content, on, ...options }));
    },
    [JSON.stringify(content), more] as const,
  );

describe('a tooltip', () => {
  test('stands beside its element, follows it, flips, and goes when that is gone', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip');
    const anchor = await box(page, '#gallery-anchor');
    const below = await box(page);
    expect(below.y).toBeGreaterThan(anchor.y + anchor.height);
    expect(Math.abs(below.x + below.width / 2 - (anchor.x + anchor.width / 2))).toBeLessThan(200);
    await page.evaluate(() => (document.querySelector('main')!.style.marginTop = '120px'));
    await expect.poll(async () => Math.round((await box(page)).y - below.y)).toBeGreaterThan(100);
    await page.evaluate(() => (document.querySelector('main')!.style.marginTop = '470px'));
    await expect.poll(() => page.locator('.tooltip').getAttribute('data-side')).toBe('top');
    const above = await box(page);
    expect(above.y + above.height).toBeLessThan((await box(page, '#gallery-anchor')).y);
    await page.evaluate(() => document.querySelector('#gallery-anchor')!.remove());
    await page.locator('.surface').waitFor({ state: 'detached' });
    expect(await said(page)).toContainEqual(['closed', 'removed']);
  });

  test('is where it belongs in the first frame it is seen in, also where that comes late', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip');
    const place = Math.round((await box(page)).x);
    await page.locator('.close').click();
    await page.locator('.surface').waitFor({ state: 'detached' });
    await page.evaluate(() => {
      const { setTimeout } = window;
      // Frames come between the tasks of a message, as they may anywhere.
      window.setTimeout = ((run: () => void, ms?: number) => setTimeout(run, ms || 40)) as never;
      const places = ((window as unknown as { places: number[] }).places = [] as number[]);
      const look = () => {
        const tip = document.querySelector('[data-kikubari]')?.shadowRoot!.querySelector('.tooltip');
        if (tip) places.push(Math.round(tip.getBoundingClientRect().x));
        requestAnimationFrame(() => setTimeout(look));
      };
      look();
    });
    expect(await showHere(page, SAMPLES.tooltip!)).toBe(true);
    const places = () => page.evaluate(() => (window as unknown as { places: number[] }).places);
    await expect.poll(async () => (await places()).length).toBeGreaterThan(3);
    expect(new Set(await places())).toEqual(new Set([place]));
    // And it is followed from there.
    const { y } = await box(page);
    await page.evaluate(() => (document.querySelector('main')!.style.marginTop = '120px'));
    await expect.poll(async () => Math.round((await box(page)).y - y)).toBeGreaterThan(100);
    await page.evaluate(() => document.querySelector('#gallery-anchor')!.remove());
    await page.locator('.surface').waitFor({ state: 'detached' });
  });

  test('stands beside the one of several elements that can be seen, and beside none that cannot', async () => {
    const { page } = gallery.visitor;
    await page.goto(`${gallery.origin}/view.html?sample=tooltip&wait`);
    await page.waitForFunction('window.preview');
    await page.evaluate(() => {
      for (const style of ['display:none', 'visibility:hidden', 'opacity:0', ''])
        document.querySelector('main')!.insertAdjacentHTML(
          'beforeend',
          // Beside the page, where a tooltip could not be.
          `<p style="${style}${style && ';position:absolute;left:0'}"><button class="menu">Menu</button></p>`,
        );
    });
    const tooltip = { ...SAMPLES.tooltip!, anchor: '.menu' };
    expect(await showHere(page, tooltip)).toBe(true);
    const [menu, tip] = [await box(page, 'p:last-child>.menu'), await box(page)];
    expect(tip.x + tip.width / 2 - (menu.x + menu.width / 2)).toBeCloseTo(0, 0);
    await page.evaluate(() => (document.querySelector<HTMLElement>('p:last-child')!.style.opacity = '0'));
    await page.locator('.surface').waitFor({ state: 'detached' });
    expect(await said(page)).toContainEqual(['closed', 'removed']);
    expect(await showHere(page, tooltip)).toBe(false);
  });

  test('hides while its element is scrolled out of a box of the page', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip', () =>
      page.evaluate(() => {
        const [list, anchor] = [document.createElement('div'), document.querySelector('#gallery-anchor')!];
        list.style.cssText = 'height:100px;overflow:auto';
        anchor.replaceWith(list);
        list.append(anchor, Object.assign(document.createElement('p'), { style: 'height:3000px' }));
      }),
    );
    const isSeen = () => page.locator('.tooltip').evaluate((tip) => getComputedStyle(tip).visibility);
    const scroll = (y: number) =>
      page.evaluate((to) => document.querySelector('main div')!.scrollTo(0, to), y);
    await expect.poll(isSeen).toBe('visible');
    await scroll(110);
    await expect.poll(isSeen).toBe('hidden');
    // Nor does it come back by itself.
    await page.waitForTimeout(500);
    expect(await isSeen()).toBe('hidden');
    await scroll(0);
    await expect.poll(isSeen).toBe('visible');
  });

  test('hides while its element is out of view, and is not shown without one', async () => {
    const { page } = gallery.visitor;
    await openThen(page, gallery.origin, 'tooltip', () =>
      page.evaluate(() =>
        document.body.append(Object.assign(document.createElement('p'), { style: 'height:3000px' })),
      ),
    );
    await page.evaluate(() => scrollTo(0, 1500));
    await expect
      .poll(() => page.locator('.tooltip').evaluate((tip) => getComputedStyle(tip).visibility))
      .toBe('hidden');
    await page.evaluate(() => scrollTo(0, 0));
    await expect
      .poll(() => page.locator('.tooltip').evaluate((tip) => getComputedStyle(tip).visibility))
      .toBe('visible');
    expect(await showHere(page, { ...SAMPLES.tooltip!, anchor: '#nowhere' })).toBe(false);
  });
});

describe('a message in a slot', () => {
  const long = structuredClone(SAMPLES.inline!);
  for (let line = 0; line < 40; line++) long.cards[0]!.blocks.push({ block: 'text', text: 'One more line.' });

  test.each([
    ['', '', 240],
    ['min-height:120px;padding:24px', '', 120],
    ['min-height:120px;border:8px solid', '', 120],
    ['min-height:200px;padding:24px 0 7.5px;border:8px solid;box-sizing:border-box', '', 152.5],
    ['min-height:200px', '<p style="height:60px;margin:10px 0 20px">Soon</p>', 120],
    ['min-height:120px;padding:24px;display:grid;place-items:center', '', 120],
    ['min-height:120px;display:flex', '<p style="height:60px;margin:0">Soon</p>', 120],
    ['min-height:0;height:120px', '<p style="height:60px;margin:0">Soon</p>', 60],
  ])('keeps to the room that is reserved, and moves nothing: %s %s', async (style, inner, room) => {
    const { page } = gallery.visitor;
    await page.goto(`${gallery.origin}/view.html?sample=inline&wait`);
    await page.waitForFunction('window.show');
    await page.locator('#slot').evaluate(
      (slot, [css, html]) => {
        slot.setAttribute('style', css!);
        slot.innerHTML = html!;
      },
      [style, inner],
    );
    const before = [await box(page, '#slot'), await box(page, 'main > p:last-child')];
    expect(await showHere(page, long)).toBe(true);
    expect([await box(page, '#slot'), await box(page, 'main > p:last-child')]).toEqual(before);
    expect((await box(page)).height).toBeCloseTo(room, 1);
    expect(
      await page.locator('.inline').evaluate((inline) => inline.scrollHeight > inline.clientHeight),
    ).toBe(true);
  });

  test('keeps to it also above what is in view', async () => {
    const { page } = gallery.visitor;
    await page.goto(`${gallery.origin}/view.html?sample=inline&wait`);
    await page.waitForFunction('window.show');
    await page.evaluate(() => {
      // As in a browser without it, where all that is read would jump.
      document.documentElement.style.overflowAnchor = 'none';
      document.querySelector<HTMLElement>('main')!.style.paddingBottom = '2000px';
      scrollTo(0, 1000);
    });
    const before = await box(page, 'main > p:last-child');
    expect(await showHere(page, long)).toBe(true);
    expect(await box(page, 'main > p:last-child')).toEqual(before);
  });

  test('is not shown where there is no slot, or no room in it', async () => {
    const { page } = gallery.visitor;
    await page.goto(`${gallery.origin}/view.html?sample=inline&wait`);
    await page.waitForFunction('window.show');
    expect(await showHere(page, { ...SAMPLES.inline!, slot: 'elsewhere' })).toBe(false);
    await page.evaluate(() => (document.querySelector<HTMLElement>('#slot')!.style.minHeight = '0'));
    expect(await showHere(page, SAMPLES.inline!)).toBe(false);
    await page.evaluate(
      () => (document.querySelector('#slot')!.innerHTML = '<p style="height:100px">Full</p>'),
    );
    expect(await showHere(page, SAMPLES.inline!)).toBe(false);
    expect(await page.locator('[data-kikubari]').count()).toBe(0);
  });
});

test('a toast goes by itself, unless somebody is reading it', async () => {
  const { page } = gallery.visitor;
  await page.goto(`${gallery.origin}/view.html?sample=toast&wait`);
  await page.waitForFunction('window.show');
  // The pointer is there already.
  await page.mouse.move(640, 680);
  await showHere(page, { ...SAMPLES.toast!, seconds: 0.5 });
  await page.waitForTimeout(1500);
  expect(await page.locator('.toast').count()).toBe(1);
  await page.mouse.move(5, 5);
  await page.locator('.toast').waitFor({ state: 'detached' });
  expect(await said(page)).toEqual([['shown'], ['closed', 'end']]);
});

test('a page that changes its language takes a survey along, with what was answered and written', async () => {
  const { page } = gallery.visitor;
  await openThen(page, gallery.origin, 'survey');
  await page.getByRole('radio', { name: '9 of 10' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('textarea').fill('The smell');
  await page.evaluate(() => (document.documentElement.lang = 'ar-EG'));
  await page.getByRole('button', { name: 'التالي' }).waitFor();
  expect(await page.locator('textarea').inputValue()).toBe('The smell');
  expect(await page.locator('.root').getAttribute('dir')).toBe('rtl');
  await page.getByRole('button', { name: 'السابق' }).click();
  expect(await page.getByRole('radio', { name: '9 من 10' }).isChecked()).toBe(true);
  // A language it has no words in: the campaign's own.
  await page.evaluate(() => (document.documentElement.lang = 'fi'));
  await page.getByRole('radio', { name: '9 of 10' }).waitFor();
  const notices = (await said(page)).map(([notice]) => notice);
  expect(notices).toEqual(['shown', 'answered']);
});

test('the field one writes in stays above an on-screen keyboard', async () => {
  const { page } = gallery.visitor;
  await page.setViewportSize({ width: 360, height: 640 });
  await openThen(page, gallery.origin, 'survey-text', () =>
    // No keyboard opens here: the visual viewport says what it says on a phone with one.
    page.evaluate(() => {
      const view = Object.assign(new EventTarget(), { height: 640, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: view });
    }),
  );
  await page.locator('textarea').focus();
  await page.evaluate(() => {
    Object.assign(visualViewport!, { height: 340 });
    visualViewport!.dispatchEvent(new Event('resize'));
  });
  const [field, surface] = [await box(page, 'textarea'), await box(page)];
  expect(field.y + field.height).toBeLessThanOrEqual(340);
  expect(surface.y).toBeGreaterThanOrEqual(0);
  await page.evaluate(() => {
    Object.assign(visualViewport!, { height: 640 });
    visualViewport!.dispatchEvent(new Event('resize'));
  });
  expect((await box(page)).y).toBeGreaterThan(surface.y + 100);
});

test('nothing of the page moves over 100 shows', async () => {
  const { page } = gallery.visitor;
  await page.goto(`${gallery.origin}/view.html?sample=banner&wait`);
  await page.waitForFunction('window.show');
  await page.evaluate(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        (window as unknown as { shift: number }).shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const shows = await page.evaluate(
    async (text) => {
      const { preview } = window as unknown as { preview: typeof Preview };
      const contents = JSON.parse(text) as Content[];
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      let count = 0;
      for (let show = 0; show < 100; show++) {
        const now = Date.parse('2026-11-24T10:00:00+09:00');
        const shown = await preview({
          content: contents[show % contents.length]!,
          allowsContacts: true,
          now,
        });
        for (let frames = 0; frames < 4; frames++) await frame();
        if (shown) count++;
        shown?.unmount();
      }
      return count;
    },
    JSON.stringify(Object.values(SAMPLES)),
  );
  expect(shows).toBe(100);
  expect(await page.evaluate('window.shift')).toBe(0);
  // It would have been noticed.
  await page.evaluate(() => document.querySelector('main')!.prepend(document.createElement('hr'), 'News'));
  await page.waitForFunction('window.shift > 0');
});
