/** Batches as a shop's pages send them: 10 rows of 5 events, some 23 kB of JSON. Made once, then only their ids change. */
import { randomBytes } from 'node:crypto';

export const EVENTS_PER_BATCH = 50;
const ROWS = 10;
const NAMES = ['$page_view', 'view_item', 'add_to_cart', 'search', '$page_leave'];

function eventOf(index, time) {
  return {
    name: NAMES[index % NAMES.length],
    time,
    properties: {
      url: `https://shop.example/products/${(index * 7919) % 1000}?utm_source=mail&utm_campaign=autumn`,
      title: 'ウール混ニットカーディガン 秋冬新作',
      item_id: `SKU_${(index * 31) % 5000}`,
      item_name: 'ニットカーディガン',
      currency: 'JPY',
      value: 4980 + index,
      quantity: 1,
      referrer: 'https://www.google.com/',
      scroll: 0.5,
      visible: 12345 + index,
      campaign: 'cart-saver',
      variant: 'b',
      list: ['new', 'autumn', 'women'],
    },
  };
}

const id = () => {
  const hex = randomBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** The batch of one visitor, as an object. */
export function batchAt(time, visitor = id()) {
  const session = id();
  return {
    site: 'shop',
    sdk: '0.1.0',
    program: 1,
    visitor,
    zone: -540,
    clock: [time, 60_000],
    origin: 'origin-1',
    dropped: {},
    rows: Array.from({ length: ROWS }, (_, row) => ({
      id: rowId(time + row),
      key: row + 1,
      stream: session,
      page: session,
      session,
      monotonic: 50_000 + row,
      origin: 'origin-1',
      events: Array.from({ length: EVENTS_PER_BATCH / ROWS }, (_, index) =>
        eventOf(row * 5 + index, time + row),
      ),
    })),
  };
}

/** A UUIDv7 whose last 16 bits are free. */
export function rowId(ms) {
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  const hex = randomBytes(8).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 14)}0000`;
}

const ROW_ID = /"id":"([0-9a-f-]{36})"/g;

/** Bodies that can be sent again and again as new ones. */
export function createBodies(count) {
  const bodies = Array.from({ length: count }, () => {
    const text = JSON.stringify(batchAt(Date.now()));
    const bytes = Buffer.from(text);
    const placeOf = (index) => Buffer.byteLength(text.slice(0, index));
    const places = [...text.matchAll(ROW_ID)].map((match) => placeOf(match.index + '"id":"'.length));
    const visitor = placeOf(text.indexOf('"visitor":"') + '"visitor":"'.length);
    return { bytes, places, visitor };
  });
  let next = 0;
  return {
    /** The next body, of a new visitor, with ids of this moment. It is overwritten when its turn comes again. */
    fresh() {
      const { bytes, places, visitor } = bodies[next++ % bodies.length];
      bytes.write(id(), visitor, 'latin1');
      const now = Date.now();
      for (const [row, place] of places.entries()) bytes.write(rowId(now + row), place, 'latin1');
      return bytes;
    },
  };
}
