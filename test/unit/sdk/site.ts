/** A page with our SDK in it: the real client over fake-indexeddb, and a collector that is a recorded `fetch`. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { gunzipSync } from 'node:zlib';
import { vi } from 'vitest';
import type { Batch, TrackedEvent } from '../../../src/core/events.js';
import type { Program } from '../../../src/core/program.js';
import { createClientOf } from '../../../src/sdk/client.js';
import type { ReplayClient } from '../../../src/sdk/client.js';
import { createEnvironment } from '../../../src/sdk/environment.js';
import type { Environment } from '../../../src/sdk/environment.js';
import type { ClientOptions } from '../../../src/sdk/types.js';

export type Reply = (batch: Batch) => Response | Promise<Response>;

export interface Site {
  client: ReplayClient;
  /** Every request that left, by path. */
  requests: string[];
  batches: Batch[];
  warnings: string[];
  events(): TrackedEvent[];
  /** What the collector answers from now on. */
  reply: Reply;
  program?: Program;
  /** What the collector answers where it is asked for the facts of a user. */
  facts?: (url: URL) => Response | Promise<Response>;
}

export const accept: Reply = (batch) => {
  const accepted = batch.rows.flatMap((row) => row.events).length;
  return Response.json({ accepted, rejected: [], program: 0, commands: [] });
};

/** How our collector refuses a body. */
export const problem = (status: number) =>
  new Response(JSON.stringify({ status, by: 'kikubari' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** A browser that has stored nothing yet. */
export function freshBrowser() {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  // jsdom has no layout to ask about.
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
}

/** Opens a page of the site; the database of the browser stays. */
export function openSite(options: Partial<ClientOptions> = {}, parts: Partial<Environment> = {}): Site {
  const site = { requests: [], batches: [], warnings: [], reply: accept } as unknown as Site;
  site.events = () => site.batches.flatMap(({ rows }) => rows.flatMap(({ events }) => events));
  const env: Environment = {
    ...createEnvironment(),
    warn: (text) => site.warnings.push(text),
    fetch: async (input, init) => {
      const url = new URL(input as string | URL);
      const { pathname } = url;
      site.requests.push(pathname);
      if (site.facts && pathname.startsWith('/v1/facts/')) return site.facts(url);
      if (pathname !== '/v1/batch')
        return site.program ? Response.json(site.program) : new Response('{}', { status: 404 });
      const batch = readBody(init?.body);
      site.batches.push(batch);
      return site.reply(batch);
    },
    ...parts,
  };
  site.client = createClientOf(
    { site: 'test', endpoint: 'https://collector.example/', ...options },
    { sdk: '0.1.0', env, loadEngagement: () => import('../../../src/sdk/engagement.js') },
  );
  return site;
}

function readBody(body: unknown): Batch {
  const text = typeof body === 'string' ? body : gunzipSync(Buffer.from(body as ArrayBuffer)).toString();
  return JSON.parse(text) as Batch;
}
