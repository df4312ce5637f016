import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CouponPoolList, CouponUpload } from '../../../src/collector/api.js';
import { openDatabase } from '../../../src/collector/store/database.js';
import type { LogEntry } from '../../../src/collector/log.js';
import type { Campaign } from '../../../src/core/program.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';
import { serve } from './servedCollector.js';

const offer = (id: string, pool: string): Campaign => ({
  id,
  name: id,
  status: 'live',
  triggers: [{ on: 'page' }],
  variants: [
    {
      id: 'a',
      content: {
        format: 'modal',
        cards: [
          {
            id: 'one',
            blocks: [
              { block: 'heading', text: 'For you' },
              { block: 'coupon', pool },
            ],
          },
        ],
      },
    },
  ],
});
const CAMPAIGNS = [
  offer('spring', 'ten'),
  offer('summer', 'ten'),
  offer('many', 'many'),
  offer('rare', 'rare'),
  { ...offer('asleep', 'ten'), status: 'paused' as const },
];
const codes = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);

let collector: TestCollector;
let session: Awaited<ReturnType<TestCollector['signIn']>>;
const log: LogEntry[] = [];
beforeAll(async () => {
  collector = await startCollector({
    campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }],
    limits: { claimsPerSecond: 1, claimsBurst: 2000 },
    log: (entry) => log.push(entry),
  });
  session = await collector.signIn();
});
afterAll(() => collector.remove());

async function upload(pool: string, given: unknown) {
  const answer = await collector.server.app.inject({
    method: 'POST',
    url: `/api/sites/shop/coupons/${pool}`,
    headers: session,
    payload: { codes: given },
  });
  return { status: answer.statusCode, ...answer.json<CouponUpload & { detail: string }>() };
}

