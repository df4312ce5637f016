/**
 * `npm run bench:rules`: what rules cost. Against other engines on the shapes all have a form for, in Node and in Chromium, and ours alone
 * by length of history and number of campaigns. Ratios of processor time, measured in turns.
 *   --rounds N     interleaved rounds, default 15
 *   --only NAME    node, cold, chromium, histories or campaigns; may be repeated
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser, ensureDependencies } from '../../scripts/ensure.mjs';
import { root } from '../../scripts/run.mjs';
import { allGood, printTable } from '../log/numbers.mjs';
import { loadCore } from './core.mjs';

const MEASURES = ['node', 'cold', 'chromium', 'histories', 'campaigns'];
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', multiple: true, default: MEASURES },
  },
});
const rounds = Number(values.rounds);
const isAsked = (name) => values.only.includes(name);

await ensureDependencies();
// The engines that ours is compared with: here, and nowhere in what is published.
await ensureDependencies(join(root, 'bench'));
const core = await loadCore();
const { measureCold, measureInChromium, measureInNode } = await import('./rates.mjs');
const { measureCampaigns, measureHistories } = await import('./events.mjs');
if (isAsked('node')) await measureInNode(core, rounds);
if (isAsked('cold')) measureCold();
if (isAsked('chromium')) {
  process.env.CHROMIUM = await ensureBrowser();
  await measureInChromium(rounds);
}
if (isAsked('histories')) measureHistories(core, rounds);
if (isAsked('campaigns')) measureCampaigns(core, rounds);
printTable();
process.exitCode = allGood() ? 0 : 1;
