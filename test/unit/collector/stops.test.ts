import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CampaignExplanation, CampaignList, CampaignReport } from '../../../src/collector/api.js';
import { openDatabase } from '../../../src/collector/store/database.js';
import type { LogEntry } from '../../../src/collector/log.js';
import type { Properties, TrackedEvent } from '../../../src/core/events.js';
import type { Campaign, Program, Stop } from '../../../src/core/program.js';
import { uuidv7 } from '../../../src/core/uuid.js';
import { batchOf, bytes, rowOf, seeded } from './batches.js';
import { startCollector, temporaryFolder, type TestCollector } from './collector.js';

const random = seeded(21);
const campaign = (id: string, stop: Stop, more: Partial<Campaign> = {}): Campaign => ({
  id,
  name: `Named ${id}`,
  status: 'live',
  triggers: [{ on: 'page' }],
  caps: [{ count: 3, per: 'ever' }],
  variants: [{ id: 'a', content: { format: 'modal', cards: [{ id: 'one', blocks: [] }] } }],
  goal: { event: 'purchase', window: '1d' },
  stop,
  ...more,
});
const content = { format: 'modal' as const, cards: [] };
const CAMPAIGNS = [
  campaign('poll', { responses: 5 }),
  campaign('sale', { goals: 3, responses: 1000 }),
  campaign('harmful', { harm: true }, { control: 0.5, variants: [{ id: 'bad', content }, { id: 'good', content }] }), // prettier-ignore
  campaign('harmless', { harm: true }, { control: 0.5 }),
  campaign('paused', { responses: 1 }, { status: 'paused' }),
  campaign('endless', { responses: 1 }, { stop: undefined }),
];

/** What one person does of a campaign: in one session, at once. */
interface Doing {
  campaign: string;
  variant?: string;
  names: string[];
}
function person({ campaign, variant = 'a', names }: Doing, user?: string) {
  const now = Date.now();
  const events = names.map((name, index): TrackedEvent => {
    const properties: Properties = name.startsWith('$') ? { campaign, version: 1, variant } : {};
    return { name, time: now - 60_000 + index, properties };
  });
  const rows = events.map((event, key) => rowOf([event], random, { key, id: uuidv7(now, bytes(random)) }));
  return batchOf(rows, randomUUID(), { clock: [now, 0], ...(user !== undefined && { user }) });
}

let collector: TestCollector;
let folder: string;
const log: LogEntry[] = [];
const start = () =>
  startCollector({
    dataDir: join(folder, 'data'),
    campaigns: [{ kikubari: 1, campaigns: CAMPAIGNS }],
    stopPauseMs: 20,
    log: (entry) => log.push(entry),
  });
let session: Awaited<ReturnType<TestCollector['signIn']>>;
beforeAll(async () => {
  folder = temporaryFolder();
  collector = await start();
  session = await collector.signIn();
});
afterAll(async () => {
  await collector.remove();
  rmSync(folder, { recursive: true, force: true });
});

const send = (doing: Doing, user?: string) => collector.send(person(doing, user));
const sendMany = (count: number, doing: Doing) =>
  Promise.all(Array.from({ length: count }, () => send(doing)));
const program = async () => (await collector.server.app.inject('/v1/program/shop')).json<Program>();
const published = async (id: string) => (await program()).campaigns.find((one) => one.id === id);
const isStopped = async (id: string) => expect((await published(id))?.stopped).toBeDefined();
const waitUntilStopped = (id: string) => vi.waitFor(() => isStopped(id), { timeout: 30_000, interval: 20 });
/** The console's API; a session outlives a restart. */
const api = async <Result>(path: string, method: 'GET' | 'POST' | 'PUT' = 'GET', payload?: object) => {
  const url = `/api/sites/shop/${path}`;
  const answer = await collector.server.app.inject({
    method,
    url,
    headers: session,
    ...(payload && { payload }),
  });
  return { ...answer.json<Result>(), status: answer.statusCode };
};
/** Everything sent is applied and has been looked at. */
async function looked() {
  await api('overview');
  await new Promise((resolve) => setTimeout(resolve, 600));
}
const putStop = (id: string, stop: unknown) =>
  api<{ detail?: string; version?: number }>(`campaigns/${id}/stop`, 'PUT', { stop });
