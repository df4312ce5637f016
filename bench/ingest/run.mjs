/**
 * `npm run bench:ingest`: what the collector's way of a batch costs, beside what the machine can do at all, measured in the same
 * run. Ratios are of processor time where they can be, so that other work on the machine disturbs them little.
 *   --rounds N         interleaved rounds, default 9
 *   --only NAME        throughput, applier or flood; may be repeated
 *   --small            without the applier at 10 M rows (minutes, 3 GB of disk)
 *   --requests N       of a round, for each server, default 1000
 *   --flood MINUTES    length of the flood; the figures are for 10, the default
 */
import { parseArgs } from 'node:util';
import { measureApplier } from './applier.mjs';
import { measureFlood } from './flood.mjs';
import { allGood, printTable, progress } from './numbers.mjs';
import { measureThroughput } from './throughput.mjs';
import { ensureDependencies, ensureNode } from '../../scripts/ensure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    requests: { type: 'string', default: '1000' },
    only: { type: 'string', multiple: true, default: ['throughput', 'applier', 'flood'] },
    /** Leaves out 10 M rows against 1 M. */
    small: { type: 'boolean', default: false },
    flood: { type: 'string', default: '10' },
  },
});

ensureNode();
await ensureDependencies();
progress('building the collector and its variants ...');
// Needs what was just made sure of.
const { buildVariants } = await import('./variants.mjs');
const folders = await buildVariants();
const rounds = Number(values.rounds);
if (values.only.includes('throughput'))
  await measureThroughput(folders, { rounds, requests: Number(values.requests) });
if (values.only.includes('applier')) await measureApplier(folders, { rounds, isLarge: !values.small });
if (values.only.includes('flood')) await measureFlood(folders, { minutes: Number(values.flood) });
printTable();
process.exitCode = allGood() ? 0 : 1;
