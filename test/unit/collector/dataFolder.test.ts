import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../../src/collector/store/dataFolder.js';
import { builtCollector } from './builtCollector.js';
import { temporaryFolder } from './collector.js';

const folder = temporaryFolder();
let command: string;

beforeAll(async () => {
  command = join(await builtCollector(), 'kikubari.js');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a process of its own, because a folder that cannot be made has kept one busy for ever. */
async function complaintAbout(data: string): Promise<string> {
  const child = spawn(process.execPath, [command, 'serve', '--quiet', '--port', '0', '--data', data], {
    timeout: 10_000,
    killSignal: 'SIGKILL',
  });
  let err = '';
  child.stderr.on('data', (part) => (err += String(part)));
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 1 ? err : `ended with ${code}: ${err}`;
}

describe('a data folder', () => {
  it('is made with all that is missing above it', async () => {
    const release = await lockDataFolder(join(folder, 'a', 'b', 'c'));
    expect(existsSync(join(folder, 'a', 'b', 'c', 'lock'))).toBe(true);
    await release();
  });

  it.runIf(process.platform === 'linux')('is refused at once where the system makes no folders', async () => {
    for (const data of ['/proc/kikubari', '/proc/kikubari/deep/down'])
      expect(await complaintAbout(data)).toMatch(
        /^The data folder \S+ cannot be written \(.+\); choose another one with --data DIR\.\n$/,
      );
  });

  it('is refused below a file, by the name of the file', async () => {
    const file = join(folder, 'plain-file');
    writeFileSync(file, '');
    for (const data of [file, join(file, 'x'), join(file, 'x', 'y')])
      await expect(lockDataFolder(data)).rejects.toThrow(
        `The data folder ${data} cannot be written (${file} is not a folder); choose another one with --data DIR.`,
      );
  });
});
