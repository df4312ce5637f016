import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Opens a message of the gallery; rejects where it does not come. */
export async function openSample(page, origin, sample, query = {}) {
  await page.goto(`${origin}/view.html?${new URLSearchParams({ sample, ...query })}`);
  if ((await page.evaluate('window.shown')) !== true) throw new Error(`${sample} was not shown`);
  await settled(page);
}

/** Until nothing moves any more. */
export const settled = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const roots = [...document.querySelectorAll('[data-kikubari]')].map(({ shadowRoot }) => shadowRoot);
    await Promise.all(
      roots.flatMap((root) => root.getAnimations()).map(({ finished }) => finished.catch(() => {})),
    );
  });

/** What axe finds on the page as it is, or in what a selector names, as `rule: element`. */
export async function audit(page, within) {
  await page.evaluate(axe);
  return page.evaluate(
    async ([values, selector]) => {
      const { violations } = await window.axe.run(selector ?? document, {
        runOnly: { type: 'tag', values },
        // Off by default in axe, though its tag is asked for.
        rules: { 'target-size': { enabled: true } },
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`),
      );
    },
    [TAGS, within],
  );
}

/** Where the focus is, looked up through our shadow root: whether that is in a message, and what it is called. */
export const focused = (page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    const element = inner ?? document.activeElement;
    const name =
      element.getAttribute('aria-label') ||
      element.labels?.[0]?.textContent ||
      element.textContent ||
      element.id;
    const { outlineStyle, outlineWidth } = window.getComputedStyle(element);
    // A label shows the focus of the input within it.
    const frame = element.closest('label') && window.getComputedStyle(element.closest('label'));
    const isMarked = (style) => style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return {
      isInside: !!inner,
      name: name.trim().slice(0, 60),
      tag: element.localName,
      type: element.type,
      isVisible: isMarked({ outlineStyle, outlineWidth }) || !!isMarked(frame),
    };
  });

/** What the message has told the page. */
export const said = (page) => page.evaluate('window.said');
