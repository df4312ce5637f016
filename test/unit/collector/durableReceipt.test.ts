/**
 * A receipt says "on the disk". Killing the process proves nothing about that: the system keeps its cache. So these tests look at
 * what the delivered process asks of the system, in which order. strace sees the calls themselves and is used where it is
 * installed and may trace; it may not in every container, and exists on Linux only. So the same claim is always tested with
 * `systemCalls.mjs` as well, which needs nothing but Node and stands at the last line of JavaScript before each call.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { temporaryFolder } from './collector.js';
import { serve, type ServeOptions, type ServedCollector } from './servedCollector.js';
import { readStrace, type Call } from './strace.js';

const random = seeded(11);
const HOOK = pathToFileURL(join(import.meta.dirname, 'systemCalls.mjs')).href;
const STRACE = [
  ...'strace -f -y -s 1000000 -e trace=write,writev,pwrite64,pwritev,fdatasync,fsync,sendto,sendmsg -o'.split(
    ' ',
  ),
];

interface Witness {
  options(file: string): Partial<ServeOptions>;
  read(file: string): Call[];
}

const hook: Witness = {
  options: (file) => ({ node: ['--import', HOOK], env: { KIKUBARI_TRACE: file } }),
  read: (file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Call),
};
const strace: Witness = {
  options: (file) => ({ under: [...STRACE, file] }),
  read: (file) => readStrace(readFileSync(file, 'latin1')),
};

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', process.execPath, '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let collector: ServedCollector | undefined;
let folder: string;
afterEach(async () => {
  await collector?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A good event that marks the journal's bytes and a bad one, whose id marks the receipt. */
function markedBatch(mark: string) {
  const time = Date.now();
  const row = rowOf(
    [
      { name: mark, time },
      { name: '', time },
    ],
    random,
  );
  return { mark, receiptMark: `${row.id.slice(0, -1)}1`, batch: batchOf([row], visitorId(random)) };
}

async function calls(witness: Witness, batches: ReturnType<typeof markedBatch>[], atOnce: number) {
  folder = temporaryFolder();
  const file = join(folder, 'calls');
  mkdirSync(join(folder, 'data'));
  collector = await serve({ data: join(folder, 'data'), ...witness.options(file) });
  const waiting = [...batches];
  const statuses: number[] = [];
  const send = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      statuses.push((await collector!.post(next.batch)).status);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  expect(statuses).toEqual(batches.map(() => 200));
  process.kill(collector.pid, 'SIGTERM');
  await once(collector.child, 'exit');
  return witness.read(file);
}

describe.each([
  { name: 'the hook', witness: hook, isHere: true },
  { name: 'strace', witness: strace, isHere: canTrace() },
])('a receipt, as $name sees it', ({ witness, isHere }) => {
  it.runIf(isHere)('leaves after the sync of the bytes it acknowledges, alone and in a crowd', async () => {
    const batches = Array.from({ length: 60 }, (_, index) => markedBatch(`mark${index}x`));
    const seen = await calls(witness, batches, 20);
    for (const { mark, receiptMark } of batches) {
      const written = seen.findIndex(({ kind, text }) => kind === 'write' && text.includes(mark));
      const answered = seen.findIndex(({ kind, text }) => kind === 'answer' && text.includes(receiptMark));
      const synced = seen.findIndex(({ kind }, index) => index > written && kind === 'sync');
      expect([mark, written >= 0, answered >= 0]).toEqual([mark, true, true]);
      expect([mark, written < synced && synced < answered]).toEqual([mark, true]);
    }
    // One sync for all that waits: far fewer than batches.
    expect(seen.filter(({ kind }) => kind === 'sync').length).toBeLessThan(batches.length / 2);
  });

  it.runIf(isHere)('leaves after the name of its file is in a synced folder', async () => {
    const only = markedBatch('only');
    const seen = await calls(witness, [only], 1);
    const folderSynced = seen.findIndex(({ kind }) => kind === 'folder sync');
    const answered = seen.findIndex(({ kind, text }) => kind === 'answer' && text.includes(only.receiptMark));
    expect(folderSynced).toBeGreaterThanOrEqual(0);
    expect(folderSynced).toBeLessThan(answered);
  });
});
