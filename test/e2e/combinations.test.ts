/** Triggers in combination in a real browser: signals by mouse and time, several pages, delays. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Batch } from '../../src/core/events.js';
import type { Program, Trigger } from '../../src/core/program.js';
import { openVisitor, type Visitor } from './browser.js';
import { kikubari, track } from './identityWorld.js';

const DIST = join(import.meta.dirname, '../../dist/browser');
const patient = { timeout: 20_000 };

let server: Server;
let base: string;
let batches: Batch[] = [];
let program: Program;
let visitor: Visitor | undefined;

const event = (name: string) => ({ on: 'event' as const, event: name });
const waitFor = (trigger: Trigger, version = 1) =>
  (program = {
    schema: 1,
    site: 'test',
    version,
    segments: {},
    campaigns: [
      {
        id: 'hello',
        version,
        name: 'Hello',
        status: 'live',
        triggers: [trigger],
        variants: [
          {
            id: 'a',
            content: {
              format: 'banner',
              cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hello there' }] }],
            },
          },
        ],
      },
    ],
  });
const events = () => batches.flatMap(({ rows }) => rows.flatMap((row) => row.events));
const message = (page: Page) => page.getByText('Hello there').first();
const isReady = (page: Page) =>
  expect.poll(async () => !!(await kikubari(page, 'explain', 'hello')), patient).toBe(true);

async function open(path: string) {
  visitor ??= await openVisitor();
  const { page } = visitor;
  await page.goto(base + path);
  await isReady(page);
  return page;
}

beforeAll(async () => {
  expect(existsSync(join(DIST, 'kikubari.js')), 'run npm run build first').toBe(true);
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    if (pathname === '/v1/batch') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        batches.push(JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString()) as Batch);
        const accepted = batches.at(-1)!.rows.flatMap((row) => row.events).length;
        response.end(JSON.stringify({ accepted, rejected: [], program: program.version, commands: [] }));
      });
      return;
    }
    if (pathname.startsWith('/v1/program/')) return void response.end(JSON.stringify(program));
    const file = join(DIST, pathname);
    if (pathname.endsWith('.js') && existsSync(file))
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(file));
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><script async src="/kikubari.js" data-site="test"></script><main style="height: 4000px">page</main>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await visitor?.close();
  visitor = undefined;
  batches = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('comes when one has both stayed and scrolled', async () => {
  waitFor({
    on: 'all',
    of: [
      { on: 'dwell', seconds: 2 },
      { on: 'scroll', percent: 60, page: { startsWith: '/items/' } },
    ],
  });
  const page = await open('/items/1');
  await page.waitForTimeout(2500);
  await expect(message(page).count()).resolves.toBe(0);
  await page.mouse.move(600, 400);
  for (let turns = 0; turns < 10; turns++) await page.mouse.wheel(0, 400);
  await message(page).waitFor(patient);
  await kikubari(page, 'flush');
  const names = events().map(({ name }) => name);
  expect(names.filter((name) => name.startsWith('$signal'))).toEqual(['$signal_dwell', '$signal_scroll']);
  expect(visitor!.problems).toEqual([]);
});

it('comes when one thing follows another within a time, on the next page, and not the other way round', async () => {
  waitFor({ on: 'then', of: [event('view_size_guide'), event('add_to_cart')], within: '10m' });
  let page = await open('/items/1');
  await track(page, 'add_to_cart');
  await track(page, 'view_size_guide');
  await page.waitForTimeout(500);
  await expect(message(page).count()).resolves.toBe(0);
  page = await open('/items/2');
  await track(page, 'add_to_cart');
  await message(page).waitFor(patient);
});

it('goes on waiting after a navigation, and comes when the delay is over', async () => {
  waitFor({ on: 'all', of: [event('add_to_cart')], delay: '5s' });
  let page = await open('/items/1');
  await track(page, 'add_to_cart');
  const since = Date.now();
  page = await open('/items/2');
  await expect(message(page).count()).resolves.toBe(0);
  expect(Date.now() - since).toBeLessThan(5000);
  await message(page).waitFor(patient);
  expect(Date.now() - since).toBeGreaterThanOrEqual(4900);
  await kikubari(page, 'flush');
  const exposure = events().find(({ name }) => name === '$exposure');
  expect(exposure!.properties).toMatchObject({ campaign: 'hello', trigger: 'delay' });
});

it('does not come when its campaign was paused while it waited', async () => {
  waitFor({ on: 'all', of: [event('add_to_cart')], delay: '4s' });
  const page = await open('/items/1');
  await track(page, 'add_to_cart');
  program = { ...program, version: 2, campaigns: [] };
  await track(page, 'anything');
  await kikubari(page, 'flush');
  const gate = async () => ((await kikubari(page, 'explain', 'hello')) as { gate: string }).gate;
  await expect.poll(gate, patient).toBe('status');
  await page.waitForTimeout(5000);
  await expect(message(page).count()).resolves.toBe(0);
  await kikubari(page, 'flush');
  expect(events().map(({ name }) => name)).not.toContain('$signal_delay');
});
