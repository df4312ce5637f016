/** A process of its own that has seen no rule yet: `node cold.mjs ENGINE` prints µs of processor time until it has answered 1,000. */
import { loadBuilt } from './core.mjs';
import { createContest } from './contest.mjs';

const contest = createContest(await loadBuilt());
const startedAt = performance.now();
const start = process.cpuUsage();
await contest.beginCold(process.argv[2]);
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAt }));
