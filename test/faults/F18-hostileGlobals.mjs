/** F18: the host has patched, polluted or broken what scripts share, before our script loads or after. */
import { HOSTILITIES } from './harness/hostilities.mjs';
import { sleep, until } from './harness/waiting.mjs';

const EVENTS = 5;
const PROPERTIES = { currency: 'JPY', value: 1800, items: [{ item_id: 'kyusu', quantity: 2 }], note: 'お茶' };
/** After this what has not arrived will not: the SDK gave up, which it may if it was crippled before it loaded. */
const GIVE_UP_MS = 6000;
const SETUPS = Object.entries(HOSTILITIES).flatMap(([name, code]) =>
  ['after', 'before'].map((moment) => ({ name: `${name}, ${moment}`, code, moment })),
);

export const row = {
  id: 'F18',
  fault: 'hostile globals before and after loading',
  runs: { quick: 1, full: 1 },
  async run({ world, random, isQuick, problems, notes }) {
    const browser = await world.openBrowser();
    const setups = isQuick ? sample(random, 12) : SETUPS;
    const payloads = new Map();
    world.proxy.rule = ({ batch }) => {
      for (const { properties } of batch.rows.flatMap(({ events }) => events)) {
        if (properties?.r === undefined) continue;
        const { r: run, i: label, ...rest } = properties;
        payloads.set(`${run} ${label}`, JSON.stringify(rest));
      }
      return undefined;
    };
    const visits = [];
    for (const setup of setups) visits.push(await visit(world, browser, setup));
    await Promise.race([
      sleep(GIVE_UP_MS),
      until(() => payloads.size === EVENTS * visits.length, 'all payloads', GIVE_UP_MS * 2).catch(
        () => undefined,
      ),
    ]);
    for (const one of visits) problems.push(...judge(one, payloads));
    problems.push(...new Set(browser.problems.splice(0).map((error) => `host sees: ${error}`)));
    const silent = visits.filter(({ number }) => arrivedOf(number, payloads).length < EVENTS);
    notes.push(
      `${visits.length - silent.length} of ${visits.length} byte-identical`,
      ...(silent.length > 0 ? [`gave up safely: ${silent.map(({ setup }) => setup.name).join('; ')}`] : []),
    );
    for (const { page } of visits) await page.close().catch(() => undefined);
    await world.retire(browser);
    return visits.length;
  },
};

function sample(random, count) {
  const left = [...SETUPS];
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)[0]);
}

/** The page does everything by itself: nothing of the driver runs among its broken globals. */
async function visit({ site, ledger }, browser, setup) {
  const number = SETUPS.indexOf(setup);
  const book = ledger.begin(number, { calls: EVENTS });
  for (let label = 0; label < EVENTS; label += 1) book.called.add(label);
  const code = `<script>${setup.code}</script>`;
  const calls = `<script>for (let i = 0; i < ${EVENTS}; i++)
    kikubari('track', 'step', { r: ${number}, i, ...${JSON.stringify(PROPERTIES)} });</script>`;
  const { tag } = site;
  const path = `/hostile${number}.html`;
  site.addPage(path, setup.moment === 'before' ? code + tag + calls : tag + code + calls);
  const page = await browser.open(site.url(path, `setup${number}`));
  return { setup, number, page };
}

const arrivedOf = (number, payloads) =>
  Array.from({ length: EVENTS }, (_, label) => payloads.get(`${number} ${label}`)).filter(Boolean);

function judge({ setup: { name, moment }, number }, payloads) {
  const arrived = arrivedOf(number, payloads);
  const wrong = arrived.filter((text) => text !== JSON.stringify(PROPERTIES));
  const problems =
    wrong.length > 0 ? [`${name}: ${wrong.length} payloads differ: ${wrong[0].slice(0, 80)}`] : [];
  // What was broken before we loaded may stop us, safely; afterwards we have our own references. Methods of arrays we have
  // not: a page whose every array is broken is one we give up on, and it must not notice that either.
  if (moment === 'after' && !/^Array (map|filter) throws/.test(name) && arrived.length < EVENTS)
    problems.push(`${name}: ${arrived.length} of ${EVENTS} arrived`);
  return problems;
}
