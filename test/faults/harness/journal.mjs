/** The collector's journal from outside (`src/collector/journal/frame.ts`): what a killed collector would have left. */
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { rowId } from './batches.mjs';
import { SITE } from './collector.mjs';

const SEGMENT_MAGIC = Buffer.from('KKBJ0003', 'latin1');
const FRAME_MARK = Buffer.from('KBF\n', 'latin1');
const SEGMENT_BYTES = 16 * 1024 * 1024;
const EVENTS_PER_BATCH = 50;
const BATCHES_PER_FRAME = 25;

/** One frame with a record for each batch. */
export function frameOf(batches) {
  const records = batches.map((batch) => {
    const json = Buffer.from(`{"receivedAt":${Date.now()},"whole":${JSON.stringify(batch)}}`);
    const events = batch.rows.reduce((sum, row) => sum + row.events.length, 0);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(json.length, 0);
    head.writeUInt32LE(events, 4);
    return Buffer.concat([head, json]);
  });
  const payload = Buffer.concat(records);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([FRAME_MARK, head, payload]);
}

function headerOf(segment, end) {
  const header = Buffer.alloc(20);
  SEGMENT_MAGIC.copy(header);
  header.writeUInt32LE(segment, 8);
  header.writeUInt32LE(end, 12);
  header.writeUInt32LE(crc32(header.subarray(0, 16)), 16);
  return header;
}

/** A data folder of which only the journal exists, holding `events` events as a shop has them. */
export function fillJournal(folder, events) {
  const journal = join(folder, 'journal');
  mkdirSync(journal, { recursive: true });
  let bytes = 0;
  let sent = 0;
  let end = 0;
  for (let segment = 1; sent < events; segment += 1) {
    const file = openSync(join(journal, `${String(segment).padStart(10, '0')}.journal`), 'w');
    let size = writeSync(file, headerOf(segment - 1, end));
    while (size < SEGMENT_BYTES && sent < events) {
      const batches = Array.from({ length: BATCHES_PER_FRAME }, () => shopBatch());
      size += writeSync(file, frameOf(batches));
      sent += BATCHES_PER_FRAME * EVENTS_PER_BATCH;
    }
    closeSync(file);
    bytes += size;
    end = size;
  }
  return { journal, bytes };
}

function shopBatch() {
  const time = Date.now();
  const page = randomUUID();
  const events = Array.from({ length: EVENTS_PER_BATCH }, (_, index) => ({
    name: 'view_item',
    time: time + index,
    properties: {
      url: `https://shop.example/products/${(index * 7919) % 1000}?utm_source=mail&utm_campaign=autumn`,
      title: 'ウール混ニットカーディガン 秋冬新作',
      item_id: `SKU_${(index * 31) % 5000}`,
      currency: 'JPY',
      value: 4980 + index,
      referrer: 'https://www.google.com/',
      visible: 12345 + index,
    },
  }));
  return {
    ...{ site: SITE, sdk: '0.0.0', program: 0, visitor: randomUUID(), zone: -540 },
    ...{ clock: [time, 60_000], origin: page, dropped: {} },
    rows: [
      { id: rowId(time), key: 1, stream: page, page, session: page, monotonic: 50_000, origin: page, events },
    ],
  };
}
