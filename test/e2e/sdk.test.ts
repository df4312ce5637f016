/** The built script in a real browser, against a small receipt server: what survives, what is not done, what is seen. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '../../src/core/conditions.js';
import type { Finding } from '../../src/core/decision.js';
import type { TrackedEvent } from '../../src/core/events.js';
import { openVisitor, type Visitor } from './browser.js';
import { startFakeSite, type FakeSite } from './fakeSite.js';

const TAG = '<script async src="/kikubari.js" data-site="test"></script>';

let site: FakeSite;
let tag = TAG;
let visitor: Visitor | undefined;

const names = () =>
  site.batches.flatMap(({ rows }) => rows.flatMap(({ events }) => events.map(({ name }) => name)));
/** Every event once: a re-sent row is the same row. */
const events = () => {
  const rows = new Map(site.batches.flatMap((batch) => batch.rows.map((row) => [row.id, row])));
  return [...rows.values()].sort((a, b) => a.key - b.key).flatMap((row) => row.events);
};
const views = () => events().filter(({ name }) => name === '$page_view');

async function until<T>(read: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  for (let tries = 0; tries < 200; tries++) {
    const value = await read();
    if (value) return value as NonNullable<Exclude<T, false>>;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it did not happen; the collector has ${JSON.stringify(names())}`);
}

const call = async (page: Page, ...args: unknown[]) => {
  await page.waitForFunction(() => !!(globalThis as { kikubari?: { version?: string } }).kikubari?.version);
  return page.evaluate(
    (given) =>
      (globalThis as unknown as { kikubari(...args: unknown[]): Promise<unknown> }).kikubari(...given),
    args,
  );
};

beforeAll(async () => {
  site = await startFakeSite(
    (path) => `<!doctype html><title>${path}</title>${path === '/plain' ? '' : tag}<p>page</p>`,
  );
});

afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
  site.reset();
  tag = TAG;
});
afterAll(() => site.close());

describe('durability', () => {
  it('loses nothing that track() acknowledged when the browser is killed', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'kikubari-kill-'));
    const launch = () =>
      chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
      });
    site.isDown = true;
    const acknowledged: string[] = [];
    const doomed = await launch();
    const page = await doomed.newPage();
    await page.exposeFunction('acknowledge', (id: string) => acknowledged.push(id));
    await page.goto(site.base + '/');
    await call(page, 'track', 'first');
    void page
      .evaluate(async () => {
        const scope = globalThis as unknown as {
          kikubari(...args: unknown[]): Promise<{ id: string; durable: boolean }>;
          acknowledge(id: string): void;
        };
        for (let n = 0; ; n++) {
          const { id, durable } = await scope.kikubari('track', 'step', { n });
          if (durable) scope.acknowledge(id);
        }
      })
      .catch(() => undefined);
    await until(() => acknowledged.length > 100);
    await kill(profile);
    await doomed.close().catch(() => undefined);
    const known = acknowledged.slice();
    site.isDown = false;
    site.batches = [];

    const reopened: BrowserContext = await launch();
    const next = await reopened.newPage();
    await next.goto(site.base + '/');
    // The lease of the dead page runs out first.
    const arrived = () =>
      new Set(
        site.batches.flatMap(({ rows }) =>
          rows.flatMap(({ id, events }) =>
            events.map((_, index) => id.slice(0, -4) + index.toString(16).padStart(4, '0')),
          ),
        ),
      );
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && !known.every((id) => arrived().has(id)))
      await new Promise((resolve) => setTimeout(resolve, 500));
    expect(known.filter((id) => !arrived().has(id))).toEqual([]);
    await reopened.close();
    await rm(profile, { recursive: true, force: true });
  });

  it('keeps to the database on a page that is busy while it opens', async () => {
    const block = 'const end = performance.now() + 900; while (performance.now() < end);';
    tag = `<script src="/kikubari.js" data-site="test"></script><script>${block}</script>`;
    visitor = await openVisitor();
    const warnings: string[] = [];
    visitor.page.on('console', (message) => warnings.push(message.text()));
    await visitor.page.goto(site.base + '/busy');
    expect(await call(visitor.page, 'track', 'x')).toMatchObject({ durable: true });
    expect(warnings.join()).not.toContain('no IndexedDB');
  });

  it('delivers how the stay was when the tab is closed', async () => {
    visitor = await openVisitor();
    const tab = await visitor.context.newPage();
    await tab.goto(site.base + '/bounce');
    await call(tab, 'flush');
    await tab.close({ runBeforeUnload: true });
    const leave = await until(() => events().find(({ name }) => name === '$page_leave'));
    expect(leave.properties).toMatchObject({ path: '/bounce', visible: expect.any(Number) as number });
  });

  it('keeps what is recorded while the page goes away', async () => {
    visitor = await openVisitor();
    const { page } = visitor;
    await page.goto(site.base + '/one');
    await call(page, 'track', 'x');
    await page.goto(site.base + '/two');
    await call(page, 'flush');
    const leave = await until(() => events().find(({ name }) => name === '$page_leave'));
    expect(leave.properties).toMatchObject({ path: '/one', visible: expect.any(Number), scroll: 100 });
  });
});

describe('consent', () => {
  it('asks for nothing, stores nothing and sets no cookie before a grant', async () => {
    tag = '<script async src="/kikubari.js" data-site="test" data-consent="required"></script>';
    visitor = await openVisitor();
    const { page, context } = visitor;
    await page.goto(site.base + '/');
    await page.waitForFunction(() => !!(globalThis as { kikubari?: { version?: string } }).kikubari?.version);
    await page.evaluate(
      () => void (globalThis as never as { kikubari(...a: unknown[]): void }).kikubari('track', 'early'),
    );
    await page.waitForTimeout(1500);
    expect(site.requests.filter((path) => path.startsWith('/v1/'))).toEqual([]);
    const stored = () =>
      page.evaluate(async () => [
        ...(await indexedDB.databases()).map(({ name }) => name),
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...(await caches.keys()),
      ]);
    expect(await stored()).toEqual([]);
    expect(await context.cookies()).toEqual([]);

    await call(page, 'consent', { measure: true });
    await call(page, 'flush');
    expect(names()).toContain('early');
    await call(page, 'consent', { measure: false });
    expect(await stored()).toEqual([]);
  });
});

describe('page views', () => {
  it('sees route changes that change the address, and no others', async () => {
    visitor = await openVisitor();
    const { page } = visitor;
    await page.goto(site.base + '/start');
    await call(page, 'track', 'ready');
    const answers = await page.evaluate(() => {
      const result = [history.pushState({ n: 1 }, '', '/second') === undefined, history.state.n === 1];
      history.replaceState({ n: 2 }, '', '/second');
      return result;
    });
    expect(answers).toEqual([true, true]);
    await page.waitForTimeout(50);
    await page.evaluate(() => history.pushState(null, '', '/third?x=1#part'));
    await page.waitForTimeout(50);
    await page.evaluate(() => history.back());
    await page.waitForTimeout(200);
    await call(page, 'flush');
    const seen = views().map(({ properties }) => (properties!.url as string).replace(site.base, ''));
    expect(seen).toEqual(['/start', '/second', '/third?x=1#part', '/second']);
    expect(events().filter(({ name }) => name === '$page_leave')).toHaveLength(3);
  });

  it('counts a page restored from the back/forward cache as a view that says so', async () => {
    visitor = await openVisitor();
    const { page } = visitor;
    await page.goto(site.base + '/first');
    await call(page, 'flush');
    await page.goto(site.base + '/plain');
    await page.goBack();
    await call(page, 'flush');
    const restored = await page.evaluate(
      () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).type,
    );
    const last = (await until(() => views().length > 1 && views())).at(-1) as TrackedEvent;
    // Where the browser did not use its cache, the page was loaded again and nothing was restored.
    expect(last.properties!.restored).toBe(restored === 'back_forward' ? undefined : true);
    expect(last.properties!.path).toBe('/first');
  });
});

describe('a script that is included twice', () => {
  it('records every view once and says so once', async () => {
    tag += tag;
    visitor = await openVisitor();
    const { page } = visitor;
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await page.goto(site.base + '/');
    await call(page, 'track', 'x');
    await page.waitForTimeout(300);
    await call(page, 'flush');
    expect(events().map(({ name }) => name)).toEqual(['$session_start', '$page_view', 'x']);
    expect(warnings.filter((text) => text.includes('twice'))).toHaveLength(1);
    // The other warning is this server's: it knows no site.
    expect(warnings.filter((text) => text.includes('unknown site key'))).toHaveLength(1);
    expect(visitor.problems.filter((text) => !text.includes('404'))).toEqual([]);
  });
});

describe('a history of 10,000 events', () => {
  const asked: Condition[] = [
    { event: 'view' },
    { event: 'view', within: '1h' },
    { event: 'view', measure: 'sum', of: 'value' },
    { event: 'cart' },
    { event: 'cart', where: { kind: { eq: 'x' } } },
  ];

  it('counts as the whole log does after it was pruned and the page loaded again', async () => {
    site.program = {
      schema: 1,
      site: 'test',
      version: 1,
      segments: {},
      campaigns: [
        {
          id: 'counts',
          version: 1,
          name: 'counts',
          status: 'live',
          triggers: [{ on: 'manual' }],
          audience: { all: asked },
          variants: [{ id: 'a', content: { format: 'banner', cards: [] } }],
        },
      ],
    };
    visitor = await openVisitor();
    const { page } = visitor;
    await page.goto(site.base + '/');
    await call(page, 'track', 'ready');
    await page.evaluate(trackMany, 10_000);
    expect(await call(page, 'flush')).toBe(true);
    await page.reload();
    await call(page, 'flush');
    const stored = await until(async () => {
      const found = await page.evaluate(readLog);
      return found.through > 0 && found.events <= 5000 && found;
    });
    expect(stored.length).toBeLessThan(2 * 1024 * 1024);
    await page.reload();
    await until(() => call(page, 'explain', 'counts'));

    const { findings } = (await call(page, 'explain', 'counts')) as { findings: Finding[] };
    await call(page, 'flush');
    const whole = (name: string) => events().filter((event) => event.name === name);
    const sum = whole('view').reduce((total, { properties }) => total + (properties!.value as number), 0);
    const found = findings.filter(({ path }) => path.startsWith('audience')).map((finding) => finding.found);
    expect(whole('view').length + whole('cart').length).toBe(10_000);
    expect(found.slice(0, 4)).toEqual([
      [whole('view').length],
      [whole('view').length],
      [sum],
      [whole('cart').length],
    ]);
    // Its property is gone with the pruned events; that some of those left have it settles "at least one".
    expect(findings.find(({ path }) => path === 'audience.all[4]')!.passed).toBe(true);
    expect(visitor.problems).toEqual([]);
  });
});

/* Both run in the page, so they may use nothing of this file. */
async function trackMany(count: number) {
  const scope = globalThis as unknown as { kikubari(...args: unknown[]): Promise<unknown> };
  for (let n = 0; n < count; n += 50) {
    const turn = Array.from({ length: 50 }, (_, index) => n + index);
    await Promise.all(
      turn.map((label) =>
        scope.kikubari('track', label % 3 ? 'view' : 'cart', {
          value: label % 10,
          kind: label % 2 ? 'x' : 'y',
        }),
      ),
    );
    // So that less waits than may wait.
    if (n % 1000 === 0) await scope.kikubari('flush');
  }
}

async function readLog() {
  const ask = <T>(request: IDBRequest<T> | IDBOpenDBRequest) =>
    new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result as T)));
  const db = await ask<IDBDatabase>(indexedDB.open('kikubari-test'));
  const transaction = db.transaction(['log', 'meta']);
  const rows = await ask<string[]>(transaction.objectStore('log').getAll());
  const snapshot = await ask<{ through: number } | undefined>(
    transaction.objectStore('meta').get('snapshot'),
  );
  db.close();
  return {
    through: snapshot?.through ?? 0,
    events: rows.flatMap((row) => (JSON.parse(row) as { events: unknown[] }).events).length,
    length: rows.reduce((sum, row) => sum + row.length, 0),
  };
}

/** SIGKILL to the browser that runs on this profile, and to nothing else. */
async function kill(profile: string): Promise<void> {
  const list = spawn('ps', ['-eo', 'pid,args']);
  let text = '';
  list.stdout.on('data', (part: Buffer) => (text += part.toString()));
  await new Promise((resolve) => list.on('close', resolve));
  const pids = text
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .map((line) => Number.parseInt(line, 10));
  expect(pids.length).toBeGreaterThan(0);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // A child may have died with its parent.
    }
  }
}
