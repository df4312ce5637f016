import { createHash, randomBytes } from 'node:crypto';
import type { StoredSession } from '../store/accounts.js';
import type { Store } from '../store/storeClient.js';

export const COOKIE_NAME = '__Host-kikubari';
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** How stale the stored "last seen" may be, so that reading a report does not write each time. */
const TOUCH_MS = 60_000;

export interface OpenSession extends StoredSession {
  hash: string;
}

/** Sessions live on the server, by the hash of a random token that only the cookie holds (S19). */
export interface Sessions {
  /** A new session; `token` goes into the cookie. */
  begin(email: string): Promise<{ token: string; session: OpenSession }>;
  find(token: string | undefined): Promise<OpenSession | undefined>;
  end(token: string | undefined): Promise<void>;
}

export function createSessions(store: Store, now: () => number = Date.now): Sessions {
  return {
    async begin(email) {
      const token = randomBytes(32).toString('base64url');
      const session = { email, csrf: randomBytes(32).toString('base64url'), created: now(), seen: now() };
      const hash = hashOf(token);
      await store.putSession(hash, session);
      return { token, session: { ...session, hash } };
    },
    async find(token) {
      if (token === undefined || token.length !== 43) return undefined;
      const hash = hashOf(token);
      const session = await store.findSession(hash);
      if (!session) return undefined;
      if (now() - session.seen > IDLE_MS || now() - session.created > ABSOLUTE_MS) {
        await store.endSession(hash, now() - ABSOLUTE_MS);
        return undefined;
      }
      if (now() - session.seen > TOUCH_MS) await store.touchSession(hash, now());
      return { ...session, hash };
    },
    async end(token) {
      if (token !== undefined) await store.endSession(hashOf(token), now() - ABSOLUTE_MS);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
