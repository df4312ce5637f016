import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLog, type LogEntry } from '../../../src/collector/log.js';
import { JournalFull, openJournal } from '../../../src/collector/journal/journal.js';
import type { VisitorList } from '../../../src/collector/api.js';
import type { Receipt } from '../../../src/core/events.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { builtCollector } from './builtCollector.js';
import { startCollector, temporaryFolder } from './collector.js';

const random = seeded(3);
const START = { segment: 0, offset: 0 };
const children: ChildProcess[] = [];
const folders: string[] = [];
let command: string;

beforeAll(async () => {
  command = join(await builtCollector(), 'kikubari.js');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made;
}

/** The delivered command in a process of its own. */
async function serve(
  data: string,
): Promise<{ child: ChildProcess; url: string; password: string | undefined }> {
  const child = spawn(process.execPath, [
    command,
    'serve',
    '--port',
    '0',
    '--data',
    data,
    '--site',
    'shop',
    '--quiet',
  ]);
  children.push(child);
  let text = '';
  child.stderr.on('data', (part) => (text += String(part)));
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.stdout.on('data', (part) => {
      text += String(part);
      if (text.includes('Ctrl-C')) resolve();
    });
  });
  const url = /Console +(http:\S+)\/console/.exec(text)?.[1];
  if (!url) throw new Error(`did not start: ${text}`);
  return { child, url, password: /Password +(\S+)/.exec(text)?.[1] };
}

async function visitorsOf(url: string, password: string): Promise<VisitorList> {
  const login = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@localhost', password }),
  });
  const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
  const answer = await fetch(`${url}/api/sites/shop/visitors?limit=200`, { headers: { cookie } });
  return (await answer.json()) as VisitorList;
}

describe('a collector killed right after a receipt', () => {
  it('has every acknowledged event once after the restart, also those sent again', async () => {
    const data = join(folder(), 'data');
    const first = await serve(data);
    const batches = Array.from({ length: 30 }, () =>
      batchOf(
        [
          rowOf(
            Array.from({ length: 5 }, () => ({ name: 'view_item', time: Date.now() })),
            random,
          ),
        ],
        visitorId(random),
      ),
    );
    const post = async (url: string, batch: unknown) =>
      (await (
        await fetch(`${url}/v1/batch`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: JSON.stringify(batch),
        })
      ).json()) as Receipt;
    // Some are in the database already when the rest is acknowledged and the process dies.
    for (const batch of batches.slice(0, 10)) await post(first.url, batch);
    await visitorsOf(first.url, first.password!);
    const receipts = await Promise.all(batches.slice(10).map((batch) => post(first.url, batch)));
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(receipts.every(({ accepted }) => accepted === 5)).toBe(true);

    const second = await serve(data);
    expect(second.password).toBeUndefined();
    for (const batch of batches.slice(5, 15)) await post(second.url, batch);
    const { visitors } = await visitorsOf(second.url, first.password!);
    expect(visitors.map(({ visitor, events }) => [visitor, events]).sort()).toEqual(
      batches.map(({ visitor }) => [visitor, 5]).sort(),
    );
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(readdirSync(data)).not.toContain('lock');
  });
});

describe('the journal', () => {
  const records = (prefix: string) =>
    Array.from({ length: 5 }, (_, index) => JSON.stringify({ is: `${prefix}${index}` }));

  async function filled(journalFolder: string) {
    const log: LogEntry[] = [];
    const open = () =>
      openJournal({
        folder: journalFolder,
        applied: START,
        onDurable: () => {},
        log: createLog((entry) => log.push(entry)),
      });
    const journal = await open();
    for (const record of records('a')) await journal.append(record, 2);
    await journal.close();
    const file = join(journalFolder, readdirSync(journalFolder)[0]!);
    return { open, file, log, bytes: readFileSync(file) };
  }

  it('drops a torn last write at every length, keeps all before it, and says so', async () => {
    const { bytes } = await filled(folder());
    const frameBytes = 8 + 8 + records('a')[4]!.length;
    for (let cut = 1; cut < frameBytes; cut++) {
      const other = join(folder(), 'journal');
      mkdirSync(other);
      writeFileSync(join(other, '0000000001.journal'), bytes.subarray(0, bytes.length - cut));
      const log: LogEntry[] = [];
      const journal = await openJournal({
        folder: other,
        applied: START,
        onDurable: () => {},
        log: createLog((e) => log.push(e)),
      });
      expect(journal.recoveredEvents).toBe(8);
      expect(log.map(({ message, bytes: dropped }) => [message, dropped])).toEqual([
        ['journal: dropped an unfinished, never acknowledged last write', frameBytes - cut],
      ]);
      await journal.close();
    }
  });

  it('drops a last write of zeros', async () => {
    const { open, file } = await filled(folder());
    appendFileSync(file, Buffer.alloc(4096));
    const journal = await open();
    expect(journal.recoveredEvents).toBe(10);
    await journal.close();
  });

  it('refuses damage before the end and leaves the file untouched', async () => {
    const { open, file, bytes } = await filled(folder());
    const damaged = Buffer.from(bytes);
    damaged[30]! ^= 0xff;
    writeFileSync(file, damaged);
    await expect(open()).rejects.toThrow(
      /journal file .*0000000001\.journal is damaged at byte \d+; it was left untouched/,
    );
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  it('commits all that waits together, and refuses at its cap', async () => {
    const synced: number[] = [];
    const journal = await openJournal({
      folder: folder(),
      applied: START,
      onDurable: ({ offset }) => synced.push(offset),
      log: createLog(false),
      capBytes: 3000,
    });
    const big = JSON.stringify('x'.repeat(100));
    await Promise.all(Array.from({ length: 20 }, () => journal.append(big, 1)));
    expect(synced.length).toBeLessThanOrEqual(2);
    await expect(
      Promise.all(Array.from({ length: 10 }, () => journal.append(big, 1))),
    ).rejects.toBeInstanceOf(JournalFull);
    await journal.close();
  });

  it('has its segments deleted once they are applied', async () => {
    const collector = await startCollector();
    for (let start = 0; start < 3; start++) {
      await collector.send(batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random)));
      await collector.get('overview');
    }
    const journal = join(collector.dataDir, 'journal');
    expect(readdirSync(journal)).toHaveLength(1);
    const health = await collector.server.app.inject('/healthz');
    expect(health.json()).toMatchObject({ status: 'ok', storeOk: true, journalLagEvents: 0 });
    await collector.remove();
  });
});
