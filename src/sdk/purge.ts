import { databaseName } from './database.js';
import type { Environment } from './environment.js';
import type { ClientOptions } from './types.js';

/** A database that another tab holds open is deleted when that tab lets go; we wait this long for it. */
const DELETE_MS = 2000;

/** Whether the site's database exists, which only happens after a grant. Creates nothing; rejects where it cannot be known. */
export async function hasDatabase(site: string): Promise<boolean> {
  return (await indexedDB.databases()).some(({ name }) => name === databaseName(site));
}

/** Deletes everything stored for the site, here and not in a chunk: that might not come. Rejects where nothing can be stored. */
export function deleteStored(env: Environment, { site, cookieDomain }: ClientOptions): Promise<unknown> {
  return new Promise((resolve) => {
    env.later(resolve as () => void, DELETE_MS);
    if (cookieDomain) document.cookie = `${databaseName(site)}=;domain=${cookieDomain};path=/;max-age=0`;
    const request = indexedDB.deleteDatabase(databaseName(site));
    request.onsuccess = request.onerror = resolve;
  });
}
