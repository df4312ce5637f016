import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FactSecretList, FactsImport, NewFactSecret } from '../../../src/collector/api.js';
import { IMPORT_LIMITS } from '../../../src/collector/facts/importBody.js';
import type { LogEntry } from '../../../src/collector/log.js';
import type { PersonalFacts } from '../../../src/core/decision.js';
import type { Program } from '../../../src/core/program.js';
import { startCollector, type TestCollector } from './collector.js';
import { claimsOf, sign } from './signing.js';

let collector: TestCollector;
let headers: Record<string, string>;
const logged: LogEntry[] = [];

beforeAll(async () => {
  collector = await startCollector({ log: (entry) => logged.push(entry) });
  headers = await collector.signIn();
});
afterAll(() => collector.remove());

const ask = (method: string, path: string, payload?: string | object, more: Record<string, string> = {}) =>
  collector.server.app.inject({
    method: method as 'GET',
    url: `/api/sites/shop/${path}`,
    headers: { ...headers, ...more },
    ...(payload !== undefined && { payload }),
  });
const put = (body: string | object[], mode?: string) =>
  ask('PUT', `facts${mode ? `?mode=${mode}` : ''}`, typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': 'application/x-ndjson',
  });
const newSecret = async () => (await ask('POST', 'facts/secrets')).json<NewFactSecret>();
const read = (token: string, site = 'shop', more: Record<string, string> = {}) =>
  collector.server.app.inject({ url: `/v1/facts/${site}?token=${encodeURIComponent(token)}`, headers: more });
/** What a page of that user gets. */
async function factsOf(user: string, { secret }: NewFactSecret): Promise<PersonalFacts> {
  const answer = await read(sign(claimsOf(user), secret));
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<PersonalFacts>();
}

