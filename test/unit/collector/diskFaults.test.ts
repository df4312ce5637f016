/** A disk that is full, that fails, that comes back: with the delivered process and real files. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/collector/store/database.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { temporaryFolder } from './collector.js';
import { serve, type ServedCollector } from './servedCollector.js';

const random = seeded(12);
const HOOK = pathToFileURL(join(import.meta.dirname, 'systemCalls.mjs')).href;
let folder: string;
let collector: ServedCollector | undefined;

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'data'));
});
afterEach(async () => {
  await collector?.kill();
  collector = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const data = () => join(folder, 'data');
const faultFile = () => join(folder, 'fault');
const oneEvent = () => batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random));

/** The system's own limit on the size of a file: writes beyond it are cut short, then refused, as on a full disk. */
function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function health(): Promise<unknown> {
  return (await fetch(`${collector!.url}/healthz`)).json();
}

async function restart(): Promise<ServedCollector> {
  process.kill(collector!.pid, 'SIGKILL');
  await once(collector!.child, 'exit');
  return (collector = await serve({ data: data() }));
}

describe.each(['ENOSPC', 'EIO'])('a journal whose disk answers %s', (fault) => {
  it('acknowledges nothing, asks to come again, and recovers without a restart', async () => {
    collector = await serve({
      data: data(),
      node: ['--import', HOOK],
      env: { KIKUBARI_FAULT: faultFile() },
    });
    const password = collector.password!;
    const before = [oneEvent(), oneEvent()];
    for (const batch of before) expect((await collector.post(batch)).status).toBe(200);
    writeFileSync(faultFile(), fault);
    const refused = Array.from({ length: 12 }, oneEvent);
    for (const batch of refused) {
      const { status, headers, body } = await collector.post(batch);
      expect([status, headers.get('retry-after'), body.accepted]).toEqual([503, '10', undefined]);
    }
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(503);
    expect(collector.log()).toContain(fault);
    rmSync(faultFile());
    const after = [oneEvent(), oneEvent()];
    for (const batch of after) expect((await collector.post(batch)).status).toBe(200);
    expect(await health()).toMatchObject({ status: 'ok', missingSegments: 0 });
    // A segment that failed is left, and what failed in it is given back: no litter, however often it failed.
    expect(readdirSync(join(data(), 'journal')).length).toBeLessThanOrEqual(2);
    await restart();
    const stored = (await collector.visitors(password)).map(({ visitor, events }) => [visitor, events]);
    expect(stored.sort()).toEqual([...before, ...after].map(({ visitor }) => [visitor, 1]).sort());
    // Segments that were given up have left no hole in the numbers: a hole means that events are gone.
    expect(await health()).toMatchObject({ missingSegments: 0 });
    // Sent again by the SDK, as it was told.
    for (const batch of refused) expect((await collector.post(batch)).status).toBe(200);
    expect(await collector.visitors(password)).toHaveLength(before.length + refused.length + after.length);
  });
});

describe.runIf(hasPrlimit())('the system itself refusing to write', () => {
  it('in the middle of a journal frame leads to 503, and to no receipt for half a frame', async () => {
    collector = await serve({ data: data() });
    const password = collector.password!;
    const first = oneEvent();
    expect((await collector.post(first)).status).toBe(200);
    const [file = ''] = readdirSync(join(data(), 'journal'));
    // Room for the beginning of the next frame.
    limitFileSize(collector.pid, statSync(join(data(), 'journal', file)).size + 100);
    const second = oneEvent();
    expect((await collector.post(second)).status).toBe(503);
    limitFileSize(collector.pid, 'unlimited');
    const third = oneEvent();
    expect((await collector.post(third)).status).toBe(200);
    await restart();
    const stored = (await collector.visitors(password)).map(({ visitor }) => visitor);
    expect(stored.sort()).toEqual([first.visitor, third.visitor].sort());
  });

  it('while the database writes its checkpoint leads to a database that is opened again', async () => {
    const database = await openDatabase(join(folder, 'x.duckdb'), 64);
    const prepared: number[] = [];
    const sql = await database.connect(async (one) => {
      prepared.push(await one.run('CREATE TEMP TABLE staged (a INTEGER)'));
    });
    await sql.run('CREATE TABLE numbers AS SELECT random() AS a FROM range(200000)');
    limitFileSize(process.pid, 500_000);
    await expect(sql.run('CHECKPOINT')).rejects.toThrow(/FATAL/);
    limitFileSize(process.pid, 'unlimited');
    expect(await sql.rows('SELECT count(*) AS n FROM numbers')).toEqual([{ n: 200_000 }]);
    expect(await sql.rows('SELECT count(*) AS n FROM staged')).toEqual([{ n: 0 }]);
    await sql.transaction(async () => void (await sql.run('INSERT INTO numbers VALUES (1)')));
    expect(await sql.rows('SELECT count(*) AS n FROM numbers')).toEqual([{ n: 200_001 }]);
    expect(prepared).toHaveLength(2);
    database.close();
  });
});
