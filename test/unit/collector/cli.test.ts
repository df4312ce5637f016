import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCollector } from './builtCollector.js';
import { startCollector, temporaryFolder } from './collector.js';
import { CAMPAIGNS } from './reports/world.js';

const folder = temporaryFolder();
let command: string;

beforeAll(async () => {
  command = join(await builtCollector(), 'kikubari.js');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [command, ...args], { cwd: folder });
  let out = '';
  let err = '';
  child.stdout.on('data', (part) => (out += String(part)));
  child.stderr.on('data', (part) => (err += String(part)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

/** Starts a collector that listens, and stops it; resolves to what it printed. */
async function startAndStop(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [command, 'serve', '--quiet', ...args], { cwd: folder });
  let out = '';
  for await (const part of child.stdout) if ((out += String(part)).includes('Ctrl-C')) child.kill('SIGINT');
  return out;
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const campaign = {
  ...CAMPAIGNS[1],
  variants: [
    {
      id: 'only',
      content: { format: 'modal', cards: [{ id: 'c', blocks: [{ block: 'text', text: 'Hi' }] }] },
    },
  ],
};

describe('kikubari', () => {
  it('explains itself, and what it does not know', async () => {
    expect(await run('help')).toMatchObject({ code: 0, out: expect.stringContaining('kikubari serve') });
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await run('dance')).toEqual({
      code: 1,
      out: '',
      err: 'There is no command "dance"; "kikubari help" lists them.\n',
    });
    expect((await run('serve', '--prot', '1')).err).toMatch(
      /^Unknown option '--prot'.*"kikubari help" lists the options\.\n$/,
    );
    expect((await run('serve', '--port', '99999')).err).toBe(
      '--port must be a whole number from 0 to 65535, not "99999".\n',
    );
  });

  it('validates campaign files: path, value and fix, or where the JSON breaks', async () => {
    const good = file('good.json', JSON.stringify({ kikubari: 1, campaigns: [campaign] }));
    expect(await run('validate', good)).toMatchObject({ code: 0, out: `${good}: good, 1 campaign(s)\n` });
    const over = { ...campaign, schedule: { until: '2026-01-01T00:00:00Z' } };
    const late = file('late.json', JSON.stringify({ kikubari: 1, campaigns: [over] }));
    expect(await run('validate', late)).toEqual({
      code: 0,
      out: `${late}: good, 1 campaign(s)\n`,
      err: `warning: ${late}: campaigns[0].schedule.until: "2026-01-01T00:00:00Z" is in the past, so it is never due again; choose a later moment, or end the campaign\n`,
    });
    const bad = file(
      'bad.json',
      JSON.stringify({ kikubari: 1, campaigns: [{ ...campaign, status: 'lively' }] }),
    );
    const result = await run('validate', good, bad);
    expect([result.code, result.err]).toEqual([
      1,
      expect.stringMatching(/^error: .*bad\.json: campaigns\[0\]\.status: "lively" .+\n/),
    ]);
    const broken = file('broken.json', '{\n  "kikubari": 1,\n  oops\n}');
    expect((await run('validate', broken)).err).toMatch(/broken\.json: not JSON: .* at line 3, column 3\n$/);
    expect((await run('validate', 'none.json')).err).toBe(
      'none.json: there is no such file; give the path of a campaign file.\n',
    );
    expect(
      (await run('serve', '--port', '0', '--data', join(folder, 'unused'), '--campaigns', bad)).err,
    ).toContain('"lively"');
  });

  describe('takes the files of a site together', () => {
    const write = (name: string, content: object) => file(name, JSON.stringify({ kikubari: 1, ...content }));
    const campaigns = [campaign];
    const spent = { event: 'purchase', measure: 'sum', of: 'value', is: { gte: { public: 'high' } } };
    const rich = write('rich.json', { segments: { rich: spent }, campaigns: [] });
    const named = write('named.json', { campaigns: [{ ...campaign, audience: { segment: 'rich' } }] });
    const facts = write('facts.json', { facts: { high: 5 }, campaigns: [] });

    it('so that one names segments and facts of another', async () => {
      expect(await run('validate', named, rich, facts)).toMatchObject({ code: 0, err: '' });
      expect((await run('validate', named)).err).toContain('define it under "segments"');
      const other = write('other.json', { facts: { low: 1 }, campaigns: [] });
      expect(await run('validate', rich, other)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^error: .*"high" is not a public fact; use "low"\n$/),
      });
    });

    it('of which none has facts: they may be published, so a missing one is warned of', async () => {
      const { code, err } = await run('validate', rich);
      expect([code, err]).toEqual([
        0,
        `warning: ${rich}: segments.rich.is.gte.public: "high" is not a public fact; define it under "facts"\n`,
      ]);
      const started = await startAndStop('--port', '0', '--data', join(folder, 'rich'), '--campaigns', rich);
      expect(started).toContain('Kikubari is running');
    });

    it('and refuses, as serve does, what stands in two of them', async () => {
      const shared = { facts: { high: 5 }, limits: { holdOut: 0.1 }, theme: { radius: 4 } };
      const segments = { rich: spent, poor: { not: spent } };
      const [first, second] = ['first', 'second'].map((name) =>
        write(`${name}.json`, { ...shared, segments, campaigns }),
      );
      const only = 'a site has only one, so keep one of them';
      const lines = [
        `limits: {"holdOut":0.1} stands in ${first} at limits too; ${only}`,
        `facts: {"high":5} stands in ${first} at facts too; ${only}`,
        `theme: {"radius":4} stands in ${first} at theme too; ${only}`,
        `segments.rich: "rich" stands in ${first} at segments.rich too; give each its own name`,
        `segments.poor: "poor" stands in ${first} at segments.poor too; give each its own name`,
        `campaigns[0].id: "${campaign.id}" stands in ${first} at campaigns[0].id too; give each its own id`,
      ].map((line) => `${second}: ${line}\n`);
      expect(await run('validate', first!, second!)).toEqual({
        code: 1,
        out: `${first}: good, 1 campaign(s)\n`,
        err: lines.map((line) => `error: ${line}`).join(''),
      });
      const served = ['serve', '--port', '0', '--data', join(folder, 'twice'), '--campaigns'];
      expect(await run(...served, first!, second!)).toEqual({ code: 1, out: '', err: lines.join('') });
    });

    it('and finds circles of segments that close through another file', async () => {
      const [one, two] = ['one', 'two'].map((name) =>
        write(`${name}-circle.json`, {
          segments: { [name]: { segment: name === 'one' ? 'two' : 'one' } },
          campaigns,
        }),
      );
      const { code, err } = await run('validate', one!, two!);
      expect(code).toBe(1);
      expect(err.match(/needs itself/g)).toHaveLength(2);
    });
  });

  it('says in one sentence what stands in its way, and exits with 1', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const port = (blocker.address() as AddressInfo).port;
    expect(await run('serve', '--quiet', '--port', String(port), '--data', join(folder, 'one'))).toEqual({
      code: 1,
      out: '',
      err: `Port ${port} is already in use; choose another one with --port, for example --port ${port + 1}.\n`,
    });
    blocker.close();
    const notAFolder = file('plain-file', '');
    expect((await run('serve', '--port', '0', '--data', join(notAFolder, 'x'))).err).toMatch(
      /^The data folder \S+ cannot be written \(.+\); choose another one with --data DIR\.\n$/,
    );
    for (const name of ['events.duckdb', 'settings.duckdb']) {
      const data = join(folder, `damaged-${name}`);
      mkdirSync(data);
      writeFileSync(join(data, name), 'this is no database, but long enough to look at'.repeat(200));
      const before = readFileSync(join(data, name));
      const { code, err } = await run('serve', '--quiet', '--port', '0', '--data', data);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining(`${name} cannot be opened and was left untouched`),
      ]);
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(readFileSync(join(data, name)).equals(before)).toBe(true);
    }
  });

  it('shows the password at the first start that listens, whatever failed before', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const port = String((blocker.address() as AddressInfo).port);
    const data = join(folder, 'occupied');
    expect((await run('serve', '--quiet', '--port', port, '--data', data)).err).toContain('already in use');
    blocker.close();
    expect(await startAndStop('--port', '0', '--data', data)).toMatch(/Password +\w{20} /);
    expect(await startAndStop('--port', '0', '--data', data)).not.toContain('Password');
  });

  it('takes all files a shell makes of --campaigns *.json, and no other word', async () => {
    const good = file('one.json', JSON.stringify({ kikubari: 1, campaigns: CAMPAIGNS }));
    const bad = file('two.json', '[]');
    const serve = (...args: string[]) =>
      run('serve', '--port', '0', '--data', join(folder, 'never'), ...args);
    expect((await serve('--campaigns', good, bad)).err).toContain('two.json: ');
    const stray = (word: string) =>
      `"serve" does not know what to do with "${word}"; "kikubari help" lists its options.\n`;
    expect((await serve('--campaigns', good, 'quickly')).err).toBe(stray('quickly'));
    expect((await serve(good)).err).toBe(stray(good));
  });

  it('keeps one folder to one collector, and gives a new password only while it is stopped', async () => {
    const running = await startCollector();
    const inUse =
      /^Another collector \(process \d+\) is already using the data folder \S+; stop it or choose another folder with --data DIR\.\n$/;
    expect((await run('serve', '--port', '0', '--data', running.dataDir)).err).toMatch(inUse);
    expect((await run('password', '--data', running.dataDir)).err).toMatch(inUse);
    await expect(startCollector({ dataDir: running.dataDir })).rejects.toThrow(/already using/);
    await running.server.close();
    const reset = await run('password', '--data', running.dataDir);
    const password = /Password +(\S+)/.exec(reset.out)?.[1];
    expect([reset.code, password]).toEqual([0, expect.stringMatching(/^\w{20}$/)]);
    const again = await startCollector({ dataDir: running.dataDir });
    const signIn = (payload: object) =>
      again.server.app.inject({ method: 'POST', url: '/api/session', payload });
    expect((await signIn(running.server.firstAdmin!)).statusCode).toBe(401);
    expect((await signIn({ email: 'admin@localhost', password })).statusCode).toBe(200);
    expect(again.server.firstAdmin).toBeUndefined();
    await again.remove();
    expect((await run('password', '--data', join(folder, 'nothing'))).err).toMatch(
      /is not a data folder of Kikubari/,
    );
  });
});
