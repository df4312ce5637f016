import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../../scripts/a11y/pages.mjs';
import { openVisitor, type Visitor } from '../browser.js';
import { differingPixels, openThen, said, serveGallery } from '../gallery.js';

/** F24: what pages do to what stands on them. `edit`: what the page is sent as; `act`: what it does before a message comes. */
interface Hostile {
  name: string;
  edit?: (html: string) => string;
  act?: () => void;
  type?: string;
  /** What audits pages does not run on it. */
  isAuditLost?: boolean;
}

const style = (css: string) => (html: string) => html.replace('</head>', `<style>${css}</style></head>`);

const PAGES: Hostile[] = [
  { name: '*{all:unset!important}', edit: style('*{all:unset!important}') },
  {
    name: 'a body that is transformed, filtered and clipped',
    edit: style(
      'body{transform:scale(.9) rotate(1deg);filter:grayscale(1);overflow:hidden;contain:layout;height:300px}',
    ),
  },
  {
    name: 'a layer of its own with the highest z-index',
    act: () => {
      const layer = document.createElement('div');
      layer.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:rgb(255 255 255/.6)';
      document.body.append(layer);
    },
  },
  {
    name: 'rules that hide all that is none of its own',
    edit: style(
      'div,dialog,[popover],:popover-open,body>:not(main):not(header){display:none!important;opacity:0!important;visibility:hidden!important;pointer-events:none!important}',
    ),
  },
  { name: 'quirks mode', edit: (html) => html.replace('<!doctype html>', '') },
  {
    name: 'a base address elsewhere',
    edit: (html) =>
      html
        .replaceAll(/(src|href)="(view\.\w+)"/g, (_, name, file) => `${name}="${gallery.origin}/${file}"`)
        .replace('<title>', '<base href="https://elsewhere.invalid/deep/" /><title>'),
  },
  {
    name: 'huge letters and a zoom of its own',
    edit: style(
      'html{font-size:40px;zoom:1.5;letter-spacing:.3em;text-transform:uppercase;direction:rtl;writing-mode:vertical-rl}',
    ),
  },
  {
    name: 'a focus trap and shortcuts of its own',
    act: () => {
      const trapped = document.querySelector<HTMLElement>('#gallery-anchor')!;
      document.addEventListener('focusin', ({ target }) => target !== trapped && trapped.focus());
      document.addEventListener('keydown', (event) => event.preventDefault());
    },
  },
  {
    name: 'prototypes that it has changed',
    isAuditLost: true,
    act: () => {
      // As libraries of old did.
      Object.assign(Array.prototype, { toJSON: () => 'changed', remove: () => [] });
      Object.assign(Object.prototype, { extend: () => ({}) });
    },
  },
  {
    name: 'XHTML',
    type: 'application/xhtml+xml',
    edit: (html) =>
      html
        .replace('<!doctype html>', '<!DOCTYPE html>')
        // Chromium runs no module scripts there, and lets others import.
        .replace(/<script type="module" src="view.js"><.script>/, "<script>import('./view.js')</script>")
        .replace('<html ', '<html xmlns="http://www.w3.org/1999/xhtml" '),
  },
];

let visitor: Visitor;
let hostile: Hostile = PAGES[0]!;
let gallery: { origin: string; close: () => unknown };

beforeAll(async () => {
  visitor = await openVisitor();
  gallery = await serveGallery({
    edit: (html: string) => hostile.edit?.(html) ?? html,
    type: () => hostile.type,
  });
});
afterAll(async () => {
  await visitor?.close();
  gallery?.close();
});
beforeEach(() => {
  visitor.problems.length = 0;
});

const settle = (page: Page) => page.waitForTimeout(400);
const errors = () => visitor.problems.filter((problem) => !/favicon|404|ERR_/.test(problem));

describe.each(PAGES)('F24, a page with $name', (one) => {
  beforeAll(() => {
    hostile = one;
  });

  test('shows a message that can be read and used, and looks as before around it', async () => {
    const { page } = visitor;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    let before: Buffer | undefined;
    const isShown = await openThen(page, gallery.origin, 'slide-in-top-left', async () => {
      if (one.act) await page.evaluate(one.act);
      before = await page.screenshot();
    });
    expect(isShown).toBe(true);
    await settle(page);
    const box = (await page.locator('.surface').boundingBox())!;
    expect(box.width).toBeGreaterThan(200);
    const after = await page.screenshot();
    // With its shadow, which is soft.
    const around = { x: box.x - 72, y: box.y - 72, width: box.width + 144, height: box.height + 144 };
    expect(await differingPixels(page, before!, after, around)).toBe(0);
    if (!one.isAuditLost) expect(await audit(page, '[data-kikubari]')).toEqual([]);
    await page.locator('.close').click();
    await expect.poll(() => said(page)).toContainEqual(['closed', 'close']);
    expect(errors()).toEqual([]);
  });

  test('shows a modal that takes keys and clicks', async () => {
    const { page } = visitor;
    await openThen(page, gallery.origin, 'modal', async () => {
      if (one.act) await page.evaluate(one.act);
    });
    await settle(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => said(page)).toContainEqual(['closed', 'escape']);
    await openThen(page, gallery.origin, 'survey-thumbs', async () => {
      if (one.act) await page.evaluate(one.act);
    });
    await page.locator('.thumbs label').first().click();
    await page.locator('.steps .button').click();
    await expect.poll(async () => (await said(page)).map(([notice]) => notice)).toContain('completed');
    expect(errors()).toEqual([]);
  });
});

describe('F24, a page that takes messages out', () => {
  beforeAll(() => {
    hostile = { name: 'none' };
  });

  test('gets one back three times at most, and then is left alone', async () => {
    const { page } = visitor;
    await openThen(page, gallery.origin, 'banner', async () => {
      await page.evaluate(() => {
        const counted = { inserted: 0 };
        Object.assign(window, { counted });
        new MutationObserver((records) => {
          for (const { addedNodes } of records)
            for (const node of addedNodes)
              if (node instanceof Element && node.matches('[data-kikubari]')) {
                counted.inserted++;
                node.remove();
              }
        }).observe(document.body, { childList: true });
      });
    });
    await settle(page);
    expect(await page.evaluate('window.counted.inserted')).toBe(4);
    expect(await said(page)).toContainEqual(['closed', 'removed']);
    expect(errors()).toEqual([]);
  });

  test('gets one back that a framework wiped away with the rest, ready to be used', async () => {
    const { page } = visitor;
    await openThen(page, gallery.origin, 'survey-choice');
    await page.locator('.choices label').first().click();
    await page.evaluate(() => document.body.replaceChildren(document.createElement('main')));
    await page.locator('.choices label').nth(1).click();
    await page.locator('.steps .button').click();
    await expect.poll(async () => (await said(page)).map(([notice]) => notice)).toContain('answered');
  });

  test('that lies in a frame without an origin shows them as well', async () => {
    const { page } = visitor;
    await page.route('**/sandbox.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><iframe sandbox="allow-scripts" width="800" height="600" src="view.html?sample=slide-in"></iframe>',
      }),
    );
    await page.goto(`${gallery.origin}/sandbox.html`);
    const frame = page.frameLocator('iframe');
    await frame.locator('.surface').waitFor();
    await frame.locator('.close').click();
    await frame.locator('.surface').waitFor({ state: 'detached' });
    expect(errors()).toEqual([]);
  });
});
