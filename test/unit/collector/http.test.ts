import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { truncateAddress } from '../../../src/collector/http/clientAddress.js';
import type { LogEntry } from '../../../src/collector/log.js';
import type { Program } from '../../../src/core/program.js';
import { SCHEMAS } from '../../../src/core/validate/schema/schemas.js';
import { batchOf, rowOf, seeded, visitorId } from './batches.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';
import { CAMPAIGNS } from './reports/world.js';

const random = seeded(9);
const log: LogEntry[] = [];
let collector: TestCollector;

beforeAll(async () => {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('sdk/kikubari.js', `/* ${'script '.repeat(200)} */`);
  write('sdk/stub.js', 'stub');
  write('sdk/kikubari-messages-Ab12_-xY.js', 'chunk');
  write('sdk/secret.js', 'not for the world');
  write(
    'console/index.html',
    '<meta name="csp-nonce" content="__CSP_NONCE__"><script src="/console/assets/app-12345678.js"></script>',
  );
  write('console/assets/app-12345678.js', 'app');
  write('shop/index.html', 'shop');
  write('shop/.hidden.js', 'hidden');
  write('outside.js', 'outside');
  collector = await startCollector({
    sdkDir: join(folder, 'sdk'),
    consoleDir: join(folder, 'console'),
    extraStatic: { prefix: '/shop/', dir: join(folder, 'shop') },
    root: '/shop/',
    campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }],
    trustProxy: 1,
    log: (entry) => log.push(entry),
  });
});
afterAll(() => collector.remove());

const get = (url: string, headers: Record<string, string> = {}) =>
  collector.server.app.inject({ url, headers });

