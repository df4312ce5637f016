/** F14: everything a collector, a proxy or a captive portal can answer; only our own receipt is an acknowledgement. */
import { answerUnreadably, answerWith, breakInBody, hang } from './harness/actions.mjs';
import { eventIdOf } from './harness/batches.mjs';
import { drained } from './harness/device.mjs';
import { LOGIN } from './harness/proxy.mjs';
import { sleep, until } from './harness/waiting.mjs';

const EVENTS = 5;
const PAUSE_S = 3;
/** For what must not be sent again while the row looks on. */
const OBSERVED_MS = 6000;
const retry = (status, options) => ({ action: answerWith(status, options), outcome: 'delivered' });
const PROBLEM = { 'content-type': 'application/problem+json' };
/** Our collector's word about this body, whoever sends it again: nothing else is ever answered. */
const refuse = (status) => ({
  action: answerWith(status, { body: '{"by":"kikubari"}', headers: PROBLEM }),
  outcome: 'rejected',
  isLasting: true,
});
const pause = (value, rest) => ({ ...retry(429, { headers: { 'retry-after': value } }), ...rest });
/** A date has whole seconds, so up to one of them is lost. */
const untilDate = (exchange) => {
  const date = new Date(Date.now() + (PAUSE_S + 1) * 1000).toUTCString();
  return answerWith(429, { headers: { 'retry-after': date } })(exchange);
};

/** Name → what is answered once, and what must become of the events. */
const CASES = () => ({
  '200 receipt': { action: undefined, outcome: 'delivered' },
  '207 partial': { action: partial, outcome: 'partly' },
  '200 HTML': retry(200, {
    body: '<html>Sign in to the hotel</html>',
    headers: { 'content-type': 'text/html' },
  }),
  '200 other JSON': retry(200, { body: '{"ok":true}' }),
  '302 to login': retry(302, { headers: { location: LOGIN } }),
  400: refuse(400),
  '400 of a proxy': retry(400, { headers: { 'content-type': 'text/html' } }),
  '400 of a gateway': retry(400, { headers: PROBLEM, body: '{"type":"about:blank","status":400}' }),
  // Somebody can put these right, so nothing may be given up for them.
  401: retry(401),
  403: retry(403),
  404: retry(404),
  408: retry(408),
  413: retry(413),
  '429 seconds': pause(String(PAUSE_S), { pauseMs: PAUSE_S * 1000 }),
  '429 date': { action: untilDate, outcome: 'delivered', pauseMs: PAUSE_S * 1000 },
  '429 absent': retry(429),
  '429 garbage': pause('soon'),
  '429 ten years': pause(String(10 * 365 * 86_400), { outcome: 'kept' }),
  500: retry(500),
  501: retry(501),
  502: retry(502),
  503: retry(503, { headers: { 'retry-after': '1' } }),
  504: retry(504),
  'reset in the body': { action: breakInBody, outcome: 'delivered' },
  'hangs 120 s': { action: hang, outcome: 'delivered' },
  'opaque for CORS': { action: answerUnreadably, outcome: 'delivered' },
});

export const row = {
  id: 'F14',
  fault: 'response table',
  world: { mayDrop: ['rejected'] },
  runs: { quick: 1, full: 1 },
  async run({ world, problems }) {
    const browser = await world.openBrowser();
    const cases = Object.entries(CASES()).map(([name, one], index) => ({ name, index, ...one, sent: [] }));
    const byOrigin = new Map(cases.map((one) => [new URL(urlOf(world, one)).origin, one]));
    world.proxy.rule = ({ origin, batch }) => {
      const one = byOrigin.get(origin);
      if (!batch.rows.some(({ events }) => events.some(({ properties }) => properties?.r === one.index)))
        return;
      one.sent.push(Date.now());
      return one.sent.length === 1 || one.isLasting ? one.action : undefined;
    };
    for (const one of cases) {
      await world.warm(browser, `case${one.index}`);
      one.page = await browser.open(urlOf(world, one));
    }
    await Promise.all(cases.map((one) => play(world, one)));
    for (const one of cases) problems.push(...judge(one));
    await world.retire(browser);
    return cases.filter(({ sent }) => sent.length > 0).length;
  },
};

const urlOf = ({ site }, { index }) => site.url('/page.html', `case${index}`);

async function play(world, one) {
  const book = world.ledger.begin(one.index, { calls: EVENTS, isExact: true });
  // In two rows, so that a batch that is too large can be split.
  await world.track(one.page, book, { perTurn: 3 });
  await one.page.evaluate(() => void globalThis.kikubari('flush'));
  await until(() => one.sent.length > 0, `${one.name}: the first request`);
  if (one.outcome === 'kept') await sleep(OBSERVED_MS);
  else await drained(one.page);
  one.device = await world.note(one.page, { withSettled: true });
}

function judge({ name, outcome, pauseMs = 0, sent, device }) {
  const { rejected = 0 } = device.dropped;
  const isQueued = device.queued.length > 0;
  const found = isQueued ? 'kept' : rejected === 0 ? 'delivered' : rejected === 1 ? 'partly' : 'rejected';
  const problems = found === outcome ? [] : [`${name}: ${found}, not ${outcome}`];
  if (pauseMs > 0 && sent[1] - sent[0] < pauseMs)
    problems.push(`${name}: asked again after ${sent[1] - sent[0]} ms, before the ${pauseMs} it was told`);
  if (outcome === 'kept' && sent.length > 1) problems.push(`${name}: asked again within ${OBSERVED_MS} ms`);
  if (outcome === 'delivered' && name !== '200 receipt' && sent.length < 2)
    problems.push(`${name}: false ack`);
  return problems;
}

/** The collector takes all but one; the answer says so with 207. */
async function partial({ request, incoming, outgoing, forward }) {
  const rows = request.batch.rows;
  const events = rows.flatMap(({ id, events }) =>
    events.map((event, index) => ({ event, id: eventIdOf(id, index) })),
  );
  const { id } = events.find(({ event }) => event.properties?.r !== undefined);
  const body = { accepted: events.length - 1, rejected: [{ id, code: 'invalid' }], program: 0, commands: [] };
  await forward((batch) => without(batch, id));
  await answerWith(207, { body: JSON.stringify(body) })({ incoming, outgoing });
}

function without(batch, id) {
  const keep = (row) => row.events.filter((_, index) => eventIdOf(row.id, index) !== id);
  return { ...batch, rows: batch.rows.map((row) => ({ ...row, events: keep(row) })) };
}
