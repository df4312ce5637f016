import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { decodeRecords, encodeFrame, newRecord, readFrame } from '../../../src/collector/journal/frame.js';
import { JournalFull, openJournal, type Journal } from '../../../src/collector/journal/journal.js';
import { createLog, type LogEntry } from '../../../src/collector/log.js';
import { readGroup } from '../../../src/collector/store/journalReader.js';
import { seeded } from './batches.js';
import { temporaryFolder } from './collector.js';

const START = { segment: 0, offset: 0 };
const HEADERS = 12 + 8;
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function journalFolder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return join(made, 'journal');
}

const records = (prefix: string) =>
  Array.from({ length: 5 }, (_, index) => JSON.stringify({ is: `${prefix}${index}` }));

async function open(
  folder: string,
  options: {
    log?: LogEntry[];
    applied?: typeof START;
    capBytes?: number;
    segmentBytes?: number;
    onDurable?: (offset: number) => void;
  } = {},
): Promise<Journal> {
  const { applied = START, segmentBytes } = options;
  return openJournal({
    folder,
    applied,
    segmentBytes,
    onDurable: ({ offset }) => options.onDurable?.(offset),
    log: createLog((entry) => options.log?.push(entry)),
    capBytes: options.capBytes ?? 1e9,
  });
}

/** A journal of five frames with two events each. */
async function filled() {
  const folder = journalFolder();
  const journal = await open(folder);
  for (const record of records('a')) await journal.append([Buffer.from(record)], 2);
  await journal.close();
  const file = join(folder, readdirSync(folder)[0]!);
  return { folder, file, bytes: readFileSync(file) };
}

function put(bytes: Buffer): string {
  const folder = journalFolder();
  mkdirSync(folder);
  writeFileSync(join(folder, '0000000001.journal'), bytes);
  return folder;
}

function putAll(segments: Buffer[]): string {
  const folder = journalFolder();
  mkdirSync(folder);
  segments.forEach((bytes, index) => writeFileSync(join(folder, `000000000${index + 1}.journal`), bytes));
  return folder;
}