describe('PUT /api/sites/:site/facts', () => {
  let key: NewFactSecret;
  beforeAll(async () => void (key = await newSecret()));

  it('takes JSON lines, and a JSON list', async () => {
    const lines =
      '{"user": "a", "facts": {"plan": "gold"}, "lists": ["vip", "vip"]}\r\n\n{"user": "b", "lists": ["vip"]}\n';
    expect((await put(lines)).json()).toEqual({ stored: 2, removed: 0 } satisfies FactsImport);
    expect((await put([{ user: 'c', facts: { ltv: 5, name: '気配り' } }])).json()).toEqual({
      stored: 1,
      removed: 0,
    });
    expect(await factsOf('a', key)).toEqual({ facts: { plan: 'gold' }, lists: ['vip'] });
    expect(await factsOf('b', key)).toEqual({ facts: {}, lists: ['vip'] });
    expect(await factsOf('c', key)).toEqual({ facts: { ltv: 5, name: '気配り' }, lists: [] });
  });

  it('merges by default: what is not said stays, null removes, a list of lists replaces', async () => {
    await put([
      { user: 'm', facts: { plan: 'gold', address: { city: 'Kyoto', zip: '600' } }, lists: ['vip'] },
    ]);
    await put([{ user: 'm', facts: { ltv: 9, address: { zip: null, street: 'Sanjo' } } }]);
    expect(await factsOf('m', key)).toEqual({
      facts: { plan: 'gold', ltv: 9, address: { city: 'Kyoto', street: 'Sanjo' } },
      lists: ['vip'],
    });
    await put([{ user: 'm', facts: { plan: null }, lists: ['staff'] }]);
    expect(await factsOf('m', key)).toEqual({
      facts: { ltv: 9, address: { city: 'Kyoto', street: 'Sanjo' } },
      lists: ['staff'],
    });
  });

  it('replaces all of a user if told so, and leaves the others', async () => {
    await put([
      { user: 'r1', facts: { plan: 'gold' }, lists: ['vip'] },
      { user: 'r2', facts: { plan: 'gold' } },
    ]);
    expect((await put([{ user: 'r1', facts: { ltv: 1 } }], 'replace')).json()).toEqual({
      stored: 1,
      removed: 0,
    });
    expect(await factsOf('r1', key)).toEqual({ facts: { ltv: 1 }, lists: [] });
    expect(await factsOf('r2', key)).toEqual({ facts: { plan: 'gold' }, lists: [] });
  });

  it('forgets a user of whom nothing is left', async () => {
    await put([{ user: 'gone', facts: { plan: 'gold' }, lists: ['vip'] }]);
    expect((await put([{ user: 'gone', facts: null, lists: [] }])).json()).toEqual({ stored: 0, removed: 1 });
    expect(await factsOf('gone', key)).toEqual({ facts: {}, lists: [] });
  });

  it('takes several entries of one user in their order', async () => {
    const entries = [
      { user: 's', facts: { n: 1, a: 1 } },
      { user: 's', facts: { n: 2 } },
    ];
    expect((await put(entries)).json()).toEqual({ stored: 1, removed: 0 });
    expect(await factsOf('s', key)).toEqual({ facts: { n: 2, a: 1 }, lists: [] });
  });

  it('names every line that is wrong, and then imports nothing', async () => {
    const lines = [
      '{"user": "half", "facts": {"plan": "gold"}}',
      '{"user": 7, "facts": {"plan": "gold"}}',
      '{"user": "x", "facts": {"a.b": 1}}',
      '{"user": "x", "facts"',
      '{"user": "x", "lists": "vip"}',
      '{"user": "x", "lists": ["vip", ""]}',
      '{"user": "x"}',
      '{"user": "x", "facts": {}, "list": []}',
      '[]',
      `{"user": "x", "facts": {"a": "${'x'.repeat(IMPORT_LIMITS.factsCharacters)}"}}`,
      '{"user": "x", "facts": {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}}',
      '{"user": "x", "facts": {"__proto__": 1}}',
      '{"user": "\\ud800", "facts": {}}',
    ];
    const answer = await put(lines.join('\n'));
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.json<{ detail: string }>().detail.split('\n')).toEqual([
      'Nothing was imported.',
      'line 2, user: 7 is no user id; use the text of 1 to 255 characters that "identify" gets.',
      'line 3, facts: "a.b" is no name of a fact; use 1 to 64 characters without ".", "[" and "]".',
      'line 4: not JSON; write one object on each line, or all of them as a list [{…}, {…}].',
      'line 5, lists: "vip" is no list; write all that the user is in, such as ["vip"], or [] for none.',
      'line 6, lists[1]: "" is no name of a list; use 1 to 64 characters.',
      'line 7: says nothing of the user; give "facts", "lists" or both.',
      'line 8, list: is not known here; use "user", "facts" and "lists".',
      'line 9: [] is no object; write {"user": "u-1", "facts": {…}, "lists": […]}.',
      expect.stringMatching(/^line 10, facts: 8200 characters are more than 8192;/),
      expect.stringMatching(/^line 11, facts\.a\.b\.c\.d\.e: is nested deeper than 5;/),
      'line 12, facts: "__proto__" is no name of a fact; use 1 to 64 characters without ".", "[" and "]".',
      'line 13, user: "\\ud800" is no user id; use the text of 1 to 255 characters that "identify" gets.',
    ]);
    expect(await factsOf('half', key)).toEqual({ facts: {}, lists: [] });
  });

  it('refuses to merge the facts of a user beyond the limit, and then imports nothing', async () => {
    const half = 'x'.repeat(IMPORT_LIMITS.factsCharacters / 2);
    await put([{ user: 'long', facts: { a: half } }]);
    const answer = await put([
      { user: 'short', facts: { a: 1 } },
      { user: 'long', facts: { b: half } },
    ]);
    expect([answer.statusCode, answer.json<{ detail: string }>().detail.split('\n')]).toEqual([
      400,
      [
        'Nothing was imported.',
        'user "long", facts: 8207 characters with those that are there are more than 8192; remove some with null.',
      ],
    ]);
    expect(await factsOf('short', key)).toEqual({ facts: {}, lists: [] });
    expect(await factsOf('long', key)).toEqual({ facts: { a: half }, lists: [] });
    // Nor in parts within one import.
    const parts = ['a', 'b', 'c'].map((name) => ({ user: 'parts', facts: { [name]: half } }));
    expect((await put(parts)).statusCode).toBe(400);
    expect((await put([{ user: 'long', facts: { a: null, b: half } }])).statusCode).toBe(200);
    expect((await put([{ user: 'long', facts: { a: half } }], 'replace')).statusCode).toBe(200);
  });

  it('says where a list is no JSON, and what an empty body lacks', async () => {
    expect((await put('[{"user": "x"},\n oops]')).json()).toMatchObject({ status: 400 });
    expect((await put('[{"user": "x"},\n {"user": "y" 7}]')).body).toContain('at line 2, column 15');
    expect((await put(' \n')).json<{ detail: string }>().detail).toContain('There is nothing to import');
    expect((await put('{"user": "x", "facts": {}}', 'add')).statusCode).toBe(400);
  });

  it('refuses more than the limits, of bytes and of users', async () => {
    const line = '{"user":"u","lists":[]}\n';
    const many = await put(line.repeat(IMPORT_LIMITS.entries + 1));
    expect([many.statusCode, many.json<{ detail: string }>().detail]).toEqual([
      413,
      'There are 50001 users, more than 50000; send them in several requests.',
    ]);
    expect((await put(' '.repeat(IMPORT_LIMITS.bytes + 1))).statusCode).toBe(413);
  });

  it('takes 20,000 users at once, and finds one of them', async () => {
    const entries = Array.from({ length: 20_000 }, (_, n) => ({
      user: `many-${n}`,
      facts: { n },
      lists: ['all'],
    }));
    expect((await put(entries)).json()).toEqual({ stored: 20_000, removed: 0 });
    expect(await factsOf('many-12345', key)).toEqual({ facts: { n: 12_345 }, lists: ['all'] });
  });

  it('is of one site, and needs one that is there', async () => {
    const answer = await collector.server.app.inject({
      method: 'PUT',
      url: '/api/sites/other/facts',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '[]',
    });
    expect(answer.statusCode).toBe(404);
  });
});

