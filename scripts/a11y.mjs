/**
 * `npm run a11y`: every message of the gallery under every condition by axe, and by a keyboard alone; one line a message. `--only modal,tab`:
 * some of them. Nothing is allowed; what is found is said.
 */
import { parseArgs } from 'node:util';
import { buildSdk } from './build.mjs';
import { CHROMIUM_FLAGS } from './chromiumFlags.mjs';
import { ensureBrowser, ensureDependencies, ensureNode } from './ensure.mjs';
import { Failure, isMain, runMain } from './run.mjs';

async function main() {
  ensureNode();
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  await ensureDependencies();
  await ensureBrowser();
  await buildSdk();
  const { SAMPLES } = await import('../examples/gallery/samples.js');
  const only = values.only?.split(',') ?? Object.keys(SAMPLES);
  const unknown = only.filter((id) => !Object.hasOwn(SAMPLES, id));
  if (unknown.length)
    throw new Failure(
      `There is no message ${unknown.join(', ')}; there are ${Object.keys(SAMPLES).join(', ')}.`,
    );
  const { serveGallery } = await import('./gallery/server.mjs');
  const { chromium } = await import('playwright');
  const gallery = await serveGallery();
  const browser = await chromium.launch({
    headless: true,
    args: CHROMIUM_FLAGS,
    ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
  });
  try {
    return await auditAll(browser, gallery.origin, only, SAMPLES);
  } finally {
    await browser.close();
    gallery.close();
  }
}

async function auditAll(browser, origin, only, samples) {
  const { audits } = await import('./a11y/audits.mjs');
  const { checksOf } = await import('./a11y/keyboard.mjs');
  const found = [];
  const total = { audits: 0, checks: 0 };
  console.log(`\n${'message'.padEnd(22)}  axe                  keyboard`);
  for (const id of only) {
    const audited = await audits(browser, origin, id);
    const page = await browser.newPage({ locale: 'en-US', reducedMotion: 'reduce' });
    const checks = Object.entries(checksOf(id, samples[id]));
    const wrong = [];
    for (const [name, check] of checks)
      await check(page, origin).catch((error) =>
        wrong.push(`${id}, ${name}: ${error.message.split('\n')[0]}`),
      );
    await page.close();
    total.audits += audited.count;
    total.checks += checks.length;
    const axe = `${audited.count - audited.failed} of ${audited.count} clean`;
    console.log(`${id.padEnd(22)}  ${axe.padEnd(19)}  ${checks.length - wrong.length} of ${checks.length}`);
    found.push(...audited.found, ...wrong);
  }
  for (const line of found) console.log(`FAILED  ${line}`);
  console.log(
    `\na11y: ${only.length} messages, ${total.audits} audits, ${total.checks} keyboard scripts, ${found.length} failed`,
  );
  return found.length ? 1 : 0;
}

if (isMain(import.meta.url)) await runMain(main);
