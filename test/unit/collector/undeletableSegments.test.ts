/** Journal files that the system does not let go of, although the store has what they hold. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppliedSegments } from '../../../src/collector/journal/appliedSegments.js';
import { SEGMENT_HEADER_BYTES, segmentHeader } from '../../../src/collector/journal/frame.js';
import { openJournal } from '../../../src/collector/journal/journal.js';
import { segmentFile } from '../../../src/collector/journal/segments.js';
import { createLog, type LogEntry } from '../../../src/collector/log.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { temporaryFolder } from './collector.js';
import { fillJournal } from './filledJournal.js';
import { serve, type ServedCollector } from './servedCollector.js';

const random = seeded(44);
const HOOK = pathToFileURL(join(import.meta.dirname, 'systemCalls.mjs')).href;
const CANNOT = 'journal: a file that is no longer needed cannot be deleted';
let folder: string;
let collector: ServedCollector | undefined;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await collector?.kill();
  collector = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const data = () => join(folder, 'data');
const journalFolder = () => join(data(), 'journal');
const faultFile = () => join(folder, 'fault');
const files = () => readdirSync(journalFolder()).map((name) => parseInt(name));
const oneEvent = () => batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random));

async function start(): Promise<ServedCollector> {
  const node = ['--import', HOOK];
  return (collector = await serve({ data: data(), node, env: { KIKUBARI_FAULT: faultFile() } }));
}

async function restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<ServedCollector> {
  process.kill(collector!.pid, signal);
  await once(collector!.child, 'exit');
  return start();
}

async function numbers(): Promise<{ [name: string]: number }> {
  const metrics = await (await fetch(`${collector!.url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^kikubari_${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  return {
    applied: value('events_applied_total'),
    duplicates: value('events_duplicate_total'),
    failures: value('apply_failures_total'),
    lagBytes: value('journal_lag_bytes'),
    missing: value('journal_missing_segments'),
  };
}

const told = () =>
  collector!
    .log()
    .split('\n')
    .filter((line) => line.includes('journal:'))
    .map((line) => JSON.parse(line) as LogEntry);

describe('a stored segment that cannot be deleted', () => {
  it('holds up neither storing, reports nor the start, is never applied twice, and goes when it can', async () => {
    const first = oneEvent();
    const { password = '' } = await start();
    await collector!.post(first);
    await collector!.visitors(password);
    process.kill(collector!.pid, 'SIGTERM');
    await once(collector!.child, 'exit');
    const applied = { segment: 1, offset: statSync(segmentFile(journalFolder(), 1)).size };
    const filled = await fillJournal(journalFolder(), Array.from({ length: 5 }, oneEvent), applied);
    expect(files()).toEqual([1, 2, 3, 4, 5, 6]);
    const sent = [first.visitor, ...filled];
    const storedOnce = () => sent.map((visitor) => [visitor, 1]).sort();
    const stored = async () =>
      (await collector!.visitors(password)).map(({ visitor, events }) => [visitor, events]).sort();
    const post = async () => {
      const batch = oneEvent();
      expect((await collector!.post(batch)).status).toBe(200);
      sent.push(batch.visitor);
    };

    // Those before it are gone by then, those behind it are not looked at yet.
    writeFileSync(faultFile(), 'EPERM 0000000004.journal');
    await start();
    expect(await stored()).toEqual(storedOnce());
    await post();
    expect(await stored()).toEqual(storedOnce());
    expect(files()).toEqual([4, 7]);
    const none = { duplicates: 0, failures: 0, lagBytes: 0, missing: 0 };
    expect(await numbers()).toEqual({ ...none, applied: 6 });
    expect(told()).toMatchObject([{ level: 'warn', message: CANNOT, file: segmentFile(journalFolder(), 4) }]);
    expect(String(told()[0]!['whatToDo'])).toMatch(/Nothing is lost.* delete the file yourself/);

    await restart('SIGKILL');
    expect(await numbers()).toEqual({ ...none, applied: 0 });
    await post();
    expect(await stored()).toEqual(storedOnce());
    expect(await numbers()).toEqual({ ...none, applied: 1 });
    expect(files()).toEqual([4, 8]);
    expect(told()).toMatchObject([{ message: CANNOT }]);

    // Also what was left at the start goes with the next events.
    rmSync(faultFile());
    await post();
    expect(await stored()).toEqual(storedOnce());
    expect(files()).toEqual([8]);
    await restart('SIGTERM');
    expect(await stored()).toEqual(storedOnce());
    expect(await numbers()).toEqual({ ...none, applied: 0 });
    expect(told()).toEqual([]);
  });

  it('is not even read at the start, and does not count towards the cap', async () => {
    // A folder cannot be deleted as a file, nor read.
    mkdirSync(segmentFile(journalFolder(), 2), { recursive: true });
    writeFileSync(segmentFile(journalFolder(), 3), segmentHeader({ segment: 2, offset: 1e6 }));
    const log: LogEntry[] = [];
    const journal = await openJournal({
      ...{ folder: journalFolder(), applied: { segment: 3, offset: SEGMENT_HEADER_BYTES }, capBytes: 1000 },
      ...{ onDurable: () => undefined, log: createLog((entry) => log.push(entry)) },
    });
    expect(journal.undeleted).toEqual([2]);
    expect(journal.stats().lagBytes).toBe(0);
    await journal.append([Buffer.from('{}')], 1);
    expect(files()).toEqual([2, 3, 4]);
    await journal.close();
    expect(log).toMatchObject([{ message: CANNOT }]);
  });
});

describe('the deletion of stored segments', () => {
  it('tells of each file once, goes on to the others, and leaves what somebody put back', async () => {
    const log: LogEntry[] = [];
    mkdirSync(segmentFile(journalFolder(), 4), { recursive: true });
    for (const segment of [2, 3, 5, 6]) writeFileSync(segmentFile(journalFolder(), segment), '');
    const applied = createAppliedSegments(
      journalFolder(),
      3,
      createLog((entry) => log.push(entry)),
    );
    await applied.deleteBefore(6);
    await applied.deleteBefore(6);
    expect([files(), applied.undeleted()]).toEqual([[2, 4, 6], [4]]);
    expect(log.map(({ file }) => file)).toEqual([segmentFile(journalFolder(), 4)]);
    // Of what it has passed already.
    writeFileSync(segmentFile(journalFolder(), 3), '');
    rmSync(segmentFile(journalFolder(), 4), { recursive: true });
    writeFileSync(segmentFile(journalFolder(), 4), '');
    await applied.deleteBefore(7);
    expect([files(), applied.undeleted()]).toEqual([[2, 3], []]);
    expect(log).toHaveLength(1);
  });

  it('is put off where the folder cannot be read, and forgets none by that', async () => {
    const log: LogEntry[] = [];
    const applied = createAppliedSegments(
      journalFolder(),
      1,
      createLog((entry) => log.push(entry)),
    );
    await applied.deleteBefore(2);
    expect(log).toMatchObject([{ level: 'warn', folder: journalFolder() }]);
    mkdirSync(journalFolder(), { recursive: true });
    writeFileSync(segmentFile(journalFolder(), 1), '');
    await applied.deleteBefore(2);
    expect(files()).toEqual([]);
  });
});