describe('GET /v1/facts/:siteKey', () => {
  let key: NewFactSecret;
  beforeAll(async () => {
    key = await newSecret();
    await put([{ user: 'u-1', facts: { plan: 'gold' }, lists: ['vip'] }]);
  });

  it('answers for the user of the token alone, to be kept by nobody on the way', async () => {
    const answer = await read(sign(claimsOf('u-1'), key.secret), 'shop', { origin: 'https://shop.example' });
    expect(answer.json()).toEqual({ facts: { plan: 'gold' }, lists: ['vip'] });
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'access-control-allow-origin': 'https://shop.example',
      vary: 'origin',
    });
  });

  it('answers for nobody it has heard of as for one of whom nothing is known', async () => {
    await put([{ user: 'known', facts: { a: 1 } }]);
    await put([{ user: 'known', facts: { a: null } }]);
    const answers = await Promise.all(
      ['known', 'never'].map((user) => read(sign(claimsOf(user), key.secret))),
    );
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [200, '{"facts":{},"lists":[]}'],
      [200, '{"facts":{},"lists":[]}'],
    ]);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const good = () => claimsOf('u-1');
  const parts = (token: string) => token.split('.') as [string, string, string];
  const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each<[what: string, forge: (secret: string) => string]>([
    ['no token', () => ''],
    ['no JWT', () => 'u-1'],
    ['signed with another secret', () => sign(good(), 'x'.repeat(43))],
    ['signed with an empty secret', () => sign(good(), '')],
    ['for another site', (secret) => sign(claimsOf('u-1', 'other'), secret)],
    ['for no site', (secret) => sign({ sub: 'u-1', exp: now() + 60 }, secret)],
    ['for a list of sites', (secret) => sign({ ...good(), aud: ['shop'] }, secret)],
    ['about nobody', (secret) => sign({ ...good(), sub: '' }, secret)],
    ['about a number', (secret) => sign({ ...good(), sub: 1 }, secret)],
    ['about too long a user', (secret) => sign(claimsOf('x'.repeat(256)), secret)],
    ['expired', (secret) => sign(claimsOf('u-1', 'shop', -1), secret)],
    ['without an end', (secret) => sign({ sub: 'u-1', aud: 'shop' }, secret)],
    ['with an end that is a text', (secret) => sign({ ...good(), exp: String(now() + 60) }, secret)],
    ['good for longer than a day', (secret) => sign(claimsOf('u-1', 'shop', 24 * 3600 + 120), secret)],
    ['good for ever', (secret) => sign({ ...good(), exp: 1e300 }, secret)],
    ['of the algorithm none', () => `${header({ alg: 'none' })}.${header(good())}.`],
    ['of the algorithm none with a signature', (secret) => sign(good(), secret, { alg: 'none' })],
    ['of HS512', (secret) => sign(good(), secret, { alg: 'HS512' }, 'sha512')],
    ['of HS384 in the header alone', (secret) => sign(good(), secret, { alg: 'HS384' })],
    ['of RS256 with the secret for a key', (secret) => sign(good(), secret, { alg: 'RS256' })],
    ['of hs256', (secret) => sign(good(), secret, { alg: 'hs256' })],
    ['with no algorithm', (secret) => sign(good(), secret, { typ: 'JWT' })],
    ['with critical extensions', (secret) => sign(good(), secret, { alg: 'HS256', crit: ['exp'] })],
    [
      'with another payload under the signature',
      (secret) => {
        const [first, , third] = parts(sign(good(), secret));
        return `${first}.${header({ ...good(), sub: 'u-2' })}.${third}`;
      },
    ],
    ['with a cut signature', (secret) => sign(good(), secret).slice(0, -1)],
    ['with a part more', (secret) => `${sign(good(), secret)}.x`],
    [
      'whose payload is no object',
      (secret) => {
        const signed = `${header({ alg: 'HS256' })}.${Buffer.from('"u-1"').toString('base64url')}`;
        return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      },
    ],
    ['too long', (secret) => sign({ ...good(), more: 'x'.repeat(3000) }, secret)],
  ])('refuses a token %s, and says no more than that', async (_, forge) => {
    const answer = await read(forge(key.secret));
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([
      403,
      'The token is not good: sign a new one, HS256, for this site and at most 24 hours.',
    ]);
  });

  it('refuses two tokens in one address', async () => {
    const token = sign(good(), key.secret);
    const { statusCode } = await collector.server.app.inject(`/v1/facts/shop?token=${token}&token=${token}`);
    expect(statusCode).toBe(403);
  });

  it('knows no other site', async () =>
    expect((await read(sign(good(), key.secret), 'other')).statusCode).toBe(404));

  it('writes no token, user or fact into its log', () => {
    expect(logged.length).toBeGreaterThan(10);
    expect(JSON.stringify(logged)).not.toMatch(/u-1|gold|eyJ|token=/);
    expect(logged.some(({ route, status }) => route === '/v1/facts/:siteKey' && status === 403)).toBe(true);
  });
});

