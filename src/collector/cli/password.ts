import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashPassword, randomPassword } from '../auth/passwords.js';
import { ClearError } from '../clearError.js';
import { ADMIN_EMAIL } from '../server.js';
import { putAccount } from '../store/accounts.js';
import { lockDataFolder } from '../store/dataFolder.js';
import { openDatabase } from '../store/database.js';
import { prepareSettings } from '../store/settings.js';
import type { Options } from './command.js';

/** `kikubari password --data DIR`: a new random password for the administrator; all sessions end. */
export async function password(options: Options): Promise<number> {
  const folder = resolve(options.data ?? 'kikubari-data');
  const file = join(folder, 'settings.duckdb');
  await access(file).catch(() => {
    throw new ClearError(`${folder} is not a data folder of Kikubari; give the right one with --data DIR.`);
  });
  const release = await lockDataFolder(folder);
  try {
    const database = await openDatabase(file, 64);
    const sql = await database.connect(prepareSettings);
    const fresh = randomPassword();
    await putAccount(sql, ADMIN_EMAIL, await hashPassword(fresh), Date.now());
    database.close();
    process.stdout.write(`  Sign in as   ${ADMIN_EMAIL}\n  Password     ${fresh}   (shown this once)\n`);
    return 0;
  } finally {
    await release();
  }
}
