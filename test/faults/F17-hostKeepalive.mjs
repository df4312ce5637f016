/** F17: a host that sends requests of its own at unload: we never take its last keepalive quota, and keep our rows. */
import { drained } from './harness/device.mjs';
import { markKeepalive, weighKeepalive } from './harness/keepalive.mjs';
import { sleep, until } from './harness/waiting.mjs';

const CALLS = 200;
const IN_HANDLER = 30;
/** Before the page is left; each is refused, and in the books all the same. */
const TOO_LARGE = 3;
const TOO_LONG = Array(20).fill('x'.repeat(4000));
const TEXT = 'x'.repeat(600);
const UNLOAD_BYTES = 30_000;
/** In turn: the host's quota is free until it leaves; all of it is in flight already; earlier answers were never read. */
const WAYS = ['leaving', 'in flight', 'unread'];

export const row = {
  id: 'F17',
  fault: "the host's own keepalive requests at unload",
  runs: { quick: 6, full: 100 },
  async run({ world, run, problems, figures }) {
    const way = WAYS[run % WAYS.length];
    const isHiddenFirst = Math.floor(run / WAYS.length) % 2 === 1;
    const how = `run ${run} (${way}${isHiddenFirst ? ', hidden first' : ''})`;
    const browser = await world.sharedBrowser();
    const host = hostOf(world.site, run);
    const book = world.ledger.begin(run, { calls: CALLS + TOO_LARGE + IN_HANDLER, isAnswered: true });
    const url = world.site.url('/page.html', `run${run}`);
    const page = await browser.open(url, { init: `(${markKeepalive})()` });
    const ours = weighKeepalive(world.proxy);
    await page.evaluate(beHost, { path: host.path, way });
    await world.track(page, book, { from: CALLS, count: TOO_LARGE, properties: { strings: TOO_LONG } });
    const half = { count: CALLS / 2, perTurn: 5, properties: { text: TEXT } };
    await world.track(page, book, half);
    // Hidden, looked at and hidden again, before it is left: each may send.
    if (isHiddenFirst) await page.evaluate(hide, true);
    await world.track(page, book, { from: CALLS / 2, ...half });
    if (isHiddenFirst) for (const isHidden of [false, true]) await page.evaluate(hide, isHidden);
    const last = { run, from: CALLS + TOO_LARGE, count: IN_HANDLER, text: TEXT };
    for (let label = last.from; label < book.planned; label += 1) book.called.add(label);
    await page.evaluate(beHostLeaving, { path: host.path, way, ...last });
    await page.goto(world.site.url('/blank.html', `run${run}`));
    const sent = { leaving: 1, 'in flight': 2, unread: 4 }[way];
    // Keepalive requests outlive the page.
    await until(() => host.received() === sent, 'the host', 5000).catch(() => undefined);
    if (host.received() !== sent) problems.push(`${how}: ${host.received()} of the host's ${sent} requests`);
    await sleep(100);
    if (ours.peak() > UNLOAD_BYTES) problems.push(`${how}: ${ours.peak()} bytes of ours in flight at once`);
    const beacons = await page.evaluate(() => Number(sessionStorage.beacons ?? 0));
    if (beacons > 0) problems.push(`${how}: ${beacons} beacons, which say no`);
    figures.push(ours.peak());
    host.release();
    world.proxy.rule = undefined;
    await page.goto(url);
    await drained(page);
    await world.note(page);
    await page.close();
    return ours.peak() > 0 || way === 'in flight';
  },
  verdict(_totals, { notes, figures }) {
    notes.push(`${Math.max(...figures)} bytes of ours in flight at most`);
    return [];
  },
};

/** An endpoint of the host's own server; slow requests keep their share of the quota until they are released. */
function hostOf({ files }, run) {
  const path = `/host${run}`;
  let received = 0;
  let release;
  const released = new Promise((resolve) => (release = resolve));
  files.set(path, (request, response) => {
    request.resume().on('end', async () => {
      received += 1;
      if (request.url.endsWith('?slow')) await released;
      response.end('x'.repeat(2000));
    });
  });
  return { path, received: () => received, release };
}

function beHost({ path, way }) {
  const send = (bytes, query = '') =>
    void fetch(path + query, { method: 'POST', body: 'h'.repeat(bytes), keepalive: true });
  if (way === 'in flight') for (let half = 0; half < 2; half += 1) send(30_000, '?slow');
  if (way === 'unread') for (let index = 0; index < 3; index += 1) send(1000);
}

/** Listens last, so that we have heard of it before: what it tracks comes after our last request, or what should be. */
function beHostLeaving({ path, way, run, from, count, text }) {
  addEventListener('pagehide', () => {
    for (let label = from; label < from + count; label += 1)
      globalThis.kikubari('track', 'step', { r: run, i: label, text });
    if (way !== 'in flight') void fetch(path, { method: 'POST', body: 'h'.repeat(30_000), keepalive: true });
  });
}

function hide(isHidden) {
  const set = (name, value) => Object.defineProperty(document, name, { value, configurable: true });
  set('hidden', isHidden);
  set('visibilityState', isHidden ? 'hidden' : 'visible');
  document.dispatchEvent(new Event('visibilitychange'));
}
