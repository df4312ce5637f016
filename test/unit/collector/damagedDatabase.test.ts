import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, copyFileSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClearError } from '../../../src/collector/clearError.js';
import { openDatabase } from '../../../src/collector/store/database.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder } from './collector.js';
import { CAMPAIGNS } from './reports/world.js';

const random = seeded(20);
const folder = temporaryFolder();
const whole = join(folder, 'whole');
const FILES = ['events.duckdb', 'settings.duckdb'];
const campaigns = [{ kikubari: 1 as const, campaigns: CAMPAIGNS }];

beforeAll(async () => {
  const collector = await startCollector({ dataDir: whole, campaigns });
  for (let batch = 0; batch < 20; batch++) {
    const rows = Array.from({ length: 50 }, (_, key) =>
      rowOf([{ name: 'view', time: Date.now(), properties: { text: String(random()) } }], random, { key }),
    );
    await collector.send(batchOf(rows, visitorId(random)));
  }
  await collector.get('overview');
  await collector.server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the filled data folder with random bytes in one of its databases. */
function damaged(name: string, offset: number, length: number): string {
  const copy = join(folder, `${name}-${offset}`);
  mkdirSync(copy);
  for (const file of FILES) copyFileSync(join(whole, file), join(copy, file));
  const handle = openSync(join(copy, name), 'r+');
  writeSync(handle, randomBytes(length), 0, length, offset);
  closeSync(handle);
  return copy;
}

describe('a database file that is damaged in its middle', () => {
  // Blocks of DuckDB begin at 12288 and are 262144 long: the first holds the catalog, the third of the settings a table.
  it.each([
    ['events.duckdb', 20_000],
    ['settings.duckdb', 20_000],
    ['settings.duckdb', 700_000],
  ])('is named with what to do about it: %s at %i', async (name, offset) => {
    const dataDir = damaged(name, offset, 60_000);
    const failure: unknown = await startCollector({ dataDir, campaigns, log: false }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ClearError);
    const { message } = failure as ClearError;
    expect(message).toMatch(/^The database file \S+ (is damaged|cannot be opened and was left untouched): /);
    expect(message).toContain(join(dataDir, name));
    expect(message).toMatch(/Restore it from a backup, or move it away to start with an empty one\.$/);
    expect(message).not.toContain('\n');
  });

  it('is not taken for one that another process has open, and the other way round', async () => {
    const file = join(folder, 'open.duckdb');
    const script = `import { DuckDBInstance } from '@duckdb/node-api';
      await DuckDBInstance.create(${JSON.stringify(file)});
      console.log('open');
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../../../src/collector/', import.meta.url)),
    });
    await once(owner.stdout, 'data');
    await expect(openDatabase(file, 64)).rejects.toThrow(/ is in use by another process; stop it /);
    owner.kill('SIGKILL');
  });
});
