import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Batch, Receipt } from '../../core/events.js';
import { countUp, type Counters } from '../counters.js';
import { noRoom, parseBody, readBatchBody, type BatchBody } from '../ingest/body.js';
import { checkEvents, countEvents, envelopeProblem } from '../ingest/checkBatch.js';
import type { Hold, MemoryBudget } from '../ingest/memoryBudget.js';
import type { RateLimit } from '../ingest/rateLimit.js';
import { JournalFull } from '../journal/journal.js';
import type { Programs } from '../programs.js';
import { wrapWhole, writeEntry } from '../store/journalEntry.js';
import { truncateAddress } from './clientAddress.js';
import { admits, answerPages, refuseAfter, WRONG_ORIGIN } from './fromPages.js';
import { Problem } from './problems.js';
import { requireSite } from './sites.js';

export interface IngestDeps {
  programs: Programs;
  /** Resolves when the entry is durable. */
  append: (json: readonly Buffer[], events: number) => Promise<void>;
  journal: () => { isFull: boolean };
  budget: MemoryBudget;
  perAddress: RateLimit;
  perSite: RateLimit;
  counters: Counters;
}

/** `POST /v1/batch`: the receipt is sent only after the journal is on disk (D10). */
export async function ingestRoute(app: FastifyInstance, deps: IngestDeps): Promise<void> {
  const { programs, budget, perAddress, counters } = deps;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['text/plain', 'application/json'],
    async (request: FastifyRequest, payload: Readable) => readBatchBody(payload, request.headers, budget),
  );
  answerPages(app, programs);

  app.options('/v1/batch', async (request, reply) => {
    if (!programs.sites().some((site) => admits(site, request.headers.origin)))
      throw new Problem(403, WRONG_ORIGIN);
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type, content-encoding',
        'access-control-max-age': '86400',
      })
      .send();
  });

  app.post<{ Body: BatchBody }>(
    '/v1/batch',
    {
      onRequest: async (request) => {
        // The body is still unread: what is refused here has cost nearly nothing.
        if (deps.journal().isFull) throw journalFull();
        refuseAfter(perAddress.take(truncateAddress(request.ip), 1, Date.now()), 'this network');
      },
      onResponse: async (_request, reply) => countUp(counters.batches, reply.statusCode),
    },
    async (request, reply) => {
      const { json, hold } = request.body;
      // The promise below holds what is needed while it waits for the disk, and nothing else.
      request.body = undefined as never;
      try {
        // When the request began, not when it had all arrived: a slow upload is not a slow clock.
        const receivedAt = Math.round(Date.now() - reply.elapsedTime);
        const receipt = await accept({ json, hold, receivedAt, origin: request.headers.origin }, deps);
        return await reply.header('cache-control', 'no-store').send(receipt);
      } finally {
        hold.release();
      }
    },
  );
}

interface Arrived {
  json: Buffer;
  hold: Hold;
  receivedAt: number;
  origin: string | undefined;
}

async function accept(arrived: Arrived, deps: IngestDeps): Promise<Receipt> {
  const { programs, counters } = deps;
  const checked = check(arrived, deps);
  const { accepted, rejected, site } = checked;
  if (checked.record) await store(deps.append, checked.record, accepted, arrived.hold);
  counters.eventsAccepted += accepted;
  for (const { code } of rejected) countUp(counters.eventsRejected, code);
  return { accepted, rejected, program: programs.of(site)?.version ?? 0, commands: [] };
}

interface Checked {
  site: string;
  accepted: number;
  rejected: Receipt['rejected'];
  /** What the journal must hold; undefined if that is nothing. */
  record: readonly Buffer[] | undefined;
}

/** Everything that needs the parsed batch, in one go: afterwards only bytes are kept, a quarter of its size in memory. */
function check({ json, receivedAt, origin }: Arrived, { programs, perSite }: IngestDeps): Checked {
  const body = parseBody(json);
  const problem = envelopeProblem(body);
  if (problem) throw new Problem(problem.status, problem.detail);
  const batch = body as Batch;
  const { site } = batch;
  if (!admits(requireSite(programs, site).site, origin)) throw new Problem(403, WRONG_ORIGIN);
  refuseAfter(perSite.take(site, 1 + countEvents(batch), Date.now()), 'this site');
  const { stored, stream, accepted, rejected, isWhole } = checkEvents(batch, json.length);
  // A batch may carry drop counters alone.
  const isEmpty = accepted === 0 && Object.keys(batch.dropped).length === 0;
  const write = () => (isWhole ? wrapWhole(receivedAt, json) : writeEntry(receivedAt, stored, stream));
  return { site, accepted, rejected, record: isEmpty ? undefined : write() };
}

async function store(
  append: IngestDeps['append'],
  record: readonly Buffer[],
  events: number,
  hold: Hold,
): Promise<void> {
  // The record takes the place of the body, or has it in it.
  if (!hold.resize(record.reduce((sum, piece) => sum + piece.length, 0))) throw noRoom();
  try {
    await append(record, events);
  } catch (error) {
    if (error instanceof JournalFull) throw journalFull();
    throw new Problem(503, 'The collector cannot write to its disk.', { 'retry-after': '10' });
  }
}

function journalFull(): Problem {
  return new Problem(503, 'The collector is behind with storing.', { 'retry-after': '10' });
}
