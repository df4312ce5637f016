/** Segments of the journal that somebody has deleted: the collector starts, takes what is new, and does not keep silent. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { segmentHeader } from '../../../src/collector/journal/frame.js';
import { gapsIn, segmentFile } from '../../../src/collector/journal/segments.js';
import type { LogEntry } from '../../../src/collector/log.js';
import { readGroup } from '../../../src/collector/store/journalReader.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';
import { fillJournal } from './filledJournal.js';

const random = seeded(31);
const SEGMENTS = 5;
let folder: string;
let collector: TestCollector | undefined;
let password: string | undefined;
let log: LogEntry[];

beforeEach(() => {
  folder = temporaryFolder();
  log = [];
  password = undefined;
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const data = () => join(folder, 'data');
const journalFolder = () => join(data(), 'journal');
const oneEvent = () => batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random));

async function fill(): Promise<string[]> {
  mkdirSync(data(), { recursive: true });
  return fillJournal(journalFolder(), Array.from({ length: SEGMENTS }, oneEvent));
}

async function start(): Promise<TestCollector> {
  log = [];
  return (collector = await startCollector({ dataDir: data(), log: (entry) => log.push(entry) }));
}

async function stop(): Promise<void> {
  const running = collector;
  collector = undefined;
  await running?.remove();
}

/** Whom the store knows, as its report says. */
async function visitors(): Promise<string[]> {
  const { server } = collector!;
  password ??= server.firstAdmin?.password;
  const login = await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { email: 'admin@localhost', password },
  });
  const answer = await server.app.inject({
    url: '/api/sites/shop/visitors?limit=200',
    headers: { cookie: String(login.headers['set-cookie']).split(';')[0]! },
  });
  return answer.json<{ visitors: { visitor: string }[] }>().visitors.map(({ visitor }) => visitor);
}

const told = () => log.filter(({ message }) => message.startsWith('journal: segments are missing'));
const missing = async () => (await collector!.metrics()).get('kikubari_journal_missing_segments');

describe('a segment that was deleted from the middle of the journal', () => {
  it('is told at this start and each further one, and stored once it is put back', async () => {
    const filled = await fill();
    const [file, elsewhere] = [segmentFile(journalFolder(), 3), join(folder, 'elsewhere')];
    renameSync(file, elsewhere);

    await start();
    expect(told()).toMatchObject([{ level: 'error', segments: '3', folder: journalFolder() }]);
    expect(String(told()[0]!['whatToDo'])).toMatch(/put the files back .* delete missing\.json/);
    const fresh = oneEvent();
    expect(await collector!.send(fresh)).toMatchObject({ accepted: 1 });
    const expected = [...filled.filter((_, index) => index !== 2), fresh.visitor];
    expect((await visitors()).sort()).toEqual(expected.sort());
    const health = await collector!.server.app.inject('/healthz');
    expect([health.statusCode, health.json()]).toMatchObject([200, { status: 'ok', missingSegments: 1 }]);
    expect(await missing()).toBe(1);
    // The store has gone past the place: nothing in the journal shows it any more.
    expect(
      gapsIn(
        readdirSync(journalFolder()).flatMap((name) => parseInt(name) || []),
        0,
        9,
      ),
    ).not.toContainEqual({
      from: 3,
      to: 3,
    });
    await stop();

    await start();
    expect(told()).toHaveLength(1);
    expect(await missing()).toBe(1);
    // Put back while it runs, against the advice: it is left alone until the next start.
    renameSync(elsewhere, file);
    await collector!.send(oneEvent());
    await visitors();
    expect(existsSync(file)).toBe(true);
    await stop();

    await start();
    expect(told()).toEqual([]);
    expect(await visitors()).toEqual(expect.arrayContaining([...filled, fresh.visitor]));
    expect(await missing()).toBe(0);
    expect(readdirSync(journalFolder())).not.toContain('missing.json');
    await stop();

    await start();
    expect([told(), await missing()]).toEqual([[], 0]);
  });

  it('is told while the collector runs, too', async () => {
    await fill();
    const range = {
      from: { segment: 0, offset: 0 },
      until: { segment: 5, offset: statSync(segmentFile(journalFolder(), 5)).size },
      ends: new Map(),
    };
    rmSync(segmentFile(journalFolder(), 2));
    rmSync(segmentFile(journalFolder(), 4));
    const group = await readGroup(journalFolder(), range, { events: 100, bytes: Infinity });
    expect([group.events, group.missing]).toEqual([
      3,
      [
        { from: 2, to: 2 },
        { from: 4, to: 4 },
      ],
    ]);
    // Only of what was read: the rest comes with the next group.
    const first = await readGroup(journalFolder(), range, { events: 2, bytes: Infinity });
    expect(first.missing).toEqual([{ from: 2, to: 2 }]);
  });

  it('is told where it was the one that the store was in', async () => {
    await start();
    await collector!.send(oneEvent());
    await stop();
    for (const name of readdirSync(journalFolder())) rmSync(join(journalFolder(), name));
    await start();
    expect(told()).toMatchObject([{ segments: '1' }]);
  });
});

describe('a segment that was deleted because the store has it', () => {
  it('is not missing, however often the collector starts', async () => {
    await fill();
    await start();
    await collector!.send(oneEvent());
    expect(await visitors()).toHaveLength(SEGMENTS + 1);
    expect(readdirSync(journalFolder())).toEqual(['0000000006.journal']);
    await stop();
    for (let round = 0; round < 2; round++) {
      await start();
      await collector!.send(oneEvent());
      await stop();
      expect(told()).toEqual([]);
    }
    expect(readdirSync(journalFolder())).toHaveLength(1);
  });

  it('is not missing where only a file follows that a crash caught at its birth', async () => {
    await start();
    await collector!.send(oneEvent());
    await visitors();
    await stop();
    const offset = statSync(segmentFile(journalFolder(), 1)).size;
    writeFileSync(segmentFile(journalFolder(), 2), segmentHeader({ segment: 1, offset }));
    for (let round = 0; round < 2; round++) {
      await start();
      await visitors();
      await stop();
      expect(told()).toEqual([]);
    }
  });

  it('is not missing for a database that begins anew, and one that was left behind is deleted', async () => {
    await fill();
    for (const segment of [1, 2, 3]) rmSync(segmentFile(journalFolder(), segment));
    const left = readFileSync(segmentFile(journalFolder(), 4));
    await start();
    expect(told()).toEqual([]);
    expect(await visitors()).toHaveLength(2);
    await stop();
    // As after a crash between the store's commit and the deletion.
    writeFileSync(segmentFile(journalFolder(), 4), left);
    await start();
    expect(readdirSync(journalFolder())).toEqual(['0000000005.journal']);
    expect(told()).toEqual([]);
  });
});