/** Three segments, the last two begun by a later start, of one frame with one event each. */
async function segments() {
  const folder = journalFolder();
  for (const [start] of [0, 1].entries()) {
    const journal = await open(folder, { segmentBytes: 1 });
    for (const record of records('a').slice(start ? 1 : 0, start ? 3 : 1))
      await journal.append([Buffer.from(record)], 1);
    await journal.close();
  }
  return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

describe('recovery', () => {
  it('drops a torn last write at every length, keeps all before it, and says so', async () => {
    const { bytes } = await filled();
    const frameBytes = HEADERS + records('a')[4]!.length;
    for (let cut = 1; cut < frameBytes; cut++) {
      const log: LogEntry[] = [];
      const journal = await open(put(bytes.subarray(0, bytes.length - cut)), { log });
      expect(journal.recoveredEvents).toBe(8);
      expect(log.map(({ message, bytes: dropped }) => [message, dropped])).toEqual([
        ['journal: dropped an unfinished, never acknowledged last write', frameBytes - cut],
      ]);
      await journal.close();
    }
  });

  it('keeps all that was synced whatever a power cut leaves behind it, in 500 cases', async () => {
    const random = seeded(21);
    const { bytes } = await filled();
    const next = encodeFrame(records('b').map((json) => newRecord([Buffer.from(json)], 1)));
    const outcomes = { whole: 0, dropped: 0 };
    for (let round = 0; round < 500; round++) {
      // A last frame of which any mixture of pages arrived: cut, bits flipped, stretches of zeros.
      const tail = Buffer.from(next.subarray(0, Math.ceil(random() * next.length)));
      const from = Math.floor(random() * tail.length);
      if (round % 3 === 0) tail.subarray(from, from + Math.ceil(random() * tail.length)).fill(0);
      else if (round % 3 === 1) tail[from]! ^= 1 << Math.floor(random() * 8);
      const journal = await open(put(Buffer.concat([bytes, tail])));
      expect([10, 15]).toContain(journal.recoveredEvents);
      outcomes[journal.recoveredEvents === 10 ? 'dropped' : 'whole'] += 1;
      await journal.close();
    }
    expect(outcomes.dropped).toBeGreaterThan(400);
  });

  it('drops a last write of zeros, and a file that a crash caught at its birth', async () => {
    const { folder, file } = await filled();
    appendFileSync(file, Buffer.alloc(4096));
    writeFileSync(join(folder, '0000000002.journal'), Buffer.alloc(4096));
    writeFileSync(join(folder, '0000000003.journal'), 'KKB');
    const journal = await open(folder);
    expect(journal.recoveredEvents).toBe(10);
    await journal.close();
  });

  it('refuses damage before the end, wherever it is, and leaves the file untouched', async () => {
    const { bytes } = await filled();
    const lastFrame = bytes.length - HEADERS - records('a')[4]!.length;
    for (let at = 0; at < lastFrame; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0xff;
      const folder = put(damaged);
      await expect(open(folder)).rejects.toThrow(
        /journal file .*0000000001\.journal (is damaged at byte \d+; it was left untouched|was written by another version)/,
      );
      expect(readFileSync(join(folder, '0000000001.journal')).equals(damaged)).toBe(true);
    }
  });

  it('refuses a segment that ends before the next one says it did, however it was cut, and leaves it untouched', async () => {
    const whole = await segments();
    const { bytes } = whole[1]!;
    for (let size = 0; size < bytes.length; size++) {
      const folder = putAll(whole.map(({ bytes }, at) => (at === 1 ? bytes.subarray(0, size) : bytes)));
      await expect(open(folder)).rejects.toThrow(/0000000002\.journal is damaged at byte \d+; it was left/);
      expect(readFileSync(join(folder, '0000000002.journal'))).toHaveLength(size);
    }
  });

  it('knows nothing lost where a write that failed stands behind, or the store has had what is cut off', async () => {
    const whole = (await segments()).map(({ bytes }) => bytes);
    const tail = putAll([whole[0]!, Buffer.concat([whole[1]!, Buffer.from('half a frame')]), whole[2]!]);
    const journal = await open(tail);
    expect(journal.recoveredEvents).toBe(3);
    await journal.close();
    const cut = putAll([whole[0]!, whole[1]!.subarray(0, -1), whole[2]!]);
    const applied = { segment: 2, offset: whole[1]!.length };
    const later = await open(cut, { applied });
    expect(later.recoveredEvents).toBe(1);
    await later.close();
  });

  it('refuses the file of another version, with what to do', async () => {
    await expect(open(put(Buffer.from('KKBJ0001 something')))).rejects.toThrow(/start that version once/);
  });
});

describe('writing', () => {
  it('commits all that waits together, and refuses at its cap until the store has caught up', async () => {
    const synced: number[] = [];
    const journal = await open(journalFolder(), { capBytes: 3000, onDurable: (end) => synced.push(end) });
    const big = Buffer.from(JSON.stringify('x'.repeat(100)));
    const add = (count: number) => Promise.all(Array.from({ length: count }, () => journal.append([big], 1)));
    await add(20);
    expect(synced.length).toBeLessThanOrEqual(2);
    expect(journal.stats()).toMatchObject({ batches: 20, commits: synced.length });
    await expect(add(10)).rejects.toBeInstanceOf(JournalFull);
    journal.settle(journal.durable());
    await add(10);
    await journal.close();
  });

  it('never makes a frame larger than its bound, and loses nothing by it', async () => {
    const folder = journalFolder();
    let syncs = 0;
    const journal = await open(folder, { onDurable: () => (syncs += 1) });
    const megabyte = Buffer.from(JSON.stringify('y'.repeat(1024 * 1024)));
    await Promise.all(Array.from({ length: 12 }, () => journal.append([megabyte], 1)));
    expect(syncs).toBeGreaterThanOrEqual(3);
    const range = { from: START, until: journal.durable(), ends: new Map<number, number>() };
    const group = await readGroup(folder, range, { events: 100, bytes: Infinity });
    expect([group.events, group.bytes]).toEqual([12, 12 * megabyte.length]);
    const bounded = await readGroup(folder, range, { events: 100, bytes: 1 });
    expect(bounded.bytes).toBeLessThanOrEqual(5 * megabyte.length);
    await journal.close();
  });

  it('makes frames that text cannot imitate', () => {
    const inner = encodeFrame([newRecord([Buffer.from('{}')], 1)]).toString('latin1');
    const text = Buffer.from(JSON.stringify({ text: inner }));
    const frame = encodeFrame([newRecord([text], 1)]);
    frame[frame.length - 1]! ^= 1;
    expect(readFrame(frame, 0)).toEqual({ state: 'torn' });
    const whole = readFrame(encodeFrame([newRecord([text], 1)]), 0);
    expect(whole.state === 'frame' && decodeRecords(whole.payload)).toEqual([{ json: text, events: 1 }]);
  });
});
