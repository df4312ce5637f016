/**
 * `npm run bench:log`: what the built SDK costs a page and puts on the wire, beside a bare IndexedDB write-behind measured in turns
 * with it. Processor time of the page's main thread where it can be, so that other work on the machine disturbs it little.
 *   --rounds N       interleaved rounds, default 5
 *   --only NAME      burst, durable, pace, kill or load; may be repeated
 *   --profile NAME   also a CPU profile of our side of `burst`, `durable` or `load`: the functions that take longest
 */
import { parseArgs } from 'node:util';
import { buildSdk } from '../../scripts/build.mjs';
import { ensureBrowser } from '../../scripts/ensure.mjs';
import { allGood, keepFigures, printTable, progress } from './numbers.mjs';
import { startPages } from './pages.mjs';

const MEASURES = ['burst', 'durable', 'pace', 'kill', 'load'];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: MEASURES },
    profile: { type: 'string', default: '' },
  },
});

process.env.CHROMIUM = await ensureBrowser();
await buildSdk({ log: progress });
const pages = await startPages();
try {
  for (const name of MEASURES.filter((name) => values.only.includes(name))) {
    const { measure } = await import(`./measures/${name}.mjs`);
    await measure({ pages, rounds: Number(values.rounds), isProfiled: values.profile === name });
  }
} finally {
  pages.close();
}
printTable();
keepFigures();
process.exitCode = allGood() ? 0 : 1;
