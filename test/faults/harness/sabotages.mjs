/**
 * Proof that rows can fail: each sabotage makes the proxy spoil what it passes on, and every row that balances must turn
 * red. `npm run faults -- --sabotage lose`.
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
  lose: spoil(({ rows }) => {
    const isLabelled = ({ properties }) => properties?.r !== undefined;
    const row = rows.find(({ events }) => events.some(isLabelled));
    row?.events.splice(row.events.findIndex(isLabelled), 1);
  }),
  /** Each repeat and each batch gets ids of its own, so that nothing is known to be a repeat. */
  double: spoil((batch) => {
    batch.rows.push(
      ...batch.rows.map((row) => ({ ...row, id: row.id.slice(0, -12) + randomHex() + '0000' })),
    );
  }),
};

const randomHex = () =>
  Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
