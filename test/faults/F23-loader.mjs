/** F23: every way the script can come, or not come, into a page; calls made before it came are replayed exactly once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { sleep, until } from './harness/waiting.mjs';

const STUB = `<script>window.kikubari = window.kikubari || function () {
  (kikubari.q = kikubari.q || []).push([Date.now(), location.href, document.title, document.referrer, arguments]); };</script>`;
const CALLS = 10;
const HUNG_MS = { quick: 3000, full: 30_000 };
const LATE_MS = { quick: 2000, full: 10_000 };

/** Name → the page's head given the tag; `arrives`: how many of its calls are delivered. */
const cases = (tag, number, { isQuick }) => {
  const calls = (count = CALLS) =>
    `<script>for (let i = 0; i < ${count}; i++) kikubari('track', 'step', { r: ${number}, i });</script>`;
  const with_ = (attribute) => tag.replace('<script ', `<script ${attribute} `);
  const other = (path) => tag.replace('/sdk/kikubari.js', path);
  const late = isQuick ? LATE_MS.quick : LATE_MS.full;
  const inject = `<script>setTimeout(() => { const script = document.createElement('script');
    ${[...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => `script.setAttribute('${name}', '${value}');`).join(' ')}
    document.head.append(script); }, ${late});</script>`;
  return {
    'not found': { head: STUB + other('/nowhere.js') + calls(), arrives: 0 },
    hangs: { head: STUB + with_('async').replace('/sdk/kikubari.js', '/hanging.js') + calls(), arrives: 0 },
    'loaded twice': { head: tag + tag + calls() },
    'two versions': { head: tag + other('/older.js') + calls() },
    'late, after stub calls': { head: STUB + calls() + inject },
    async: { head: STUB + with_('async') + calls() },
    defer: { head: STUB + with_('defer') + calls() },
    'hosted stub': { head: '<script src="/sdk/stub.js"></script>' + with_('async') + calls() },
    'more calls than the stub may keep': {
      head: STUB + with_('async') + calls(150),
      calls: 150,
      arrives: 100,
    },
    'refused by CSP': {
      head: STUB + calls() + tag,
      arrives: 0,
      headers: { 'content-security-policy': "script-src 'unsafe-inline'" },
    },
    'as a module': { head: STUB + with_('type="module"') + calls() },
    'without stub': { head: tag + calls() },
  };
};

export const row = {
  id: 'F23',
  fault: 'loader: absent, late, twice, refused',
  runs: { quick: 1, full: 1 },
  async run({ world, isQuick, problems, notes }) {
    const { site } = world;
    const built = readFileSync(join(root, 'dist/browser/kikubari.js'), 'utf8');
    site.addScript('/older.js', built.replace(/\d+\.\d+\.\d+/, '0.0.9'));
    const hungMs = isQuick ? HUNG_MS.quick : HUNG_MS.full;
    site.files.set('/hanging.js', (_request, response) =>
      setTimeout(() => response.writeHead(404).end(), hungMs),
    );
    const browser = await world.openBrowser();
    const names = Object.keys(cases(site.tag, 0, { isQuick }));
    const visits = [];
    for (const [number, name] of names.entries()) {
      visits.push(
        await visit(world, browser, { name, number, ...cases(site.tag, number, { isQuick })[name] }),
      );
    }
    const missing = () =>
      visits.filter(({ arrives, number }) => world.proxy.tally.labelsOf(number).size < arrives);
    await until(() => missing().length === 0, 'all calls', hungMs + 20_000).catch(() => undefined);
    // What arrives beyond that would arrive now.
    await sleep(1000);
    for (const { name, number, arrives, page } of visits) {
      const { size } = world.proxy.tally.labelsOf(number);
      if (size !== arrives) problems.push(`${name}: ${size} calls arrived, not ${arrives}`);
      await world.note(page, { withSettled: true });
      await page.close();
    }
    problems.push(...browser.problems.splice(0).map((error) => `host sees: ${error}`));
    notes.push(`${visits.length} ways`);
    await world.retire(browser);
    return visits.length;
  },
};

async function visit(
  { site, ledger },
  browser,
  { name, number, head, headers, calls = CALLS, arrives = calls },
) {
  const book = ledger.begin(number, { calls, isExact: false });
  for (let label = 0; label < arrives; label += 1) book.called.add(label);
  const path = `/loader${number}.html`;
  site.addPage(path, head);
  if (headers) site.files.set(path, { ...site.files.get(path), headers });
  const page = await browser.open(site.url(path, `loader${number}`));
  return { name, number, arrives, page };
}
