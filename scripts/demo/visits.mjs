/**
 * Synthetic visits to the demo shop, as the batches a browser would have sent, but for the clock of the sending moment. What people do is invented; the shape is the wire's.
 * Rates are typical of small shops: about half look at an item, one in eight fills a cart, one in forty buys.
 */
import { createRandom } from './random.mjs';
import { IMPROVE, LOVED, MESSAGES, WORDING } from './words.mjs';

const DAY = 86_400_000;
const SECOND = 1000;
/** Visits by hour of the day, Japan: a lunch peak and an evening peak. */
const HOURS = [2, 1, 1, 0.5, 0.5, 1, 2, 4, 5, 5, 6, 7, 9, 7, 6, 6, 6, 7, 8, 10, 12, 13, 10, 5];
const DEVICES = [
  { type: 'mobile', viewportWidth: 390, viewportHeight: 844, touch: true },
  { type: 'mobile', viewportWidth: 360, viewportHeight: 800, touch: true },
  { type: 'desktop', viewportWidth: 1440, viewportHeight: 900, touch: false },
  { type: 'desktop', viewportWidth: 1280, viewportHeight: 720, touch: false },
  { type: 'tablet', viewportWidth: 820, viewportHeight: 1180, touch: true },
];
const SOURCES = [
  {},
  {},
  { referrer: 'https://www.google.com', source: 'www.google.com' },
  { referrer: 'https://www.google.com', source: 'www.google.com' },
  { utm: { source: 'newsletter', medium: 'email', campaign: 'autumn' }, source: 'newsletter' },
  { utm: { source: 'instagram', medium: 'social' }, source: 'instagram' },
];

/**
 * Batches of `days` days of visits that end at `untilMs`, oldest first.
 * @param {{site: string, seed: number, days: number, untilMs: number, origin: string, products: {item_id: string, item_name: string, item_category: string, price: number}[]}} options
 */
export function createVisits({ site, seed, days, untilMs, origin, products }) {
  const random = createRandom(seed);
  const visits = [];
  const known = [];
  for (let day = days; day >= 1; day--) {
    const start = untilMs - day * DAY;
    const weekend = [0, 6].includes(new Date(start).getUTCDay());
    for (let n = random.whole(weekend ? 100 : 75, weekend ? 125 : 95); n > 0; n--) {
      const returning = known.length > 20 && random.chance(0.28);
      const person = returning ? random.pick(known) : createPerson(random);
      if (!returning) known.push(person);
      visits.push({ person, startMs: start + timeOfDay(random, start) });
    }
  }
  visits.sort((a, b) => a.startMs - b.startMs);
  // A person's second visit must come after the first, and not within the same half hour.
  return visits
    .filter(({ person, startMs }) => {
      if (startMs - (person.lastMs ?? 0) < 3_600_000) return false;
      person.lastMs = startMs;
      return startMs < untilMs - 1_200_000;
    })
    .map(({ person, startMs }) => visit({ site, random, person, startMs, origin, products }));
}

function createPerson(random) {
  return {
    visitor: random.uuid(),
    language: random.chance(0.82) ? 'ja' : 'en',
    device: random.pick(DEVICES),
    eager: random.next() ** 2,
    sessions: 0,
    nextKey: 1,
    surveyed: false,
    banner: false,
  };
}

function timeOfDay(random, dayStartMs) {
  const total = HOURS.reduce((sum, weight) => sum + weight, 0);
  let left = random.next() * total;
  const hour = HOURS.findIndex((weight) => (left -= weight) < 0);
  // HOURS are Japan's; the day starts at an arbitrary UTC time, so shift to the right clock hour.
  const startHour = (new Date(dayStartMs).getUTCHours() + 9) % 24;
  return ((hour - startHour + 24) % 24) * 3_600_000 + random.next() * 3_600_000;
}

