/**
 * C09: one network floods, a thousand networks flood, every request comes from a network of its own, and all of them make up
 * names; an honest client loses nothing, and what the collector remembers of the flood is bounded.
 */
import http from 'node:http';
import { createSender, makeBatch, post } from './harness/batches.mjs';

const AMOUNT = { quick: { requests: 4000, honest: 20 }, full: { requests: 100_000, honest: 200 } };
const CONNECTIONS = 64;
/** One network goes on until it has been told so often to stop. */
const LIMITED = 200;
const GUARD_MS = 120_000;
const MAX_COUNTED_MIB = 64;
/** What the collector lets a site have by default, and its own. */
const MAX_NAMES = 2000;
const AUTOMATIC_NAMES = 20;

/** Where the requests of each run come from; the collector counts by /24. */
const NETWORKS = [
  () => '203.0.113.7',
  (index) => `10.${Math.floor((index % 1000) / 250)}.${index % 250}.1`,
  (index) => `10.${(index >> 8) & 255}.${index & 255}.${(index >> 16) & 255}`,
];

export const row = {
  id: 'C09',
  fault: 'floods of requests, addresses, names',
  runs: { quick: NETWORKS.length, full: NETWORKS.length },
  world: { start: { args: ['--trust-proxy', '1'] } },
  async run({ world, run, isQuick, problems, notes }) {
    const { requests, honest } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const book = world.ledger.begin(run, { calls: (honest + 1) * 10 });
    const sender = createSender({ world, book, events: 10, headers: { 'x-forwarded-for': '192.0.2.55' } });
    // A site that is flooded has had visitors before, so its names are known.
    await sender.send(honest);
    const isEnough = ({ sent, limited }) => sent >= requests && (run > 0 || limited >= LIMITED);
    const flooding = flood({ url: world.collector.url, run, isEnough });
    await sender.sendAll(honest, 1);
    const { sent, limited, withoutPause } = await flooding;
    notes.push(`${limited} of ${sent} limited`);
    // A thousand networks stay below what each may do; only the single one must be told to stop.
    if (run === 0 && limited < LIMITED) problems.push(`${limited} of ${sent} from one address limited`);
    if (withoutPause > 0) problems.push(`${withoutPause} times 429 without Retry-After`);
    problems.push(...(await judgeMemory(world)));
    const { status } = await post(world, makeBatch({ events: [], key: 0 }));
    if (status !== 200) problems.push(`the collector answers ${status} afterwards`);
    return sent;
  },
  verdict({ events }) {
    const names = new Set(events.map(({ name }) => name));
    const honest = events.filter(({ run }) => run !== undefined);
    const problems = honest.every(({ name }) => name === 'step') ? [] : ['honest events under another name'];
    if (names.size > MAX_NAMES + AUTOMATIC_NAMES) problems.push(`${names.size} names stored`);
    if (!names.has('$other')) problems.push('names were not capped');
    return problems;
  },
};

/** What the limiter and the bodies of requests took at most, as the collector counts it. */
async function judgeMemory({ collector }) {
  const text = await fetch(`${collector.url}/metrics`).then((response) => response.text());
  const valueOf = (name) => Number(new RegExp(`^kikubari_${name} (\\d+)$`, 'm').exec(text)[1]);
  const limiterBytes = valueOf('limiter_bytes');
  const countedMiB = (limiterBytes + valueOf('buffer_peak_bytes')) / 1024 / 1024;
  if (limiterBytes === 0) return ['the limiter does not say what it holds'];
  return countedMiB > MAX_COUNTED_MIB ? [`${countedMiB.toFixed(0)} MiB of limiter and bodies`] : [];
}

/** Small batches with a name of their own each, as fast as they go. */
async function flood({ url, run, isEnough }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const seen = { sent: 0, limited: 0, withoutPause: 0 };
  const one = (index) =>
    new Promise((resolve) => {
      const events = [{ name: `made-up-${run}-${index}`, time: Date.now() }];
      const request = http.request(`${url}/v1/batch`, {
        agent,
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-forwarded-for': NETWORKS[run](index) },
      });
      request.on('response', (response) => {
        if (response.statusCode === 429) seen.limited += 1;
        if (response.statusCode === 429 && !response.headers['retry-after']) seen.withoutPause += 1;
        response.resume().on('end', resolve);
      });
      request.on('error', resolve);
      request.end(JSON.stringify(makeBatch({ events, key: index })));
    });
  const endAt = Date.now() + GUARD_MS;
  const work = async () => {
    while (!isEnough(seen) && Date.now() < endAt) await one(seen.sent++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return seen;
}
