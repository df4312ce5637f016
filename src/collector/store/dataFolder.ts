import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ClearError, messageOf, systemCode } from '../clearError.js';

/** Folders this process has open: the lock file cannot tell two collectors of one process apart. */
const openHere = new Set<string>();

/** Makes the folder, checks that it can be written and takes its lock. Returns the release. */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  const path = resolve(folder);
  await requireWritable(path);
  const file = join(path, 'lock');
  if (openHere.has(path)) throw inUse(path, process.pid);
  openHere.add(path);
  try {
    await takeLock(path, file);
  } catch (error) {
    openHere.delete(path);
    throw error;
  }
  return async () => {
    openHere.delete(path);
    await rm(file, { force: true });
  };
}

async function takeLock(folder: string, file: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(JSON.stringify({ pid: process.pid, started: await startedAt(process.pid) }));
      await handle.close();
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      const owner = await livingOwner(file);
      if (owner !== undefined) throw inUse(folder, owner);
      await rm(file, { force: true });
    }
  }
  throw inUse(folder, undefined);
}

/** The process that holds the lock, if it still runs and is the same one. */
async function livingOwner(file: string): Promise<number | undefined> {
  try {
    const { pid, started } = JSON.parse(await readFile(file, 'utf8')) as {
      pid: number;
      started: string | null;
    };
    if (pid === process.pid) return undefined;
    process.kill(pid, 0);
    return started === (await startedAt(pid)) ? pid : undefined;
  } catch (error) {
    return systemCode(error) === 'EPERM' ? -1 : undefined;
  }
}

/** When the process began, in the kernel's ticks, so that a reused process number is not taken for the old owner. */
async function startedAt(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(folder: string, pid: number | undefined): ClearError {
  const who = pid !== undefined && pid > 0 ? ` (process ${pid})` : '';
  return new ClearError(
    `Another collector${who} is already using the data folder ${folder}; stop it or choose another folder with --data DIR.`,
  );
}

async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${randomUUID()}`);
  try {
    await makeFolder(folder);
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw new ClearError(
      `The data folder ${folder} cannot be written (${messageOf(error)}); choose another one with --data DIR.`,
    );
  }
}

/** One level after the other: below /proc, Node's own recursive mkdir tries for ever. */
async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  let existing = folder;
  while (!(await exists(existing))) {
    missing.unshift(existing);
    existing = dirname(existing);
  }
  if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is not a folder`);
  await access(existing, constants.W_OK);
  for (const path of missing) {
    await mkdir(path).catch((error: unknown) => {
      // Another process may make it too.
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
