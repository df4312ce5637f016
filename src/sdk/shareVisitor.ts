import { databaseName } from './database.js';
import type { Meta, Store } from './store.js';
import type { ClientOptions } from './types.js';

/** The longest life browsers grant (RFC 6265bis, 5.5); it starts again with each page. */
const MAX_AGE_SECONDS = 400 * 86_400;
/** Anybody under the domain may write this cookie: what is not an id of ours is as good as none. */
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/**
 * The store of a site that gave `cookieDomain`: one cookie holds the visitor's id, and hosts under that domain follow it.
 * Whoever reads meta gets the cookie's visitor, new and without user or session if that is another one than was stored; rows
 * written before stay those of the visitor they were written for. Whoever writes a visitor writes the cookie.
 */
export function shareVisitor(store: Store, options: ClientOptions, warn: (text: string) => void): Store {
  const cookie = visitorCookie(options);
  let isStarted = false;
  let isClosed = false;

  const readMeta: Store['readMeta'] = async () => {
    const shared = cookie.read();
    const meta = await store.readMeta();
    const { visitor } = meta.who!;
    // With two of the name (a host's own beside the domain's) the one we wrote counts.
    const isOther = isAnother(shared, visitor);
    const adopted: Meta = isOther
      ? { who: { visitor: shared.at(-1)!, attributes: {} }, session: undefined }
      : {};
    // On a full disk it is adopted for this page, and by the next one again.
    if (isOther) await store.addRows([], adopted).catch(() => undefined);
    // Its life starts again with each page; one that is gone later was deleted, and stays so until the next page.
    if (!isStarted && !cookie.write((adopted.who ?? meta.who!).visitor)) warn(refusal(options.cookieDomain!));
    isStarted = true;
    return { ...meta, ...adopted };
  };

  // Nothing has happened yet: if this comes too late, the page has gone on without it.
  return {
    ...store,
    // It may be opened anew.
    get db() {
      return store.db;
    },
    readMeta,
    addRows(rows, meta, guard, before) {
      const { visitor } = meta?.who ?? {};
      // Consent may have been withdrawn while an event waited for the end of its turn; and what is said of the visitor there was before
      // does not bring that one back where another host has begun another since.
      if (visitor && !isClosed && !(visitor === before && isAnother(cookie.read(), before)))
        cookie.write(visitor);
      return store.addRows(rows, meta, guard, before);
    },
    close() {
      isClosed = true;
      store.close();
    },
  };
}

/** Whether the cookies say that it is somebody else; without any it is not known. */
const isAnother = (shared: readonly string[], visitor: string) =>
  shared.length > 0 && !shared.includes(visitor);

function visitorCookie({ site, cookieDomain }: ClientOptions) {
  const prefix = databaseName(site) + '=';
  const read = () =>
    cookies()
      .split('; ')
      .filter((pair) => pair.startsWith(prefix))
      .map((pair) => pair.slice(prefix.length))
      .filter((value) => UUID.test(value));
  return {
    read,
    /** False if the browser did not take it. */
    write(visitor: string): boolean {
      const secure = location.protocol === 'https:' ? ';secure' : '';
      const attributes = `domain=${cookieDomain};path=/;max-age=${MAX_AGE_SECONDS};samesite=lax${secure}`;
      try {
        document.cookie = `${prefix}${visitor};${attributes}`;
      } catch {
        // A sandboxed page has none; what is read tells.
      }
      return read().includes(visitor);
    },
  };
}

/** The page's cookies; a sandboxed page may not even ask. */
function cookies(): string {
  try {
    return document.cookie;
  } catch {
    return '';
  }
}

/** What to do about a cookie that was not taken. */
function refusal(domain: string): string {
  const { hostname } = location;
  const host = '.' + hostname;
  if (!navigator.cookieEnabled) return 'no cookies here, so cookieDomain does nothing';
  if (!host.endsWith('.' + domain.replace(/^\./, '')))
    return `cookieDomain "${domain}" is no parent of this page's host ${hostname}: give a domain that all hosts of the site end in`;
  return `the browser refused a cookie for cookieDomain "${domain}": a public suffix (such as "com" or "co.jp") or a single label is none`;
}