describe('secrets of a site', () => {
  it('are told once, and two of them are good while the servers change over', async () => {
    const [first, second] = [await newSecret(), await newSecret()];
    const status = async ({ secret }: NewFactSecret) => (await read(sign(claimsOf('u'), secret))).statusCode;
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    const third = await newSecret();
    expect([await status(first), await status(second), await status(third)]).toEqual([403, 200, 200]);

    const listed = await ask('GET', 'facts/secrets');
    expect(listed.json<FactSecretList>().secrets.map(({ id }) => id)).toEqual([third.id, second.id]);
    for (const { secret } of [second, third]) expect(listed.body).not.toContain(secret);

    expect((await ask('DELETE', `facts/secrets/${second.id}`)).statusCode).toBe(204);
    expect([await status(second), await status(third)]).toEqual([403, 200]);
    expect((await ask('DELETE', `facts/secrets/${second.id}`)).statusCode).toBe(404);
  });
});

describe('PUT /api/sites/:site/public-facts', () => {
  const program = async () => (await collector.server.app.inject('/v1/program/shop')).json<Program>();

  it('publishes them in place of those before, once for the same', async () => {
    const before = await program();
    expect(before.facts).toBeUndefined();
    const facts = { rfm: { monetary: { high: 50_000 } } };
    const answer = await ask('PUT', 'public-facts', facts);
    expect(answer.json()).toEqual({ version: before.version + 1 });
    expect(await program()).toMatchObject({ version: before.version + 1, facts });
    expect((await ask('PUT', 'public-facts', facts)).json()).toEqual({ version: before.version + 1 });
    await ask('PUT', 'public-facts', { other: 1 });
    expect((await program()).facts).toEqual({ other: 1 });
  });

  it('refuses what could not be named, and publishes nothing', async () => {
    const before = await program();
    const answer = await ask('PUT', 'public-facts', { 'a.b': 1, ok: [{ x: 1 }] });
    expect([answer.statusCode, answer.json<{ detail: string }>().detail.split('\n')]).toEqual([
      400,
      [
        'Nothing was published.',
        'facts.a.b: "a.b" is not a name of a fact; use 1 to 64 characters without ".", "[" and "]"',
        'facts.ok[0]: {"x":1} is not a number, a text, true, false or null; a list holds no others',
      ],
    ]);
    expect(await program()).toEqual(before);
  });
});

it('facts and secrets survive a restart', async () => {
  const key = await newSecret();
  await put([{ user: 'again', facts: { plan: 'gold' } }]);
  const { app: _, ...kept } = collector.server;
  await kept.close();
  const restarted = await startCollector({ dataDir: collector.dataDir });
  const answer = await restarted.server.app.inject(
    `/v1/facts/shop?token=${sign(claimsOf('again'), key.secret)}`,
  );
  expect(answer.json()).toEqual({ facts: { plan: 'gold' }, lists: [] });
  await restarted.remove();
});

describe('the limit of requests', () => {
  it('holds for facts as for batches', async () => {
    const limited = await startCollector({ limits: { addressPerSecond: 1, addressBurst: 2 } });
    const told: unknown[] = [];
    for (const site of ['shop', 'nowhere', 'shop']) {
      const { statusCode, headers } = await limited.server.app.inject({
        url: `/v1/facts/${site}?token=x`,
        headers: { origin: 'https://shop.example' },
      });
      // Whatever it is, the page can read it, and when it may ask again.
      told.push([statusCode, headers['access-control-allow-origin']]);
      expect(headers['access-control-expose-headers']).toBe('retry-after');
    }
    expect(told).toEqual([403, 404, 429].map((status) => [status, 'https://shop.example']));
    await limited.remove();
  });
});
