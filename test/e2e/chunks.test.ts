/** The built chunks in a real browser: which of them a page fetches when, and that the page does not notice one it cannot have. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Block, Content } from '../../src/core/content.js';
import type { Program, Trigger } from '../../src/core/program.js';
import { openVisitor, type Visitor } from './browser.js';

const DIST = join(import.meta.dirname, '../../dist/browser');
/** From the first document on: a page that shows something, with room above for the pointer to leave through. */
const PAGE = `<!doctype html><title>Shop</title><script async src="/kikubari.js" data-site="test"></script>
<p style="margin-top:100vh">page</p>`;

let server: Server;
let base: string;
let program: Program;
/** Chunks asked for, in order, without their hashes. */
let chunks: string[] = [];
/** A chunk that is answered with 503. */
let missing = '';
let visitor: Visitor | undefined;

beforeAll(async () => {
  expect(existsSync(join(DIST, 'kikubari.js')), 'run npm run build first').toBe(true);
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    const [, chunk] = /^\/kikubari-(\w+)-/.exec(pathname) ?? [];
    if (chunk) chunks.push(chunk);
    if (chunk && chunk === missing) return void response.writeHead(503).end();
    const file = join(DIST, pathname);
    if (pathname.endsWith('.js') && existsSync(file))
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(file));
    if (pathname.startsWith('/v1/program/')) return void response.end(JSON.stringify(program));
    if (pathname === '/v1/batch')
      return void response.end('{"accepted":1,"rejected":[],"program":0,"commands":[]}');
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await visitor?.close();
  missing = '';
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const contentOf = (format: Content['format'], ...blocks: Block[]): Content => ({
  format,
  cards: [{ id: 'c', blocks: [{ block: 'heading', text: 'Hello' }, ...blocks] }],
});
const campaignOf = (content: Content, ...triggers: Trigger[]): Program['campaigns'][number] => ({
  id: `${content.format}-${triggers[0]!.on}`,
  name: 'Hello',
  status: 'live',
  version: 1,
  purpose: 'personalise',
  triggers,
  caps: [],
  variants: [{ id: 'a', content }],
});

/** Opens a page whose program has these campaigns, for a visitor who was never here. */
async function open(...campaigns: Program['campaigns']) {
  program = { schema: 1, site: 'test', version: 1, segments: {}, campaigns };
  chunks = [];
  visitor = await openVisitor();
  await visitor.page.goto(base);
  const { page, problems } = visitor;
  return {
    page,
    message: page.locator('[data-kikubari] .surface'),
    /** Errors in the page; that a resource answered 503 is the browser's own line. */
    errors: () => problems.filter((problem) => !problem.includes('503')),
  };
}
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the chunks of a page', () => {
  it('a banner on a page trigger comes with two, and watching starts three seconds after the page', async () => {
    const { message } = await open(campaignOf(contentOf('banner'), { on: 'page' }));
    await message.waitFor();
    expect(chunks).toEqual(['engagement', 'messages']);
    await later(3500);
    expect(chunks).toEqual(['engagement', 'messages', 'watch']);
  });

  it('a modal with a coupon brings their own', async () => {
    const { page } = await open(
      campaignOf(contentOf('modal', { block: 'coupon', code: 'TEN', label: 'Code' }), { on: 'page' }),
    );
    await page.locator('[data-kikubari] dialog .ticket').waitFor();
    expect(chunks.slice(0, 2)).toEqual(['engagement', 'messages']);
    expect(chunks.slice(2, 4).sort()).toEqual(['coupon', 'modal']);
  });

  it('an awaited element is watched for at once, also one that is added later', async () => {
    const { page, message } = await open(
      campaignOf(contentOf('banner'), { on: 'visible', selector: '#late' }),
    );
    await expect.poll(() => chunks, { timeout: 5000 }).toContain('watch');
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.id = 'late';
      late.textContent = 'late';
      document.body.prepend(late);
    });
    await message.waitFor();
  });

  it('exit intent is seen after three seconds, not before', async () => {
    const { page, message } = await open(campaignOf(contentOf('banner'), { on: 'exit' }));
    const leaveUpwards = () =>
      page.evaluate(async () => {
        const move = (type: string, clientY: number) =>
          document.dispatchEvent(new MouseEvent(type, { clientY, bubbles: true }));
        move('mousemove', 400);
        await new Promise((resolve) => setTimeout(resolve, 80));
        move('mouseout', 0);
      });
    await expect.poll(() => chunks, { timeout: 3000 }).toContain('watch');
    await leaveUpwards();
    await later(300);
    expect(await message.count()).toBe(0);
    await later(3000);
    await leaveUpwards();
    await message.waitFor();
  });
});

describe('a chunk that cannot be had', () => {
  it.each(['modal', 'coupon', 'messages'])(
    '%s: the message is not shown, the next one is, and the page has no error',
    async (name) => {
      missing = name;
      const rich = contentOf('modal', { block: 'coupon', code: 'TEN', label: 'Code' });
      const { page, message, errors } = await open(
        campaignOf(rich, { on: 'page' }),
        campaignOf(contentOf('banner'), { on: 'dwell', seconds: 1 }),
      );
      await expect.poll(() => chunks, { timeout: 5000 }).toContain(name);
      await later(300);
      expect(await page.locator('[data-kikubari]').count()).toBe(0);
      if (name !== 'messages') await message.waitFor();
      expect(errors()).toEqual([]);
    },
  );

  it('watch: a trigger is missing, others fire, and the page has no error', async () => {
    missing = 'watch';
    const { page, errors } = await open(
      campaignOf(contentOf('banner'), { on: 'exit' }, { on: 'visible', selector: 'p' }),
      campaignOf(contentOf('slide-in'), { on: 'dwell', seconds: 1 }),
    );
    await page.locator('[data-kikubari] .slide-in').waitFor();
    expect(chunks).toContain('watch');
    await later(3000);
    expect(errors()).toEqual([]);
  });
});
