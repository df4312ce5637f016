/** C09: one address floods, a thousand addresses flood, and names are made up; an honest client loses nothing. */
import http from 'node:http';
import { createSender, makeBatch, post } from './harness/batches.mjs';

const AMOUNT = { quick: { requests: 4000, honest: 20 }, full: { requests: 100_000, honest: 200 } };
const CONNECTIONS = 64;

export const row = {
  id: 'C09',
  fault: 'floods of requests, addresses, names',
  runs: { quick: 2, full: 2 },
  world: { start: { args: ['--trust-proxy', '1'] } },
  async run({ world, run, isQuick, problems, notes }) {
    const { requests, honest } = isQuick ? AMOUNT.quick : AMOUNT.full;
    const addressOf =
      run === 0 ? () => '203.0.113.7' : (index) => `198.51.${(index >> 8) % 4}.${index % 250}`;
    const book = world.ledger.begin(run, { calls: honest * 10 });
    const sender = createSender({ world, book, events: 10, headers: { 'x-forwarded-for': '192.0.2.55' } });
    const flooding = flood({ url: world.collector.url, requests, addressOf });
    await sender.sendAll(honest, 1);
    const { limited, withoutPause } = await flooding;
    notes.push(`${limited} of ${requests} limited`);
    // A thousand addresses stay below what one may do; only the single one must be told to stop.
    if (run === 0 && limited === 0)
      problems.push(`none of ${requests} requests from one address was limited`);
    if (withoutPause > 0) problems.push(`${withoutPause} times 429 without Retry-After`);
    const { status } = await post(world, makeBatch({ events: [], key: 0 }));
    if (status !== 200) problems.push(`the collector answers ${status} afterwards`);
    return requests;
  },
};

/** Small batches with a name of their own each, as fast as they go. */
async function flood({ url, requests, addressOf }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  let limited = 0;
  let withoutPause = 0;
  const one = (index) =>
    new Promise((resolve) => {
      const events = [{ name: `made-up-${index}`, time: Date.now() }];
      const request = http.request(`${url}/v1/batch`, {
        agent,
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-forwarded-for': addressOf(index) },
      });
      request.on('response', (response) => {
        if (response.statusCode === 429) limited += 1;
        if (response.statusCode === 429 && !response.headers['retry-after']) withoutPause += 1;
        response.resume().on('end', resolve);
      });
      request.on('error', resolve);
      request.end(JSON.stringify(makeBatch({ events, key: index })));
    });
  const work = async () => {
    while (next < requests) await one(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return { limited, withoutPause };
}
