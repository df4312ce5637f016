/**
 * C09: one network floods, a thousand networks flood, every request comes from a network of its own, and all of them make up
 * names; an honest client loses nothing, and what the collector remembers of the flood is bounded.
 */
import http from 'node:http';
import { startBareServer } from './harness/bareServer.mjs';
import { createSender, makeBatch, post } from './harness/batches.mjs';

const AMOUNT = { quick: { requests: 4000, honest: 20 }, full: { requests: 100_000, honest: 200 } };
const CONNECTIONS = 64;
/** One network goes on until it has been told so often to stop. */
const LIMITED = 200;
const BARE_REQUESTS = 4000;
const GUARD_MS = 120_000;
/** As many a second as the matrix asks for, or this share of what a bare server answers here to the same client in the same run. */
const ASKED_PER_SECOND = 10_000;
const LEAST_SHARE = 0.2;
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
    const { sent, answered, limited, withoutPause, seconds } = await flooding;
    const bare = await floodBare(run);
    const [rate, bareRate] = [answered / seconds, bare.answered / bare.seconds];
    notes.push(
      `${limited} of ${sent} limited, ${rate.toFixed(0)} a second (a bare server here: ${bareRate.toFixed(0)})`,
    );
    // Each of them, not as many as fit into the time there is.
    if (sent < requests)
      problems.push(`${sent} requests in ${seconds.toFixed(0)} s, ${requests} are asked for`);
    if (answered < sent) problems.push(`${sent - answered} of ${sent} requests without an answer`);
    if (rate < Math.min(ASKED_PER_SECOND, LEAST_SHARE * bareRate))
      problems.push(`${rate.toFixed(0)} requests a second, a bare server takes ${bareRate.toFixed(0)}`);
    // A thousand networks stay below what each may do; only the single one must be told to stop.
    if (run === 0 && limited < LIMITED) problems.push(`${limited} of ${sent} from one address limited`);
    if (withoutPause > 0) problems.push(`${withoutPause} times 429 without Retry-After`);
    problems.push(...(await judgeMemory(world)));
    const { status } = await post(world, makeBatch({ events: [], key: 0 }));
    if (status !== 200) problems.push(`the collector answers ${status} afterwards`);
    return sent >= requests ? sent : 0;
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
  const seen = { sent: 0, answered: 0, limited: 0, withoutPause: 0 };
  const one = (index) =>
    new Promise((resolve) => {
      const events = [{ name: `made-up-${run}-${index}`, time: Date.now() }];
      const request = http.request(`${url}/v1/batch`, {
        agent,
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-forwarded-for': NETWORKS[run](index) },
      });
      request.on('response', (response) => {
        seen.answered += 1;
        if (response.statusCode === 429) seen.limited += 1;
        if (response.statusCode === 429 && !response.headers['retry-after']) seen.withoutPause += 1;
        response.resume().on('end', resolve);
      });
      request.on('error', resolve);
      request.end(JSON.stringify(makeBatch({ events, key: index })));
    });
  const startedAt = Date.now();
  const work = async () => {
    while (!isEnough(seen) && Date.now() - startedAt < GUARD_MS) await one(seen.sent++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return { ...seen, seconds: (Date.now() - startedAt) / 1000 };
}

/** The same flood against a server in a process of its own that reads the body and answers: what this machine can send at most. */
async function floodBare(run) {
  const bare = await startBareServer();
  try {
    return await flood({ url: bare.url, run, isEnough: ({ sent }) => sent >= BARE_REQUESTS });
  } finally {
    await bare.stop();
  }
}
