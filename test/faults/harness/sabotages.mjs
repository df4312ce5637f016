/**
 * Proof that rows can fail. `npm run faults -- --sabotage lose`. A sabotage may spoil what the proxy passes on (`proxy`; then every
 * row that balances must turn red), the collector's answers (`answers`, see `spoiledAnswers.mjs`) or the SDK's code (`sdk`).
 * Which rows must notice the others: `noticedBy`.
 */
import { gunzipSync } from 'node:zlib';

const spoil = (change) => (body, request) => {
  if (!request) return undefined;
  const batch = JSON.parse(body[0] === 0x1f ? gunzipSync(body) : body);
  change(batch);
  return Buffer.from(JSON.stringify(batch));
};

export const sabotages = {
  /** The first labelled event of each batch vanishes on the way, and the page gets its receipt all the same. */
  lose: {
    proxy: spoil(({ rows }) => {
      const isLabelled = ({ properties }) => properties?.r !== undefined;
      const row = rows.find(({ events }) => events.some(isLabelled));
      row?.events.splice(row.events.findIndex(isLabelled), 1);
    }),
  },
  /** Each repeat and each batch gets ids of its own, so that nothing is known to be a repeat. */
  double: {
    proxy: spoil((batch) => {
      batch.rows.push(
        ...batch.rows.map((row) => ({ ...row, id: row.id.slice(0, -12) + randomHex() + '0000' })),
      );
    }),
  },
  /** Devices count, and the collector never hears of it. */
  tellNoDrops: { proxy: spoil((batch) => (batch.dropped = {})), noticedBy: ['F10', 'F11', 'F15', 'F16'] },
  /** The device drops and does not count. */
  countNoDrop: { sdk: addDropsAs('return total;'), noticedBy: ['F10', 'F11', 'F15', 'F16'] },
  /** The device counts each drop twice. */
  countDropTwice: {
    sdk: addDropsAs('more = Object.fromEntries(Object.entries(more).map(([key, n]) => [key, 2 * n]));'),
    noticedBy: ['F10', 'F11', 'F15', 'F16'],
  },
  /** 429 and 503 do not say how long to wait. */
  forgetPause: { answers: 'forgetPause', noticedBy: ['C03', 'C09'] },
  /** `/metrics` shows twice what was counted. */
  countTwice: { answers: 'countTwice', noticedBy: ['C03', 'C05', 'C06', 'C09'] },
  /** `/metrics` shows twice what devices have reported. */
  gaugeTwice: { answers: 'gaugeTwice', noticedBy: ['C06', 'F11'] },
};

/** A change to `addDrops`, through which every drop goes; throws if the function is no longer where it was. */
function addDropsAs(statement) {
  return (code, id) => {
    if (!id.endsWith('/src/sdk/store.ts')) return undefined;
    const changed = code.replace(/function addDrops\(total, more\) \{/, `$& ${statement}`);
    if (changed === code) throw new Error('the sabotage does not find addDrops');
    return changed;
  };
}

const randomHex = () =>
  Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
