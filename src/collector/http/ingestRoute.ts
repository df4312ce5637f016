import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '../../core/events.js';
import { checkBatch } from '../ingest/checkBatch.js';
import { readBatchBody } from '../ingest/body.js';
import { JournalFull } from '../journal/journal.js';
import type { Programs } from '../programs.js';
import type { Site } from '../store/settings.js';
import { Problem } from './problems.js';

export interface IngestDeps {
  programs: Programs;
  /** Resolves when the entry is durable. */
  append: (json: string, events: number) => Promise<void>;
}

/** `POST /v1/batch`: the receipt is sent only after the journal is on disk (D10). */
export async function ingestRoute(app: FastifyInstance, { programs, append }: IngestDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['text/plain', 'application/json'],
    async (request: FastifyRequest, payload: Readable) => readBatchBody(payload, request.headers),
  );

  app.options('/v1/batch', async (request, reply) => {
    if (!programs.sites().some((site) => admits(site, request.headers.origin)))
      throw new Problem(403, WRONG_ORIGIN);
    allow(reply, request.headers.origin);
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, content-encoding',
        'access-control-max-age': '86400',
      })
      .send();
  });

  app.post('/v1/batch', async (request, reply) => {
    const origin = request.headers.origin;
    // A refusal must be readable by the page too, or its SDK could only guess.
    if (programs.sites().some((site) => admits(site, origin))) allow(reply, origin);
    const receivedAt = Date.now();
    const check = checkBatch(request.body);
    if (!check.ok) throw new Problem(check.status, check.detail);
    const published = programs.of(check.batch.site);
    if (!published) throw new Problem(404, `There is no site with the key "${check.batch.site}".`);
    if (!admits(published.site, origin)) throw new Problem(403, WRONG_ORIGIN);
    // A batch may carry drop counters alone.
    if (check.accepted > 0 || Object.keys(check.batch.dropped).length > 0) {
      await store(append, JSON.stringify({ receivedAt, batch: check.batch }), check.accepted);
    }
    const receipt: Receipt = {
      accepted: check.accepted,
      rejected: check.rejected,
      program: programs.of(check.batch.site)?.version ?? published.version,
      commands: [],
    };
    return reply.header('cache-control', 'no-store').send(receipt);
  });
}

const WRONG_ORIGIN = 'This origin is not on the list of the site.';

async function store(append: IngestDeps['append'], json: string, events: number): Promise<void> {
  try {
    await append(json, events);
  } catch (error) {
    const detail =
      error instanceof JournalFull
        ? 'The collector is behind with storing.'
        : 'The collector cannot write to its disk.';
    throw new Problem(503, detail, { 'retry-after': '10' });
  }
}

function admits(site: Site, origin: string | undefined): boolean {
  // Servers and native apps send no Origin; the list is about pages.
  return site.origins === null || origin === undefined || site.origins.includes(origin);
}

function allow(reply: FastifyReply, origin: string | undefined): void {
  void reply.header('vary', 'origin');
  if (origin !== undefined) void reply.header('access-control-allow-origin', origin);
}
