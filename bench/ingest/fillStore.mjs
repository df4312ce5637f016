/** Fills a store with rows like those it would have after weeks, by SQL, because sending them would take hours. */
import { join } from 'node:path';

const STEP = 500_000;

/** 1 visitor for every 35 rows, ids in the order of time over the 20 days before today's. */
export async function fillStore(
  { openDatabase, prepareEvents, addEventTable, eventTableOf, COLUMN_NAMES },
  folder,
  rows,
) {
  const database = await openDatabase(join(folder, 'events.duckdb'), 512);
  const sql = await database.connect();
  const tables = await prepareEvents(sql);
  const now = Date.now();
  const { rowId } = await import('./batches.mjs');
  const table = eventTableOf(rowId(now), now);
  await addEventTable(sql, table, tables);
  const month = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth(), 1);
  const stepMs = Math.max(1, (now - 3_600_000 - month) / rows);
  for (let from = 0; from < rows; from += STEP) {
    await sql.run(
      `INSERT INTO ${table} (${COLUMN_NAMES})
       SELECT 'shop', CAST(printf('%08x-%04x-7000-8000-%012x', ms >> 16, ms & 65535, n) AS UUID), hash(n // 35), s, s, s, n % 50, 0,
         ['$page_view', 'view_item', 'add_to_cart', 'search', '$page_leave'][1 + n % 5], t, t, t, 'cart-saver', 'b', NULL, NULL,
         4980 + n % 50, 1, -540, 'measure', '{"url":"https://shop.example/products/' || (n % 1000) || '?utm_source=mail","item_id":"SKU_'
         || (n * 31 % 5000) || '","currency":"JPY","quantity":1,"title":"ウール混ニットカーディガン 秋冬新作 ' || hash(n) || '"}', NULL
       FROM (SELECT n, ms, epoch_ms(ms)::TIMESTAMP_MS AS t, CAST(hash(n // 20) AS VARCHAR) AS s
         FROM (SELECT range AS n, CAST($month + range * $step AS BIGINT) AS ms FROM range(CAST($from AS BIGINT), CAST($to AS BIGINT))))`,
      { month, step: stepMs, from, to: Math.min(rows, from + STEP) },
    );
    console.log(`        ${(Math.min(rows, from + STEP) / 1e6).toFixed(1)} M of ${rows / 1e6} M rows`);
  }
  await sql.run(
    `INSERT INTO visitors SELECT DISTINCT ON (no) no, 'shop', uuid(), NULL, no, now()::TIMESTAMP_MS, now()::TIMESTAMP_MS
     FROM (SELECT hash(range) AS no FROM range(CAST($count AS BIGINT)))`,
    { count: Math.ceil(rows / 35) },
  );
  await sql.run('CHECKPOINT');
  database.close();
}
