/** One visit of one kind with one point armed, in a tab that is used again for the next. */
import { warm } from '../device.mjs';
import { guarded } from '../waiting.mjs';

const NONE = -1;
const GUARD_MS = 40_000;

/** A tab of the browser: `visit(scenario, point)` resolves what the host got and saw, and the points that were come by. */
export async function openLane({ site }, browser, lane) {
  const page = await browser.open(site.url('/blank.html', `lane${lane}`));
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  let visits = 0;
  return {
    async visit(scenario, point = NONE) {
      // A device of its own each time, in one process of the browser: hosts below one name are one site.
      const device = `v${(visits += 1)}.lane${lane}`;
      if (scenario.isWarm) await warm(browser, site.url('/blank.html', device));
      errors.length = 0;
      const startedAt = Date.now();
      await page.goto(site.url(`/${scenario.name}.html?point=${point}`, device));
      const living = page
        .evaluate(`host.visit(${scenario.run})`)
        .catch((error) => [`threw ${error.message.split('\n')[0]}`]);
      const result = await guarded(living, `the host`, GUARD_MS).catch((error) => [error.message]);
      const { passed, seen, heard } = await page.evaluate(() => {
        const { passed, seen, errors } = globalThis.planted;
        return { passed, seen: [...seen], heard: errors };
      });
      // Leaving is a boundary too: what throws there is heard by the browser.
      await page.goto(site.url('/blank.html', device));
      const late = await page.evaluate(() => JSON.parse(sessionStorage.getItem('leaving') ?? '[]'));
      const all = new Set([...seen, ...late]);
      return {
        result: result.filter((note) => !scenario.mayWait || !note.startsWith('hangs')).join('; '),
        isPassed: passed > 0 || all.has(point),
        seen: all,
        errors: [...heard, ...errors],
        ms: Date.now() - startedAt,
      };
    },
  };
}
