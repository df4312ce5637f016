/** More than five internal errors in a minute: the SDK is off for the rest of the page, and the host does not notice. */

/** Points that one act of the visitor passes once, and that act. */
const ACTS = {
  "sdk/page.ts listen(window, 'scroll'": "host.fire(window, 'scroll')",
  'sdk/page.ts const changed =': "history.pushState(null, '', '?act=' + act)",
  "sdk/page.ts listen(window, 'popstate'": "host.fire(window, 'popstate')",
  "sdk/manner.ts listen(window, 'click'": "host.fire(document.body, 'click', {}, 'MouseEvent')",
  'sdk/manner.ts const active =': "host.fire(window, 'keydown')",
  "sdk/exitIntent.ts listen(document, 'mouseout'": "host.fire(document, 'mouseout')",
  "sdk/sender.ts faults.listen(window, 'online'": "host.fire(window, 'online')",
  "sdk/engine.ts listen(window, 'pageshow'": "host.fire(window, 'pageshow')",
};
/** What `faults.ts` allows in a minute. */
const MAX_PER_MINUTE = 5;

/** Happens in the page; `perform` is one act. Notes only what must be so. */
async function run(host, { max, perform, isArmed, silent }) {
  const { planted } = globalThis;
  const expect = (name, holds) => holds || host.note('but', name);
  const answer = async () => (await host.ours('track', 'step')) ?? {};
  const works = async (when) => {
    const { durable, reason } = await answer();
    expect(`off ${when}: ${durable} ${reason}`, durable);
  };
  const fail = async (times) => {
    for (let act = 0; act < times; act += 1) perform(act);
    await host.pause(20);
  };
  await host.shown('.launcher');
  await host.shown('.surface');
  await host.pause(100);
  // The host's own business may have passed the point.
  host.pass(61_000);
  const before = planted.passed;
  await fail(max);
  expect(`${planted.passed - before} passed`, !isArmed || planted.passed - before === max);
  await works('too early');
  host.pass(61_000);
  await fail(max);
  await works('although a minute has gone');
  await fail(1);
  const { durable, reason } = await answer();
  const isOff = !durable && reason === 'off';
  expect(isArmed ? `not off: ${durable} ${reason}` : 'off', isOff === isArmed);
  if (isOff) await silent(host, expect);
}

/** Every call says so, nothing of ours is heard of any more, and the host may delete what we had open. */
async function silent(host, expect) {
  const { planted } = globalThis;
  for (const [command, ...args] of [['identify', 'u'], ['set', {}], ['page'], ['track', '$x']])
    expect(`${command} is not off`, (await host.ours(command, ...args)).reason === 'off');
  expect('flush is not off', (await host.ours('flush')) === false);
  await host.pause(50);
  expect('messages stay', document.querySelectorAll('[data-kikubari]').length === 0);
  const ours = () =>
    performance.getEntriesByType('resource').filter(({ name }) => /\/v1\//.test(name)).length;
  const [calls, requests] = [planted.calls, ours()];
  for (const type of [
    'scroll',
    'click',
    'keydown',
    'pointermove',
    'online',
    'popstate',
    'pagehide',
    'pageshow',
  ])
    host.fire(window, type);
  for (const type of ['mousemove', 'mouseout', 'visibilitychange', 'click']) host.fire(document, type);
  // Before a timer of ours has its turn: it does nothing more, but it comes by the guard.
  expect(`${planted.calls - calls} calls of ours`, planted.calls === calls);
  history.pushState(null, '', '?route=last');
  // What is hooked stays so, and falls silent.
  expect(`${planted.calls - calls} calls of ours in pushState`, planted.calls === calls + 1);
  await host.ours('consent', { measure: true });
  await host.pause(300);
  expect('requests go on', ours() === requests);
  const gone = indexedDB.deleteDatabase('kikubari-faults');
  gone.onblocked = () => host.note('but', 'the database is open');
  const deleted = new Promise((resolve) => (gone.onsuccess = gone.onerror = resolve));
  await Promise.race([deleted, host.pause(1000)]);
}

/** The points that can be armed for it, by number, each with its kind of visit. */
export function switchedOff(points) {
  return [...points].flatMap(([point, name]) => {
    const found = Object.keys(ACTS).find((beginning) => name.startsWith(beginning));
    if (!found) return [];
    const text = (isArmed) => {
      const options = `{ max: ${MAX_PER_MINUTE}, perform: (act) => ${ACTS[found]}, isArmed: ${isArmed}, silent: ${silent} }`;
      return `async (host) => { await (${run})(host, ${options}); }`;
    };
    // That it works is seen by events that are kept, so it must have its database.
    const kind = { name: 'switchedOff', isWarm: true, campaigns: /^(banner|survey|wait-exit|wait-visible)$/ };
    return [{ point, name, armed: { ...kind, run: text(true) }, unarmed: { ...kind, run: text(false) } }];
  });
}
