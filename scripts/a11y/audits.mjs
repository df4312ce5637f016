import { CONDITIONS, THEMED } from './conditions.mjs';
import { audit, openSample, settled } from './pages.mjs';

/** Those of `src/core/themes.ts` that are not the default. */
const THEMES = ['matcha', 'sakura', 'indigo', 'kinari', 'kaki'];

const DESKTOP = { width: 1280, height: 800 };
const PLAIN = { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' };

/** One message under every condition, and some in every theme: how many audits, and what was found. */
export async function audits(browser, origin, id) {
  const found = [];
  const failed = new Set();
  const conditions = [
    ...CONDITIONS,
    ...(THEMED.includes(id)
      ? THEMES.flatMap((theme) =>
          ['light', 'dark'].map((scheme) => ({
            id: `${theme}, ${scheme}`,
            query: { theme, scheme },
            media: { colorScheme: scheme },
          })),
        )
      : []),
  ];
  const page = await browser.newPage({ locale: 'en-US' });
  for (const { id: name, query, media, viewport = DESKTOP, act } of conditions) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ ...PLAIN, ...media });
    await openSample(page, origin, id, { open: '', ...query });
    if (act === 'send') await send(page);
    for (const line of await audit(page)) {
      failed.add(name);
      found.push(`${id}, ${name}: ${line}`);
    }
  }
  await page.close();
  return { count: conditions.length, failed: failed.size, found };
}

/** Sends a survey as it is; of what is none nothing happens. */
async function send(page) {
  const button = page.locator('.steps .button:not(.quiet)');
  if (await button.count()) await button.click();
  await settled(page);
}
