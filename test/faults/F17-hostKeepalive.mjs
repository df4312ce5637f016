/** F17: a host that sends requests of its own at unload: we never take its last keepalive quota, and keep our rows. */
import { drained } from './harness/device.mjs';
import { sleep } from './harness/waiting.mjs';

const CALLS = 200;
const UNLOAD_BYTES = 30_000;
/** In turn: the host's quota is free until it leaves; all of it is in flight already; earlier answers were never read. */
const WAYS = ['leaving', 'in flight', 'unread'];

export const row = {
  id: 'F17',
  fault: "the host's own keepalive requests at unload",
  runs: { quick: 3, full: 100 },
  async run({ world, run, problems }) {
    const browser = await world.sharedBrowser();
    const host = hostOf(world.site, run);
    const book = world.ledger.begin(run, { calls: CALLS });
    const url = world.site.url('/page.html', `run${run}`);
    const page = await browser.open(url);
    await page.evaluate(beHost, { path: host.path, way: WAYS[run % WAYS.length] });
    const { tally } = world.proxy;
    await world.track(page, book, { perTurn: 50, properties: { rest: 'x'.repeat(600) } });
    tally.largestPlainBytes = 0;
    await page.goto(world.site.url('/blank.html', `run${run}`));
    // Keepalive requests outlive the page; how many came is read when the next page is there.
    await sleep(400);
    const unloadBytes = tally.largestPlainBytes;
    if (unloadBytes > UNLOAD_BYTES) problems.push(`run ${run}: ${unloadBytes} bytes of ours at unload`);
    const sent = WAYS[run % WAYS.length] === 'in flight' ? 2 : 1;
    if (host.received() < sent)
      problems.push(`run ${run}: ${host.received()} of the host's ${sent} requests`);
    await page.goto(url);
    await drained(page);
    await world.note(page);
    await page.close();
    return host.received() > 0;
  },
};

/** An endpoint of the host's own server; slow ones keep their share of the quota for a while. */
function hostOf({ files }, run) {
  const path = `/host${run}`;
  let received = 0;
  files.set(path, (request, response) => {
    request
      .on('data', () => undefined)
      .on('end', () => {
        received += 1;
        setTimeout(() => response.end('x'.repeat(2000)), request.url.includes('slow') ? 1500 : 0);
      });
  });
  return { path, received: () => received };
}

function beHost({ path, way }) {
  const send = (bytes, query = '') =>
    fetch(path + query, { method: 'POST', body: 'h'.repeat(bytes), keepalive: true }).catch(() => undefined);
  if (way === 'in flight') for (let half = 0; half < 2; half += 1) void send(30_000, '?slow');
  if (way === 'unread') for (let index = 0; index < 3; index += 1) void send(1000);
  if (way !== 'in flight') addEventListener('pagehide', () => void send(30_000));
}
