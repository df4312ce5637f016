/**
 * From `track()` to a message that can be seen, beside a bare `div` in a shadow root and peers, in a copy of a harness of others:
 *   node bench/messages/popup.mjs --harness DIR
 *   --runs N       rounds, default 5
 * The code of messages is there already, as that of the peers is: another message has been shown and closed. What a page's first
 * one takes is told as well, and held to nothing.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSdk } from '../../scripts/build.mjs';
import { ensureBrowser } from '../../scripts/ensure.mjs';
import { root, runMain } from '../../scripts/run.mjs';
import { COPY, copyHarness, runInCopy } from '../harnessCopy.mjs';

const RESULTS = join(COPY, '.work/popup.json');
const STAGE = join(COPY, 'stages/popup.mjs');
const THEIRS = join(COPY, 'stages/popupOfOthers.mjs');
const REFERENCE = 'ref: div in shadow root at track()';
/** Times as long as the reference, with the code there already. */
const AT_MOST = 1.5;
const FIRST = ', the first of its page';

const content = {
  message: {
    format: 'slide-in',
    cards: [
      {
        id: 'main',
        blocks: [
          { block: 'heading', text: 'What is missing?' },
          { block: 'buttons', buttons: [{ id: 'ok', label: 'Send', action: { do: 'close' } }] },
        ],
      },
    ],
  },
  survey: {
    format: 'slide-in',
    cards: [
      {
        id: 'main',
        blocks: [{ block: 'question', question: { kind: 'text', id: 'q', label: 'What is missing?' } }],
      },
    ],
  },
};
const campaignOf = (id, trigger, content) => ({
  id,
  version: 1,
  name: id,
  status: 'live',
  triggers: [trigger],
  caps: [],
  variants: [{ id: 'a', content }],
});
const programOf = (what) => ({
  schema: 1,
  site: what,
  version: 1,
  segments: {},
  campaigns: [
    campaignOf('cart', { on: 'event', event: 'add_to_cart' }, content[what]),
    campaignOf('first', { on: 'event', event: 'arrived' }, content[what]),
  ],
});
const SURFACE = `document.querySelector('[data-kikubari]')?.shadowRoot.querySelector('.surface')`;
/** Shows one and closes it. */
const SHOW_ANOTHER = `this.c.track('arrived');
  const close = setInterval(() => {
    const button = ${SURFACE}?.querySelector('.close');
    if (!button) return;
    clearInterval(close);
    setTimeout(() => button.click(), 500);
  }, 50);`;
const caseOf = (what, isFirst) => ({
  name: `kikubari ${what}${isFirst ? FIRST : ''}`,
  code: `import { createClient } from '${join(root, 'dist/index.js')}';
    window.__b = {
      init(E) { this.c = createClient({ site: '${what}', endpoint: E }); ${isFirst ? '' : SHOW_ANOTHER} },
      track() { this.c.track('add_to_cart', { sku: 'x' }); },
    };`,
  sel: SURFACE,
  // The one before has gone.
  arm: isFirst ? 'true' : `(window.__seen ||= !!${SURFACE}) && !${SURFACE}`,
  armMs: isFirst ? 3500 : 1000,
});

const cases = [true, false].flatMap((isFirst) => Object.keys(content).map((what) => caseOf(what, isFirst)));

/** Puts our cases before theirs, and our answers before theirs. */
function prepareCopy() {
  if (!existsSync(THEIRS)) renameSync(STAGE, THEIRS);
  const receipt = new URL('../log/receipt.mjs', import.meta.url).href;
  const stage = readFileSync(THEIRS, 'utf8')
    .replace('const cases = [', `const cases = [ ...${JSON.stringify(cases)},`)
    .replace(
      'respond: (req) => {',
      'respond: (req, body) => { const ours = answer(req, body); if (ours) return ours;',
    );
  writeFileSync(
    STAGE,
    `import { receiptFor, textOf } from '${receipt}';
const PROGRAMS = ${JSON.stringify({ message: programOf('message'), survey: programOf('survey') })};
function answer({ url }, body) {
  const [, site] = /^\\/v1\\/program\\/(\\w+)/.exec(url) ?? [];
  if (site) return { body: JSON.stringify(PROGRAMS[site]) };
  return url === '/v1/batch' ? { body: JSON.stringify(receiptFor(textOf(body), 1)) } : undefined;
}
${stage}`,
  );
}

async function main() {
  const { values } = parseArgs({
    options: { harness: { type: 'string', default: '' }, runs: { type: 'string', default: '5' } },
  });
  process.env.CHROMIUM = await ensureBrowser();
  await buildSdk();
  copyHarness(values.harness, prepareCopy);
  runInCopy(process.execPath, [
    'run.mjs',
    '--only',
    'popup',
    '--runs',
    values.runs,
    '--out',
    RESULTS,
    '--quiet',
  ]);
  const { popup } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const reference = popup.find(({ name }) => name === REFERENCE);
  let missed = 0;
  for (const { name, runs, shown, visibleMs, taskMs } of popup) {
    const ratio = visibleMs / reference.visibleMs;
    const isOurs = name.startsWith('kikubari') && !name.endsWith(FIRST);
    const isMissed = isOurs && !(shown === runs && ratio <= AT_MOST);
    if (isMissed) missed++;
    const verdict = isOurs ? (isMissed ? 'MISSED' : 'ok') : '';
    const figures = `${visibleMs?.toFixed(1)} ms until visible, ${ratio.toFixed(2)} times the bare div, ${taskMs?.toFixed(1)} ms of main thread`;
    console.log(`${verdict.padEnd(7)} ${name}: shown ${shown} of ${runs}, ${figures}`);
  }
  return missed ? 1 : 0;
}

await runMain(main);