/** One session of one person, as one batch. */
function visit({ site, random, person, startMs, origin, products }) {
  const session = random.uuid();
  const log = createLog(random, person, session, startMs);
  person.sessions += 1;
  const source = random.pick(SOURCES);
  const base = `${origin}/shop/`;
  log.page(base + 'index.html');
  log.add('$session_start', {
    number: person.sessions,
    new: person.sessions === 1,
    landing: base + 'index.html',
    ...source,
    device: {
      ...person.device,
      language: person.language === 'ja' ? 'ja-JP' : 'en-US',
      timeZone: 'Asia/Tokyo',
    },
  });
  shop({ log, random, person, base, products });
  return {
    site,
    sdk: '0.1.0',
    program: 1,
    visitor: person.visitor,
    zone: -540,
    dropped: {},
    rows: log.rows,
  };
}

/** Walks through the shop until the person has had enough. */
function shop({ log, random, person, base, products }) {
  view(log, base + 'index.html', '/shop/index.html');
  log.add('view_item_list', { item_list_id: 'all', items: products.slice(0, 4).map(item) });
  const seen = browse({ log, random, person, base, products });
  if (seen.length === 0 || !random.chance(0.16 + 0.3 * person.eager)) return tab({ log, random, person });
  const cart = seen.slice(-random.whole(1, Math.min(2, seen.length)));
  for (const product of cart) {
    log.wait(5, 40);
    log.add('add_to_cart', { currency: 'JPY', value: product.price, items: [item(product)] });
  }
  view(log, base + 'cart.html', '/shop/cart.html');
  const value = cart.reduce((sum, product) => sum + product.price, 0);
  log.add('view_cart', { currency: 'JPY', value, items: cart.map(item) });
  log.wait(8, 50);
  const begins = random.chance(0.5 + 0.2 * person.eager);
  const saved = !begins && seen.length >= 3 && offer({ log, random });
  if (begins || saved) checkout({ log, random, person, base, cart, value, coupon: saved });
}

function browse({ log, random, person, base, products }) {
  const seen = [];
  const wanted = random.chance(0.55) ? random.whole(1, 2 + Math.round(4 * person.eager)) : 0;
  for (let n = 0; n < wanted; n++) {
    const product = random.pick(products);
    log.wait(6, 45);
    log.add('select_item', { item_list_id: 'all', items: [item(product)] });
    view(log, `${base}product.html?id=${product.item_id}`, '/shop/product.html');
    if (n === 0 && person.sessions === 1 && !person.banner) welcome({ log, random, person });
    log.add('view_item', { currency: 'JPY', value: product.price, items: [item(product)] });
    if (!seen.includes(product)) seen.push(product);
  }
  return seen;
}

function welcome({ log, random, person }) {
  person.banner = true;
  const about = { campaign: 'welcome-banner', version: 1, variant: 'free-shipping' };
  expose(log, about, 'page');
  log.wait(2, 9);
  if (random.chance(0.12)) log.add('$click', { ...about, button: 'browse', action: 'link' }, ['personalise']);
  else if (random.chance(0.5)) log.add('$close', { ...about, reason: 'close' }, ['personalise']);
}

/** The cart saver; true if the person takes the coupon and goes on. */
function offer({ log, random }) {
  const about = { campaign: 'cart-saver', version: 1, variant: 'ten-percent' };
  expose(log, about, random.chance(0.6) ? 'dwell' : 'exit');
  log.wait(2, 12);
  const takes = random.chance(0.34);
  if (takes) log.add('$click', { ...about, button: 'coupon', action: 'copy' }, ['personalise']);
  log.add('$close', { ...about, reason: takes ? 'action' : 'close' }, ['personalise']);
  return takes && random.chance(0.7);
}

function checkout({ log, random, person, base, cart, value, coupon }) {
  view(log, base + 'checkout.html', '/shop/checkout.html');
  log.add('begin_checkout', { currency: 'JPY', value, items: cart.map(item) });
  log.wait(25, 110);
  if (!random.chance(0.6 + 0.2 * person.eager)) return;
  log.add('add_shipping_info', { currency: 'JPY', value, shipping_tier: 'standard', items: cart.map(item) });
  log.wait(10, 40);
  const paid = coupon ? Math.round(value * 0.9) : value;
  view(log, base + 'thanks.html', '/shop/thanks.html');
  log.add('purchase', {
    transaction_id: `HA-${random.whole(1000, 9999)}-${random.whole(1000, 9999)}`,
    currency: 'JPY',
    value: paid,
    tax: Math.floor((paid * 8) / 108),
    shipping: paid >= 5500 ? 0 : 660,
    ...(coupon ? { coupon: 'THANKYOU10' } : {}),
    items: cart.map(item),
  });
  if (!person.surveyed) nps({ log, random, person });
}