describe('GET /v1/schema/:file', () => {
  it.each(Object.entries(SCHEMAS))(
    'answers %s to editors anywhere, and says when it has not changed',
    async (file, schema) => {
      const answer = await get(`/v1/schema/${file}`, { origin: 'https://editor.example' });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'public, max-age=3600',
        'content-type': 'application/schema+json; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.json()).toEqual(schema);
      const again = await get(`/v1/schema/${file}`, { 'if-none-match': answer.headers.etag as string });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    },
  );

  it('names those there are where there is no such schema', async () => {
    const answer = await get('/v1/schema/events.json');
    expect([answer.statusCode, answer.json().detail]).toEqual([
      404,
      'There is no such schema; ask for campaigns.json or program.json.',
    ]);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('GET /v1/program/:siteKey', () => {
  it('is readable from everywhere, cached for 30 s, and answers 304 to its ETag', async () => {
    const answer = await get('/v1/program/shop');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=30',
    });
    const program = answer.json<Program>();
    expect(program).toMatchObject({ schema: 1, site: 'shop' });
    expect(program.campaigns.map(({ id, version }) => [id, version])).toEqual([
      ['poll', 1],
      ['saver', 1],
    ]);
    const again = await get('/v1/program/shop', { 'if-none-match': answer.headers.etag as string });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const pinned = await get(`/v1/program/shop?v=${program.version}`);
    expect(pinned.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get(`/v1/program/shop?v=${program.version + 1}`)).headers['cache-control']).toBe(
      'public, max-age=30',
    );
    expect((await get('/v1/program/nobody')).json()).toMatchObject({
      detail: 'There is no site with the key "nobody".',
    });
  });

  it('changes with a campaign status, which receipts tell and the audit keeps', async () => {
    const before = (await get('/v1/program/shop')).json<Program>();
    const headers = await collector.signIn();
    const put = (id: string, status: string) =>
      collector.server.app.inject({
        method: 'PUT',
        url: `/api/sites/shop/campaigns/${id}/status`,
        headers,
        payload: { status },
      });
    expect((await put('poll', 'paused')).json()).toEqual({ status: 'paused', version: 2 });
    expect((await put('poll', 'paused')).json()).toEqual({ status: 'paused', version: 2 });
    expect((await put('poll', 'wrong')).statusCode).toBe(400);
    expect((await put('nobody', 'live')).statusCode).toBe(404);
    const after = (await get('/v1/program/shop')).json<Program>();
    expect([after.version, after.campaigns.map(({ id }) => id)]).toEqual([before.version + 1, ['saver']]);
    const receipt = await collector.send(
      batchOf([rowOf([{ name: 'x', time: Date.now() }], random)], visitorId(random)),
    );
    expect(receipt.program).toBe(after.version);
  });
});

describe('files', () => {
  it('are cached by what they are', async () => {
    const cacheOf = async (url: string) => (await get(url)).headers['cache-control'];
    expect(await cacheOf('/kikubari.js')).toBe('public, max-age=300');
    expect(await cacheOf('/stub.js')).toBe('public, max-age=300');
    expect(await cacheOf('/kikubari-messages-Ab12_-xY.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf('/console/assets/app-12345678.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheOf('/shop/')).toBe('no-cache');
  });

  it('of the SDK may be loaded by any site, compressed, with 304', async () => {
    const answer = await get('/kikubari.js', { 'accept-encoding': 'gzip, br' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const again = await get('/kikubari.js', {
      'accept-encoding': 'br',
      'if-none-match': answer.headers.etag as string,
    });
    expect(again.statusCode).toBe(304);
    expect(
      (await get('/kikubari.js', { 'accept-encoding': 'br;q=0' })).headers['content-encoding'],
    ).toBeUndefined();
  });

  it('outside the folders stay there', async () => {
    const paths = [
      '/secret.js',
      '/shop/../outside.js',
      '/shop/%2e%2e/outside.js',
      '/shop/..%2foutside.js',
      '/shop/.hidden.js',
      '/shop/%00',
      '/shop/..%5coutside.js',
      '/console/..%2f..%2foutside.js',
      '/shop/%E0%A4%A',
    ];
    for (const path of paths) {
      const answer = await get(path);
      expect([path, answer.statusCode >= 400, answer.body.includes('outside')]).toEqual([path, true, false]);
    }
  });

  it('of the console carry a policy without unsafe-*, with a fresh nonce each time', async () => {
    const [one, two] = [await get('/console/'), await get('/console/campaigns/saver')];
    const nonceOf = (answer: typeof one) =>
      /'nonce-([\w-]+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
    expect(one.body).toContain(`content="${nonceOf(one)}"`);
    expect(two.body).toContain(`content="${nonceOf(two)}"`);
    expect(nonceOf(one)).not.toBe(nonceOf(two));
    expect(one.headers['content-security-policy']).not.toContain('unsafe');
    expect(one.headers['content-security-policy']).toMatch(
      /default-src 'none'.*frame-ancestors 'none'.*require-trusted-types-for 'script'/,
    );
    expect((await get('/console/assets/none.js')).statusCode).toBe(404);
    expect([(await get('/')).statusCode, (await get('/')).headers.location]).toEqual([302, '/shop/']);
  });

  it('promise https only where they came over https', async () => {
    expect((await get('/healthz')).headers['strict-transport-security']).toBeUndefined();
    const secure = await get('/healthz', { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.77' });
    expect(secure.headers['strict-transport-security']).toContain('max-age=');
  });
});

describe('an address that no route can be looked for with', () => {
  it.each([
    ['/%', 400],
    ['/v1/program/%E0%A4%A', 400],
    [`/v1/program/${'x'.repeat(101)}`, 414],
  ])('is answered as any other problem: %s', async (url, status) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
    expect(answer.json()).toMatchObject({ type: 'about:blank', status, requestId: expect.any(String) });
    expect(answer.body).not.toContain('FST_ERR');
  });
});

describe('what is kept of an address', () => {
  it('is cut to /24 and /48', () => {
    const cases = [
      ['203.0.113.77', '203.0.113.0'],
      ['::ffff:203.0.113.77', '203.0.113.0'],
      ['2001:db8:85a3:8d3::7344', '2001:db8:85a3::'],
      ['::1', '0:0:0::'],
      ['fe80::1%eth0', 'fe80:0:0::'],
      ['rubbish', 'unknown'],
    ];
    expect(cases.map(([address]) => truncateAddress(address!))).toEqual(cases.map(([, cut]) => cut));
  });

  it('never reaches the log whole; nor do payloads and keys', async () => {
    await collector.server.app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { 'content-type': 'text/plain', 'x-forwarded-for': '203.0.113.77' },
      payload: JSON.stringify(
        batchOf([rowOf([{ name: 'secret_name', time: Date.now() }], random)], visitorId(random)),
      ),
    });
    await get('/v1/program/shop?v=1&token=abc', { 'x-forwarded-for': '198.51.100.9, 203.0.113.77' });
    const text = JSON.stringify(log);
    expect(text).toContain('203.0.113.0');
    expect(text).not.toMatch(/203\.0\.113\.77|198\.51\.100\.9|secret_name|token=abc/);
  });
});
