/**
 * Applies journals to a store and, in turns with it, appends the same events, parsed already, as lines of JSON to a file with
 * one fdatasync a group, which is the least that keeps them. Tells the CPU of each, us per event, all threads.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { batchAt, EVENTS_PER_BATCH } from './batches.mjs';
import { fillStore } from './fillStore.mjs';

const GROUP = { events: 20_000, bytes: 16 * 1024 * 1024 };
const START = { segment: 0, offset: 0 };

process.once('message', (job) => {
  void measure(job).then((result) => process.send(result));
});

async function measure({ folder, rounds, eventsPerRound, rows }) {
  const inside = await import(pathToFileURL(join(folder, 'inside.js')).href);
  const scratch = mkdtempSync(join(tmpdir(), 'kikubari-bench-'));
  try {
    const data = join(scratch, 'data');
    mkdirSync(data);
    if (rows > 0) await fillStore(inside, data, rows);
    const results = [];
    // The first warms up.
    for (let round = 0; round <= rounds; round++) {
      const journal = await fillJournal(inside, join(scratch, `journal${round}`), eventsPerRound);
      const rawUs = await rawAppend(inside, journal, join(scratch, `raw${round}`));
      const storeUs = await applyAll(inside, journal, data);
      if (round > 0) results.push({ rawUs: rawUs / eventsPerRound, storeUs: storeUs / eventsPerRound });
      rmSync(journal.folder, { recursive: true });
    }
    return results;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A journal of batches of which one in ten is sent again. */
async function fillJournal({ openJournal, wrapWhole, createLog }, folder, events) {
  const journal = await openJournal({
    folder,
    applied: START,
    onDurable: () => {},
    log: createLog(false),
    capBytes: 1e12,
  });
  let again = [];
  for (let sent = 0; sent < events;) {
    const waiting = [];
    for (let n = 0; n < 64 && sent < events; n++, sent += EVENTS_PER_BATCH) {
      const now = Date.now();
      const json =
        n % 10 === 9 && again.length > 0
          ? again.pop()
          : wrapWhole(now, Buffer.from(JSON.stringify(batchAt(now))));
      if (n % 10 === 0) again.push(json);
      waiting.push(journal.append(json, EVENTS_PER_BATCH));
    }
    await Promise.all(waiting);
    again = again.slice(-20);
  }
  const until = journal.durable();
  await journal.close();
  return { folder, until };
}

async function rawAppend({ readGroup, readEntry }, { folder, until }, path) {
  const file = await open(path, 'w');
  let cpuUs = 0;
  for (let from = START; ;) {
    const group = await readGroup(folder, { from, until, ends: new Map() }, GROUP);
    if (group.records.length === 0) break;
    const events = group.records.flatMap((json) =>
      readEntry(json).batch.rows.flatMap((row) =>
        row.events.map((event, index) => ({ id: row.id, index, ...event })),
      ),
    );
    const before = process.cpuUsage();
    await file.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await file.datasync();
    const { user, system } = process.cpuUsage(before);
    cpuUs += user + system;
    from = group.next;
  }
  await file.close();
  rmSync(path);
  return cpuUs;
}

async function applyAll({ openStore, openDatabase, createLog }, { folder, until }, data) {
  const events = { onApplied: () => {}, onFailed: () => {} };
  await startAgain(openDatabase, data);
  const store = await openStore(
    { folder: data, journalFolder: folder },
    events,
    createLog((entry) => console.error(entry)),
  );
  const before = process.cpuUsage();
  await store.advance(until);
  await store.flush();
  // With the checkpoint: what was put off must be paid for too.
  await store.close();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Each round has a journal of its own, which begins at its beginning. */
async function startAgain(openDatabase, data) {
  const database = await openDatabase(join(data, 'events.duckdb'), 256);
  const sql = await database.connect();
  await sql.run(
    'CREATE TABLE IF NOT EXISTS applied (segment UBIGINT, "offset" UBIGINT, received TIMESTAMP_MS)',
  );
  await sql.run('UPDATE applied SET segment = 0, "offset" = 0');
  database.close();
}
