import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.mjs';
import type { CampaignFile, Program } from '../../src/core/program.js';
import { installInto, pack, temporaryFolder, type Packed } from './packing.js';

const START_MS = 60_000;
const { folder, remove } = temporaryFolder();
let packed: Packed;
let warnings: string;
let server: ChildProcess | undefined;

beforeAll(async () => {
  packed = await pack('src/collector', folder);
  warnings = await installInto(folder, packed.tarball);
});

afterAll(() => {
  server?.kill('SIGKILL');
  remove();
});

/** Starts the installed command and resolves the address it prints. */
function serve() {
  const command = join(folder, 'node_modules/.bin/kikubari');
  // By its path and not through npx, so that a signal reaches the collector itself.
  return addressOf(
    spawn(process.execPath, [command, 'serve', '--port', '0', '--data', join(folder, 'data')], {
      cwd: folder,
    }),
  );
}

async function addressOf(
  child: ChildProcess,
): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  server = child;
  let text = '';
  child.stdout?.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (text += part.toString()));
  for (const until = Date.now() + START_MS; Date.now() < until && child.exitCode === null;) {
    const url = /http:\/\/(?:127\.0\.0\.1|localhost):[1-9]\d*/.exec(text)?.[0];
    if (url) return { child, url, output: () => text };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The packed collector printed no address (exit code ${child.exitCode}):\n${text}`);
}

describe('the tarball of the collector', () => {
  it('holds its code, the console and the SDK files, and nothing of the sources', () => {
    const others = packed.files.filter(
      (path) => !path.startsWith('dist/') && !/^(README\.md|LICENSE)$/.test(path),
    );
    expect(others).toEqual(['package.json']);
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'dist/kikubari.js',
        'dist/LICENSE',
        'dist/console/index.html',
        'dist/sdk/kikubari.js',
        'dist/schema/campaigns.json',
        'dist/schema/program.json',
      ]),
    );
  });

  it('asks for no newer Node than it promises', () => {
    expect(warnings).not.toContain('EBADENGINE');
  });

  it('is a whole installation: in an empty folder it serves itself, the SDK and the console, and stops when told', async () => {
    const { child, url, output } = await serve();
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.text(), output()]).toEqual([
      200,
      expect.any(String),
      expect.any(String),
    ]);

    const script = await fetch(`${url}/kikubari.js`);
    expect([script.status, script.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('javascript'),
    ]);

    const packedSchema = join(folder, 'node_modules/kikubari-collector/dist/schema/campaigns.json');
    const schema = await fetch(`${url}/v1/schema/campaigns.json`);
    expect(await schema.json()).toEqual(JSON.parse(readFileSync(packedSchema, 'utf8')));

    const console = await fetch(`${url}/console/`);
    expect([console.status, await console.text()]).toEqual([200, expect.stringContaining('<script')]);

    const exited = once(child, 'exit');
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  });

  // A free port instead of README's: others may use that one here; a folder of its own, because campaigns are loaded at the first start.
  it('starts as README says, with the files a shell makes of *.json', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const line = /^npx kikubari-collector serve .*$/m
      .exec(readme)![0]
      .replace('--port 4600', '--port 0')
      .replace('./data', './readme-data');
    cpSync(join(root, 'examples/campaigns'), join(folder, 'campaigns'), { recursive: true });
    const files = readdirSync(join(folder, 'campaigns')).filter((name) => name.endsWith('.json'));
    const ids = files.flatMap((name) => {
      const { campaigns } = JSON.parse(readFileSync(join(folder, 'campaigns', name), 'utf8')) as CampaignFile;
      return campaigns.filter(({ status }) => status === 'live').map(({ id }) => id);
    });
    // A group of its own, so that the signal reaches the collector behind the shell and npx.
    const { child, url } = await addressOf(spawn(line, { cwd: folder, shell: true, detached: true }));
    const program = (await (await fetch(`${url}/v1/program/default`)).json()) as Program;
    expect(program.campaigns.map(({ id }) => id).sort()).toEqual(ids.sort());
    const closed = once(child, 'close');
    process.kill(-child.pid!, 'SIGINT');
    await closed;
  });
});