function nps({ log, random, person }) {
  person.surveyed = true;
  const about = { campaign: 'nps-after-purchase', version: 1, variant: 'standard' };
  expose(log, about, 'event', ['survey']);
  if (!random.chance(0.42)) return;
  const submission = random.uuid();
  const roll = random.next();
  const score = roll < 0.52 ? random.whole(9, 10) : roll < 0.8 ? random.whole(7, 8) : random.whole(2, 6);
  const answer = (card, question, kind, value) => {
    log.wait(4, 25);
    const wording = WORDING[question][person.language];
    log.add('$answer', { ...about, submission, card, question, kind, value, wording }, ['survey']);
  };
  answer('score', 'recommend', 'nps', score);
  if (!random.chance(0.75)) return void log.add('$close', { ...about, reason: 'close' }, ['survey']);
  if (score >= 9) answer('promoter', 'loved', 'text', random.pick(LOVED[person.language]));
  else if (score >= 7) answer('passive', 'improve', 'text', random.pick(IMPROVE[person.language]));
  else answer('detractor', 'disappointed', 'choice', [random.pick(['price', 'shipping', 'range', 'site'])]);
  log.add('$complete', { ...about, submission }, ['survey']);
}

function tab({ log, random, person }) {
  if (!random.chance(0.03)) return;
  const about = { campaign: 'feedback-tab', version: 1, variant: 'standard' };
  const submission = random.uuid();
  const reason = random.pick(Object.keys(MESSAGES));
  const say = (question, kind, value) => {
    log.wait(4, 25);
    const wording = WORDING[question][person.language];
    const card = question === 'reason' ? 'reason' : 'text';
    log.add('$answer', { ...about, submission, card, question, kind, value, wording }, ['survey']);
  };
  expose(log, about, 'page', ['survey']);
  say('reason', 'choice', reason);
  say('message', 'text', MESSAGES[reason][person.language]);
  log.add('$complete', { ...about, submission }, ['survey']);
}

function expose(log, about, trigger, purposes = ['personalise']) {
  log.wait(0.2, 1);
  log.add('$exposure', { ...about, trigger }, purposes);
  log.add('$impression', about, purposes);
}

function view(log, url, path) {
  log.leave();
  log.page(url);
  log.add('$page_view', { url, path });
}

function item(product) {
  return { ...product, quantity: 1 };
}

/** Rows as a browser would have committed them: one for each turn in which something happened. */
function createLog(random, person, session, startMs) {
  const rows = [];
  const origin = random.uuid();
  let clockMs = startMs;
  let page = random.uuid();
  let open = null;
  const add = (name, properties, purposes) => {
    const event = { name, properties, time: Math.round(clockMs), ...(purposes ? { purposes } : {}) };
    rows.push({
      id: random.rowId(clockMs),
      key: person.nextKey++,
      stream: person.visitor,
      page,
      session,
      monotonic: Math.round(clockMs - startMs),
      origin,
      events: [event],
    });
  };
  return {
    rows,
    add,
    wait: (low, high) => (clockMs += random.between(low, high) * SECOND),
    page: (url) => {
      open = { url, sinceMs: clockMs };
      page = random.uuid();
    },
    leave: () => {
      if (!open || clockMs === open.sinceMs) return;
      const visible = Math.round(clockMs - open.sinceMs);
      add('$page_leave', {
        url: open.url,
        path: new URL(open.url).pathname,
        visible,
        scroll: random.whole(20, 100),
        idle: Math.round(visible * random.between(0, 0.4)),
        exit: false,
        rage: 0,
        back: 0,
      });
    },
  };
}
