import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../../src/collector/auth/passwords.js';
import { createSessions, ABSOLUTE_MS, IDLE_MS } from '../../../src/collector/auth/sessions.js';
import { createThrottle } from '../../../src/collector/auth/throttle.js';
import type { Store } from '../../../src/collector/store/storeClient.js';
import type { StoredSession } from '../../../src/collector/store/accounts.js';
import { startCollector, type TestCollector } from './collector.js';

let collector: TestCollector;
const routes: { method: string; url: string }[] = [];

beforeAll(async () => {
  collector = await startCollector();
  // Whatever is added later is tested too.
  routes.push(...collector.server.app.routeTable.filter(({ url }) => url.startsWith('/api')));
});
afterAll(() => collector.remove());

const inject = (method: string, url: string, headers: Record<string, string> = {}, payload?: object) =>
  collector.server.app.inject({ method: method as 'GET', url, headers, ...(payload && { payload }) });

describe('every route of the console API', () => {
  const filled = (url: string) => url.replace(':site', 'shop').replace(/:\w+/g, 'x');
  const mutating = () => routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));

  it('is known to this test', () => {
    expect(routes.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining([
        'POST /api/session',
        'DELETE /api/session',
        'PUT /api/sites/:site/campaigns/:id/status',
      ]),
    );
    expect(routes.length).toBeGreaterThan(15);
  });

  it('needs a session, but for the sign-in', async () => {
    for (const { method, url } of routes.filter(
      (route) => `${route.method} ${route.url}` !== 'POST /api/session',
    )) {
      expect([url, method, (await inject(method, filled(url))).statusCode]).toEqual([url, method, 401]);
    }
  });

  it('refuses a mutation without the token, with a wrong one, and from another site', async () => {
    const { cookie, 'x-kikubari-csrf': csrf } = await collector.signIn();
    for (const { method, url } of mutating()) {
      const attempt = async (headers: Record<string, string>) =>
        (await inject(method, filled(url), { cookie, ...headers }, { status: 'live' })).statusCode;
      const foreign = { 'x-kikubari-csrf': csrf, 'sec-fetch-site': 'cross-site' };
      expect(await attempt(foreign)).toBe(403);
      expect(await attempt({ 'x-kikubari-csrf': csrf, 'sec-fetch-site': 'same-site' })).toBe(403);
      expect(await attempt({ 'x-kikubari-csrf': csrf, origin: 'https://evil.example' })).toBe(403);
      if (url === '/api/session' && method === 'POST') continue;
      expect(await attempt({})).toBe(403);
      expect(await attempt({ 'x-kikubari-csrf': csrf.slice(0, -1) + '!' })).toBe(403);
    }
  });
});

describe('signing in', () => {
  it('sets a __Host- cookie, names the sites, and dies at sign-out even for a copied cookie', async () => {
    const answer = await inject('POST', '/api/session', {}, collector.server.firstAdmin);
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-kikubari=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.json()).toMatchObject({
      email: 'admin@localhost',
      role: 'admin',
      sites: [{ key: 'shop', name: 'Shop' }],
    });
    const headers = { cookie: String(answer.headers['set-cookie']).split(';')[0]! };
    const csrf = answer.json<{ csrf: string }>().csrf;
    expect((await inject('GET', '/api/session', headers)).statusCode).toBe(200);
    expect((await inject('DELETE', '/api/session', { ...headers, 'x-kikubari-csrf': csrf })).statusCode).toBe(
      204,
    );
    expect((await inject('GET', '/api/session', headers)).statusCode).toBe(401);
  });

  it('gives a new session each time and ends the one before', async () => {
    const first = await inject('POST', '/api/session', {}, collector.server.firstAdmin);
    const cookie = String(first.headers['set-cookie']).split(';')[0]!;
    const second = await inject('POST', '/api/session', { cookie }, collector.server.firstAdmin);
    expect(String(second.headers['set-cookie']).split(';')[0]).not.toBe(cookie);
    expect((await inject('GET', '/api/session', { cookie })).statusCode).toBe(401);
  });
});

describe('guessing', () => {
  it('is answered alike for known and unknown accounts, and slowed down with Retry-After', async () => {
    const other = await startCollector();
    const attempt = (email: string) =>
      other.server.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { email, password: 'wrong wrong wrong' },
      });
    const known = await attempt('admin@localhost');
    const unknown = await attempt('nobody@localhost');
    const { requestId: _a, ...first } = known.json<Record<string, unknown>>();
    const { requestId: _b, ...second } = unknown.json<Record<string, unknown>>();
    expect([known.statusCode, first]).toEqual([unknown.statusCode, second]);
    for (let guess = 0; guess < 9; guess++) expect((await attempt('admin@localhost')).statusCode).toBe(401);
    const refused = await attempt('Admin@localhost ');
    expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
    // The right password does not help until the wait is over.
    const right = await other.server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: other.server.firstAdmin!,
    });
    expect(right.statusCode).toBe(429);
    await other.remove();
  });

  it('costs an unknown account the same work', async () => {
    const hash = await hashPassword('correct horse battery');
    const time = async (stored: string | undefined) => {
      const started = process.hrtime.bigint();
      expect(await verifyPassword('a wrong password', stored)).toBe(false);
      return Number(process.hrtime.bigint() - started) / 1e6;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 5; round++) {
      known.push(await time(hash));
      unknown.push(await time(undefined));
    }
    // Without the dummy hash the unknown account would answer in microseconds.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  });
});

describe('passwords', () => {
  it('are 12 to 128 characters, salted, and compared whole', async () => {
    await expect(hashPassword('short')).rejects.toThrow();
    await expect(hashPassword('x'.repeat(129))).rejects.toThrow();
    const [one, two] = await Promise.all([hashPassword('twelve chars'), hashPassword('twelve chars')]);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await verifyPassword('twelve chars', one)).toBe(true);
    expect(await verifyPassword('twelve charz', one)).toBe(false);
  });
});

describe('sessions', () => {
  const stored = new Map<string, StoredSession>();
  const store = {
    putSession: async (hash: string, session: StoredSession) => void stored.set(hash, { ...session }),
    findSession: async (hash: string) => stored.get(hash),
    touchSession: async (hash: string, seen: number) => void (stored.get(hash)!.seen = seen),
    endSession: async (hash: string) => void stored.delete(hash),
  } as unknown as Store;
  let now = 0;
  beforeEach(() => (now = 1_800_000_000_000));

  it('end after 30 idle minutes and after 12 hours in all, and are stored hashed', async () => {
    const sessions = createSessions(store, () => now);
    const { token } = await sessions.begin('a@b');
    expect([...stored.keys()]).not.toContain(token);
    now += IDLE_MS;
    expect(await sessions.find(token)).toBeDefined();
    now += IDLE_MS + 1;
    expect(await sessions.find(token)).toBeUndefined();
    const { token: busy } = await sessions.begin('a@b');
    const startedAt = now;
    while (now - startedAt <= ABSOLUTE_MS - IDLE_MS) {
      now += IDLE_MS - 1;
      expect(await sessions.find(busy)).toBeDefined();
    }
    now = startedAt + ABSOLUTE_MS + 1;
    expect(await sessions.find(busy)).toBeUndefined();
  });

  it('are throttled in a sliding window', () => {
    const throttle = createThrottle(2, 10_000);
    expect([
      throttle.take('a', 0),
      throttle.take('a', 4000),
      throttle.take('a', 5000),
      throttle.take('b', 5000),
    ]).toEqual([0, 0, 5, 0]);
    expect(throttle.take('a', 10_001)).toBe(0);
  });
});