const ANSWERED = ['$exposure', '$answer'];
const BOUGHT = ['$exposure', 'purchase'];

describe('a campaign that is to be stopped', () => {
  it('goes on up to its limit, and pages are told nothing of it', async () => {
    await sendMany(4, { campaign: 'poll', names: ANSWERED });
    await sendMany(9, { campaign: 'paused', names: ANSWERED });
    await sendMany(9, { campaign: 'endless', names: ANSWERED });
    // The same person on two devices is one.
    await send({ campaign: 'sale', names: BOUGHT }, 'ann');
    await send({ campaign: 'sale', names: BOUGHT }, 'ann');
    await send({ campaign: 'sale', names: BOUGHT });
    await looked();
    const { campaigns, version } = await program();
    expect(campaigns.filter(({ stopped }) => stopped)).toEqual([]);
    expect(JSON.stringify(campaigns)).not.toContain('"stop"');
    expect(version).toBe(2);
  });

  it('is stopped by the person that reaches it, and says why', async () => {
    await send({ campaign: 'poll', names: ANSWERED });
    await waitUntilStopped('poll');
    const { stopped, variants, ...rest } = (await published('poll'))!;
    expect(stopped).toEqual({ by: 'responses', limit: 5, at: expect.any(String) as string });
    expect(Math.abs(Date.parse(stopped!.at) - Date.now())).toBeLessThan(60_000);
    expect(variants).toEqual([]);
    expect(rest).toEqual({
      id: 'poll',
      name: 'Named poll',
      version: 1,
      status: 'live',
      triggers: [{ on: 'manual' }],
      caps: [],
      purpose: 'personalise',
    });
    // A receipt tells devices that there is another program.
    const { program: version } = await send({ campaign: 'poll', names: ANSWERED });
    expect(version).toBe(3);
    expect(log.find(({ message }) => message === 'campaign stopped')).toMatchObject({
      campaign: 'poll',
      reason: 'responses: 5 of 5',
    });
  });

  it('stands so in the reports, with what was counted', async () => {
    const { stopped, campaign } = await api<CampaignReport>('campaigns/poll');
    expect(campaign.status).toBe('live');
    expect(stopped).toEqual({ by: 'responses', limit: 5, found: 5, at: expect.any(String) as string });
    const { campaigns } = await api<CampaignList>('campaigns');
    expect(campaigns.flatMap(({ id, stopped: why }) => (why ? [[id, why]] : []))).toEqual([
      ['poll', stopped],
    ]);
  });

  it('is stopped by its goal when so many persons reached that', async () => {
    await send({ campaign: 'sale', names: BOUGHT });
    await waitUntilStopped('sale');
    expect((await published('sale'))!.stopped).toMatchObject({ by: 'goals', limit: 3 });
  });

  it('explains itself by the log of a visitor', async () => {
    const batch = person({ campaign: 'other', names: ['$page_view'] });
    await collector.send(batch);
    await api('overview');
    const { gate, sentences } = await api<CampaignExplanation>('explain', 'POST', {
      campaign: 'poll',
      visitor: batch.visitor,
    });
    expect(gate).toBe('status');
    expect(sentences.en[1]).toMatch(/^The campaign has been stopped: 5 responses were reached \(20/);
    expect(sentences.ja[1]).toMatch(/^キャンペーンは自動で終了しました: 回答者が 5 人に達しました/);
  });
});

describe('harm', () => {
  const arm = async (campaign: string, variant: string, persons: number, buyers: number) => {
    await sendMany(buyers, { campaign, variant, names: BOUGHT });
    await sendMany(persons - buyers, { campaign, variant, names: ['$exposure'] });
  };

  it('stops a campaign once it is proven of a variant, and only then', async () => {
    await arm('harmful', 'control', 300, 120);
    await arm('harmful', 'good', 150, 60);
    await arm('harmful', 'bad', 150, 50);
    await arm('harmless', 'control', 150, 50);
    await arm('harmless', 'a', 150, 75);
    await looked();
    await expect(isStopped('harmful')).rejects.toThrow();
    await arm('harmful', 'bad', 150, 0);
    await waitUntilStopped('harmful');
    await looked();
    await expect(isStopped('harmless')).rejects.toThrow();
    expect((await published('harmful'))!.stopped).toMatchObject({ by: 'harm', variant: 'bad' });
    const { stopped } = await api<CampaignReport>('campaigns/harmful');
    // 50 of 300 against 120 of 300.
    expect(stopped!.difference!.value).toBeCloseTo(-0.2333, 4);
    expect(stopped!.difference!.high).toBeLessThan(0);
  }, 60_000);

  it('is not talked away by the same condition', async () => {
    const { status, detail } = await putStop('harmful', { harm: true });
    expect(status).toBe(409);
    expect(detail).toMatch(/^stop\.harm: variant "bad" is proven to do harm \(-\d/);
    expect(await putStop('harmful', { goals: 10_000 })).toMatchObject({ status: 200 });
    expect((await published('harmful'))!.stopped).toBeUndefined();
  });
});

describe('PUT …/stop', () => {
  it.each([
    [
      { responses: 5 },
      409,
      'stop.responses: 5 is reached already, by 6 persons; give more than 6, or remove it.',
    ],
    [{ responses: 0 }, 400, 'stop.responses: 0 is not a number of persons; use a whole number of 1 or more'],
    [
      { answers: 9 },
      400,
      'stop.answers: 9 is not known here; use "goals", "responses" or "harm", or remove it',
    ],
    [9, 400, 'stop: 9 is not an object; write {…}'],
  ])('refuses %j', async (stop, status, detail) => {
    expect(await putStop('poll', stop)).toMatchObject({ status, detail });
    await isStopped('poll');
  });

  it('finds no campaign that is not there', async () =>
    expect(await putStop('nowhere', { responses: 5 })).toMatchObject({ status: 404 }));

  it('keeps a stop through a restart, with its moment', async () => {
    const before = await published('poll');
    await collector.server.close();
    collector = await start();
    expect(await published('poll')).toEqual(before);
  });

  it('lets a campaign go on with a higher limit, until that is reached', async () => {
    expect(await putStop('poll', { responses: 7 })).toMatchObject({ status: 200, version: 2 });
    expect(await published('poll')).toMatchObject({ version: 2, variants: [{ id: 'a' }] });
    await send({ campaign: 'poll', names: ANSWERED });
    await waitUntilStopped('poll');
    expect((await published('poll'))!.stopped!.limit).toBe(7);
    expect(await putStop('poll', null)).toMatchObject({ status: 200 });
    await looked();
    expect(await published('poll')).not.toHaveProperty('stopped');
  });

  it('leaves all of it in the audit', async () => {
    await collector.server.close();
    const database = await openDatabase(join(folder, 'data/settings.duckdb'), 64);
    const sql = await database.connect();
    const rows = await sql.rows<{ actor: string; action: string; target: string; detail: string }>(
      "SELECT actor, action, target, detail FROM audit WHERE action LIKE 'stop%' ORDER BY made",
    );
    database.close();
    expect(
      rows.map(({ actor, action, target, detail }) => [actor, action, target, detail].join(' | ')),
    ).toEqual([
      'collector | stop | poll | responses: 5 of 5',
      'collector | stop | sale | goals: 3 of 3',
      'collector | stop | harmful | harm: variant bad',
      'admin@localhost | stop conditions | harmful | {"harm":true} -> {"goals":10000}',
      'admin@localhost | stop conditions | poll | {"responses":5} -> {"responses":7}',
      'collector | stop | poll | responses: 7 of 7',
      'admin@localhost | stop conditions | poll | {"responses":7} -> null',
    ]);
    collector = await start();
  });
});
