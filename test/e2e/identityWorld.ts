/** A site on several hosts, the collector as it is delivered, and what its reports say of the visitors. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { CampaignReport, Timeline, VisitorList } from '../../src/collector/api.js';
import { serve, type ServedCollector } from '../unit/collector/servedCollector.js';

const ROOT = join(import.meta.dirname, '../..');
const SITE = 'shop';

/** Every host under example.test is this machine. */
export const HOSTS = ['--host-resolver-rules=MAP *.example.test 127.0.0.1'];

/** What tells one visitor from another in the reports. */
export interface Known {
  visitor: string;
  user: string | null;
  sessions: number;
  names: string[];
}

export interface World {
  /** A page of the site; `options` are attributes of its script tag. */
  url(host: string, options?: { [attribute: string]: string }): string;
  console(path: string): string;
  password: string;
  kill(): Promise<void>;
  /** On the same folder and port. */
  restart(): Promise<void>;
  /** The visitor in whose timeline the event is. */
  visitorOf(event: string): Promise<Known | undefined>;
  campaign(id: string): Promise<CampaignReport>;
  /** Changes something of the site by the console's API. */
  put(path: string, body: unknown): Promise<unknown>;
  post<T>(path: string): Promise<T>;
  remove(): Promise<void>;
}

export async function startWorld(campaigns: unknown): Promise<World> {
  const data = await mkdtemp(join(tmpdir(), 'kikubari-identity-'));
  const file = join(data, 'campaigns.json');
  await writeFile(file, JSON.stringify(campaigns));
  const command = join(ROOT, 'src/collector/dist/kikubari.js');
  const start = (port: string) =>
    serve({ data: join(data, 'store'), command, args: ['--port', port, '--campaigns', file] });
  let collector: ServedCollector = await start('0');
  const { url: endpoint, password = '' } = collector;
  const site = await startSite(endpoint);
  const { port } = site.address() as AddressInfo;

  let cookie = '';
  const get = async <T>(path: string): Promise<T> => {
    cookie ||= await signIn(endpoint, password);
    const answer = await fetch(`${endpoint}/api/sites/${SITE}/${path}`, { headers: { cookie } });
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as T;
  };

  const change = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const signed = await signInWith(endpoint, password);
    const answer = await fetch(`${endpoint}/api/sites/${SITE}/${path}`, {
      method,
      headers: { ...signed, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return answer.json();
  };

  return {
    url: (host, options = {}) =>
      `http://${host}.example.test:${port}/page?${new URLSearchParams(options).toString()}`,
    console: (path) => `${endpoint}/console/${SITE}${path}`,
    password,
    kill: () => collector.kill(),
    async restart() {
      collector = await start(new URL(endpoint).port);
    },
    async visitorOf(event) {
      const { visitors } = await get<VisitorList>('visitors?limit=200');
      for (const { visitor, user, sessions } of visitors) {
        const timeline = await get<Timeline>(`visitors/${visitor}`);
        const names = timeline.sessions.flatMap(({ events }) => events.map(({ name }) => name));
        if (names.includes(event)) return { visitor, user, sessions, names };
      }
      return undefined;
    },
    campaign: (id) => get<CampaignReport>(`campaigns/${id}`),
    put: (path, body) => change('PUT', path, body),
    post: <T>(path: string) => change('POST', path) as Promise<T>,
    async remove() {
      await collector.kill();
      site.closeAllConnections();
      site.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function startSite(endpoint: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://host');
    const script = /^\/([\w.-]+\.js)$/.exec(pathname)?.[1];
    if (script)
      return void readFile(join(ROOT, 'dist/browser', script)).then(
        (body) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(body),
        () => response.writeHead(404).end(),
      );
    const attributes = [...searchParams].map(([name, value]) => ` data-${name}="${value}"`).join('');
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><html lang="en"><title>Host</title><script async src="/kikubari.js" data-site="${SITE}" data-endpoint="${endpoint}"${attributes}></script><p>Host page</p></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const signIn = async (endpoint: string, password: string): Promise<string> =>
  (await signInWith(endpoint, password)).cookie;

/** Headers of somebody who may change things. */
async function signInWith(endpoint: string, password: string) {
  const answer = await fetch(`${endpoint}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@localhost', password }),
  });
  const { csrf } = (await answer.json()) as { csrf: string };
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, 'x-kikubari-csrf': csrf };
}

/** Calls the page's SDK as a site's developer would, and gives back what it resolves to. */
export async function kikubari(page: Page, ...args: unknown[]): Promise<unknown> {
  await page.waitForFunction(() => !!(globalThis as { kikubari?: { version?: string } }).kikubari?.version);
  return page.evaluate(
    (given) =>
      (globalThis as unknown as { kikubari(...args: unknown[]): Promise<unknown> }).kikubari(...given),
    args,
  );
}

/** Tracks an event that is on disk afterwards. */
export const track = async (page: Page, name: string) =>
  expect(await kikubari(page, 'track', name)).toMatchObject({ durable: true });

/** Waits until everything is delivered. */
export const delivered = (page: Page) =>
  expect.poll(() => kikubari(page, 'flush'), { timeout: 30_000 }).toBe(true);
