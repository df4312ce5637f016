/**
 * Holds `npm run bench:log` to a harness of others: a copy of it, git-ignored, gets our adapter, and the ratios to ref-idb that both
 * measure must agree.
 *   node bench/log/peers.mjs --harness DIR
 *   --peers NAME   a peer to run as well; may be repeated (its adapters name them)
 *   --runs N       rounds of the harness, default 3
 *   --only NAME    track or durability; may be repeated
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSdk } from '../../scripts/build.mjs';
import { ensureBrowser } from '../../scripts/ensure.mjs';
import { root, runMain } from '../../scripts/run.mjs';
import { COPY, copyHarness, runInCopy } from '../harnessCopy.mjs';
import { figures, progress } from './numbers.mjs';

const RESULTS = join(COPY, '.work/kikubari.json');
const AGREED = 0.15;
/** Its collector answers every peer in that peer's way; ours needs a receipt. */
const RESPOND = `import { receiptFor, textOf } from '${new URL('receipt.mjs', import.meta.url).href}';
import { respond as others } from './respondToOthers.mjs';
const json = (value) => ({ body: JSON.stringify(value) });
export function respond(request, body) {
  if (request.url === '/v1/batch') return json(receiptFor(textOf(body), 0));
  if (request.url.startsWith('/v1/program/'))
    return json({ schema: 1, site: 'shop', version: 0, segments: {}, campaigns: [] });
  return others(request);
}
`;

const { values } = parseArgs({
  options: {
    harness: { type: 'string', default: '' },
    peers: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true, default: ['track', 'durability'] },
  },
});

function prepareCopy() {
  if (!existsSync(join(COPY, 'lib/respondToOthers.mjs'))) {
    renameSync(join(COPY, 'lib/respond.mjs'), join(COPY, 'lib/respondToOthers.mjs'));
  }
  writeFileSync(join(COPY, 'lib/respond.mjs'), RESPOND);
  const adapter = readFileSync(new URL('adapter.mjs', import.meta.url), 'utf8');
  writeFileSync(
    join(COPY, 'adapters/kikubari.mjs'),
    adapter.replace('BUILT_SDK', join(root, 'dist/index.js')),
  );
}

/** What both measure, by the names of `npm run bench:log`; the harness counts in seconds of its own load, so ratios alone are compared. */
function ratios() {
  const { track = [], durability = [] } = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const of = (rows, figure) =>
    figure(rows.find(({ name }) => name === 'kikubari')) /
    figure(rows.find(({ name }) => name === 'ref-idb'));
  return {
    ...(track.length && {
      'main thread until 1,000 events are delivered': of(track, (row) => row.taskOverEmptyMs),
      'wire, burst': of(track, (row) => row.wireKB / row.arrived),
      'requests, burst': of(track, (row) => row.requests),
    }),
    ...(durability.length && {
      'arrived of 200, page closed at once': of(durability, (row) => row.a.arrived),
      'arrived of 200, browser killed after 1 s': of(durability, (row) => row.b.arrived),
    }),
  };
}

async function main() {
  process.env.CHROMIUM = await ensureBrowser();
  await buildSdk({ log: progress });
  copyHarness(values.harness, prepareCopy);
  const peers = ['kikubari', 'ref-idb', ...values.peers].join(',');
  const args = ['--peers', peers, '--runs', values.runs, '--only', values.only.join(','), '--out', RESULTS];
  runInCopy(process.execPath, ['run.mjs', ...args]);
  const ours = figures();
  let disagreed = 0;
  for (const [what, theirs] of Object.entries(ratios())) {
    const figure = ours[what];
    if (!figure) {
      progress(`${what}: ratio ${theirs.toFixed(2)}; npm run bench:log has not measured it yet`);
      continue;
    }
    const apart = Math.abs(figure.ratio / theirs - 1);
    if (apart > AGREED) disagreed++;
    console.log(
      `${apart > AGREED ? 'APART ' : 'agree '}  ${what}: ratio ${figure.ratio.toFixed(2)} here, ${theirs.toFixed(2)} there (${(apart * 100).toFixed(0)} % apart, must be <= ${AGREED * 100})`,
    );
  }
  return disagreed ? 1 : 0;
}

await runMain(main);
