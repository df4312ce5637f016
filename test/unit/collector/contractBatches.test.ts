import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBatch } from '../../../src/collector/ingest/checkBatch.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';

const FOLDER = join(import.meta.dirname, '../../contract/batches');
const random = seeded(5);
const own: [name: string, batch: unknown][] = [
  ['as this test writes it', batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random))],
];
/** What released SDKs really sent: kept for ever. */
const recorded = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .map((name): [string, unknown] => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))])
  : [];

describe('batches of every released SDK are accepted whole', () => {
  it.each([...own, ...recorded])('%s', (_name, batch) => {
    const check = checkBatch(batch);
    expect(check).toMatchObject({ ok: true, rejected: [] });
    expect(check.ok && check.accepted).toBeGreaterThan(0);
  });
});
