import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVisitor, type Visitor } from '../browser.js';
import { IDS, SAMPLES, openThen, serveGallery } from '../gallery.js';

/** F25: nothing but our script, our collector and pictures; no styles, and no policy for Trusted Types. */
const policy = (script: string) =>
  [
    "default-src 'none'",
    "style-src 'none'",
    `script-src ${script}`,
    "connect-src 'self'",
    "img-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** No stylesheet gives a slot its room there; what the page's own script says is not held back. */
const giveRoom = () => {
  for (const slot of document.querySelectorAll<HTMLElement>('[data-kikubari-slot]'))
    slot.style.minHeight = '240px';
};

let visitor: Visitor;
beforeAll(async () => {
  visitor = await openVisitor();
});
afterAll(() => visitor?.close());

describe.each([
  ['with a nonce', "'nonce-x'"],
  ['with our address and no nonce', "'self'"],
])('F25, a page that admits nothing else, %s', (_, script) => {
  let gallery: { origin: string; close: () => unknown };
  beforeAll(async () => {
    gallery = await serveGallery({ csp: policy(script) });
  });
  afterAll(() => gallery?.close());

  test('shows every message, in another language too, with no violation and no error', async () => {
    const { page, problems } = visitor;
    problems.length = 0;
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(window, { violations });
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(`${event.violatedDirective} ${event.sample}`),
      );
    });
    const seen: string[] = [];
    for (const id of IDS) {
      const isShown = await openThen(page, gallery.origin, id, () => page.evaluate(giveRoom));
      expect({ id, isShown }).toEqual({ id, isShown: true });
      if (SAMPLES[id]!.format === 'tab') await page.locator('.launcher button').click();
      await page.locator('.surface').waitFor();
      await page.evaluate(() => (document.documentElement.lang = 'ja'));
      await page.locator('[data-kikubari]:lang(ja)').waitFor({ state: 'attached' });
      const violations: string[] = await page.evaluate('window.violations');
      seen.push(...violations.map((violation) => `${id}: ${violation}`));
    }
    expect(seen).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('would have reported a style', async () => {
    const { page } = visitor;
    await openThen(page, gallery.origin, 'modal');
    await page.evaluate(() => document.body.setAttribute('style', 'color:red'));
    await page.waitForFunction('window.violations.length === 1');
  });
});