interface Person {
  visitor: string;
  user?: string;
}
const someone = (user?: string): Person => ({ visitor: randomUUID(), ...(user !== undefined && { user }) });
async function claim(campaign: string, pool: string, person: Person, headers = {}) {
  const answer = await collector.server.app.inject({
    method: 'POST',
    url: '/v1/coupon',
    headers: { 'content-type': 'text/plain', ...headers },
    payload: JSON.stringify({ site: 'shop', campaign, pool, ...person }),
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    ...answer.json<{ code: string | null; detail?: string }>(),
  };
}
const codeOf = async (campaign: string, pool: string, person: Person) =>
  (await claim(campaign, pool, person)).code;

describe('a pool', () => {
  it('takes codes once, however often they are uploaded', async () => {
    expect(await upload('ten', codes('TEN', 6))).toMatchObject({
      pool: 'ten',
      size: 6,
      left: 6,
      added: 6,
      known: 0,
    });
    expect(await upload('ten', [...codes('TEN', 8), 'TEN-7'])).toMatchObject({ size: 8, added: 2, known: 7 });
    expect(await upload('many', codes('MANY', 100_000))).toMatchObject({ status: 200, size: 100_000 });
    expect(await upload('rare', ['ONLY-ONE'])).toMatchObject({ left: 1 });
    const list = await collector.get<CouponPoolList>('coupons');
    expect(list.pools.map(({ pool, size, claimed, left }) => [pool, size, claimed, left])).toEqual([
      ['many', 100_000, 0, 100_000],
      ['rare', 1, 0, 1],
      ['ten', 8, 0, 8],
    ]);
  });

  it.each<[pool: string, what: string, given: unknown[], status: number, detail: string]>([
    ['ten', 'no code', [], 400, 'codes: [] is empty; upload at least one code.'],
    [
      'ten',
      'a space',
      ['A', 'two words'],
      400,
      'codes[1]: "two words" is not a code; use 1 to 64 visible characters without spaces.',
    ],
    [
      'ten',
      'a number',
      [5],
      400,
      'codes[0]: 5 is not a code; use 1 to 64 visible characters without spaces.',
    ],
    [
      'ten',
      'what is elsewhere',
      ['NEW', 'MANY-3'],
      409,
      'codes[1]: "MANY-3" is in the pool "many" already; leave it out: a code is for one person.',
    ],
    [
      'no%20pool',
      'a name',
      ['A'],
      400,
      'pool: "no pool" is not an id; use 1 to 64 letters, digits, "-" or "_".',
    ],
    [
      'ten',
      'too many',
      codes('X', 100_001),
      400,
      'codes: 100001 are more than 100000 at once; upload them in parts, to the same pool.',
    ],
  ])('refuses %s %s', async (pool, _, given, status, detail) => {
    expect(await upload(pool, given)).toMatchObject({ status, detail });
    expect((await collector.get<CouponPoolList>('coupons')).pools.map(({ size }) => size)).toEqual([
      100_000, 1, 8,
    ]);
  });
});

describe('a claim', () => {
  it('gives a person the same code each time, and no two persons one', async () => {
    const [ann, bob] = [someone(), someone()];
    expect(await codeOf('spring', 'ten', ann)).toBe('TEN-0');
    expect(await codeOf('spring', 'ten', bob)).toBe('TEN-1');
    expect(await codeOf('spring', 'ten', ann)).toBe('TEN-0');
    // Another campaign is another code.
    expect(await codeOf('summer', 'ten', ann)).toBe('TEN-2');
  });

  it('goes by the user, on each device, also if it was a visitor before', async () => {
    const phone = someone();
    const first = await codeOf('spring', 'ten', phone);
    expect(await codeOf('spring', 'ten', { ...phone, user: 'carol' })).toBe(first);
    expect(await codeOf('spring', 'ten', someone('carol'))).toBe(first);
    // Somebody else on the same browser is somebody else.
    const other = await codeOf('spring', 'ten', { ...phone, user: 'dave' });
    expect(other).not.toBe(first);
    expect(await codeOf('spring', 'ten', someone('dave'))).toBe(other);
  });

  it('gives none that is not there, and what was given is not taken back', async () => {
    const first = someone();
    expect(await codeOf('rare', 'rare', first)).toBe('ONLY-ONE');
    expect(await claim('rare', 'rare', someone())).toMatchObject({ status: 200, code: null });
    expect(await codeOf('rare', 'rare', first)).toBe('ONLY-ONE');
    await upload('rare', ['ONE-MORE']);
    expect(await codeOf('rare', 'rare', someone())).toBe('ONE-MORE');
  });

  it.each([
    ['a campaign that is not live', { campaign: 'asleep', pool: 'ten' }, 404],
    ['a pool that the campaign does not have', { campaign: 'spring', pool: 'many' }, 404],
    ['a visitor that is none', { campaign: 'spring', pool: 'ten', visitor: 'me' }, 400],
    ['a site that is not there', { campaign: 'spring', pool: 'ten', site: 'nowhere' }, 404],
  ])('of %s is refused', async (_, { campaign, pool, ...more }, status) => {
    const answer = await claim(campaign, pool, { ...someone(), ...more });
    expect([answer.status, answer.code]).toEqual([status, undefined]);
  });

  it('may come from a page of any origin, and is kept by no cache', async () => {
    const { headers } = await claim('spring', 'ten', someone('carol'), { origin: 'https://shop.example' });
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'cache-control': 'no-store',
    });
  });

  it('of hundreds at once gives each person one, whoever asks twice', async () => {
    const persons = Array.from({ length: 300 }, (_, at) => someone(at % 3 ? undefined : `user-${at % 90}`));
    const asked = [...persons, ...persons].sort(() => Math.random() - 0.5);
    const given = await Promise.all(
      asked.map(async (one) => [one.user ?? one.visitor, await codeOf('many', 'many', one)]),
    );
    const byPerson = new Map<string, Set<unknown>>();
    for (const [who, code] of given) byPerson.set(who!, (byPerson.get(who!) ?? new Set()).add(code));
    expect([...byPerson.values()].every((own) => own.size === 1)).toBe(true);
    expect(new Set(given.map(([, code]) => code)).size).toBe(byPerson.size);
    const { pools } = await collector.get<CouponPoolList>('coupons');
    expect(pools.find(({ pool }) => pool === 'many')!.claimed).toBe(byPerson.size);
  });

  it('whose user is half a character is refused, and those that came with it are served', async () => {
    const [broken, sound, whole] = await Promise.all([
      claim('many', 'many', { ...someone(), user: '\ud800' }),
      claim('many', 'many', someone('sound')),
      claim('many', 'many', someone('😀')),
    ]);
    expect([broken.status, broken.code]).toEqual([400, undefined]);
    expect([sound, whole].map(({ status, code }) => [status, code])).toEqual(
      [sound, whole].map(() => [200, expect.stringMatching(/^MANY-/)]),
    );
  });

  it('too often from one network is told when to come again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 2000 }, () => claim('spring', 'ten', someone('carol'))),
    );
    const refused = answers.find(({ status }) => status === 429)!;
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('codes', () => {
  it('stand in no program, report, log or audit', async () => {
    const program = await collector.server.app.inject('/v1/program/shop');
    const campaigns = JSON.stringify([
      await collector.get('campaigns'),
      await collector.get('campaigns/spring'),
    ]);
    await collector.server.close();
    const database = await openDatabase(join(collector.dataDir, 'settings.duckdb'), 64);
    const sql = await database.connect();
    const audit = JSON.stringify(await sql.rows('SELECT * FROM audit'));
    database.close();
    expect(audit).toContain('"2 codes"');
    for (const text of [program.body, campaigns, JSON.stringify(log), audit])
      expect(text).not.toMatch(/TEN-\d|ONLY-ONE|MANY-\d/);
  });
});

describe('a collector that is killed while hundreds claim', () => {
  it('has given no code twice, and no person two', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'offers.json');
    writeFileSync(file, JSON.stringify({ kikubari: 1, campaigns: [offer('many', 'many')] }));
    const start = () => serve({ data: join(folder, 'data'), args: ['--campaigns', file] });
    let served = await start();
    const login = await fetch(`${served.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@localhost', password: served.password }),
    });
    const { csrf } = (await login.json()) as { csrf: string };
    const uploaded = await fetch(`${served.url}/api/sites/shop/coupons/many`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: login.headers.get('set-cookie')!.split(';')[0]!,
        'x-kikubari-csrf': csrf,
      },
      body: JSON.stringify({ codes: codes('C', 900) }),
    });
    expect(uploaded.status).toBe(200);

    const ask = async (person: Person): Promise<string | null | undefined> => {
      const body = JSON.stringify({ site: 'shop', campaign: 'many', pool: 'many', ...person });
      const answer = await fetch(`${served.url}/v1/coupon`, { method: 'POST', body }).catch(() => undefined);
      return answer?.ok ? ((await answer.json()) as { code: string | null }).code : undefined;
    };
    const acknowledged = new Map<string, string | null>();
    const persons = Array.from({ length: 240 }, () => someone());
    let [lost, told] = [0, 0];
    const note = async (person: Person) => {
      const code = await ask(person).catch(() => undefined);
      if (code === undefined) return void lost++;
      told++;
      const known = acknowledged.get(person.visitor);
      expect(known ?? code).toBe(code);
      acknowledged.set(person.visitor, code);
    };
    // On a busy machine all may have been told by the time it is killed: then once more.
    for (let round = 0; round < 3 || (!lost && round < 12); round++) {
      const before = told;
      const claims = persons.slice(0, 80 * (round + 1)).map(note);
      // Some have been told their code by then, others are under way.
      await vi.waitFor(() => expect(told).toBeGreaterThanOrEqual(before + 10), {
        timeout: 30_000,
        interval: 1,
      });
      await served.kill();
      await Promise.all(claims);
      served = await start();
    }
    expect(lost).toBeGreaterThan(0);
    await Promise.all(persons.map(note));
    expect(acknowledged.size).toBe(persons.length);
    expect(new Set(acknowledged.values()).size).toBe(persons.length);
    await served.kill();

    const database = await openDatabase(join(folder, 'data/settings.duckdb'), 64);
    const sql = await database.connect();
    const rows = await sql.rows<{ visitor: string; code: string }>('SELECT visitor, code FROM coupon_claims');
    const [pool] = await sql.rows<{ taken: number }>('SELECT taken FROM coupon_pools');
    database.close();
    expect(new Map(rows.map(({ visitor, code }) => [visitor, code]))).toEqual(acknowledged);
    expect([rows.length, pool!.taken]).toEqual([persons.length, persons.length]);
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);
});
