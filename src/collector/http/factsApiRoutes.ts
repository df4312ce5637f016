import { randomBytes, randomUUID } from 'node:crypto';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Properties } from '../../core/events.js';
import { validateFacts } from '../../core/validate/campaignFile.js';
import { quoted } from '../../core/validate/report.js';
import type { FactSecretList, FactsImport, NewFactSecret, PublicFactsPublished } from '../api.js';
import { IMPORT_LIMITS, readImport } from '../facts/importBody.js';
import type { Programs } from '../programs.js';
import type { Store } from '../store/storeClient.js';
import { Problem } from './problems.js';
import { changeBy, requireSite, type SiteParams } from './sites.js';

const ImportQuery = Type.Object({
  mode: Type.Union([Type.Literal('merge'), Type.Literal('replace')], { default: 'merge' }),
});

/** More than these help nobody. */
const SHOWN_PROBLEMS = 20;

interface Deps {
  store: Store;
  programs: Programs;
}

/** What only the server knows of users. Registered, for it reads bodies in its own way. */
export async function factsImportRoute(app: FastifyInstance, { store, programs }: Deps): Promise<void> {
  // Lines are ours to number, and a list of so many users is more than others may send.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ['application/json', 'application/x-ndjson', 'application/jsonl', 'text/plain'],
    { parseAs: 'buffer', bodyLimit: IMPORT_LIMITS.bytes },
    (_request, body, done) => done(null, body),
  );
  app.put<{ Params: SiteParams; Querystring: Static<typeof ImportQuery>; Body: Buffer | undefined }>(
    '/api/sites/:site/facts',
    { schema: { querystring: ImportQuery }, bodyLimit: IMPORT_LIMITS.bytes },
    async (request): Promise<FactsImport> => {
      const change = changeBy(programs, request);
      const entries = readImport(request.body ?? Buffer.of());
      const result = await store.importFacts(change, request.query.mode, entries);
      if (!('tooLong' in result)) return result;
      const { tooLong: user, characters } = result;
      throw new Problem(
        400,
        `Nothing was imported.\nuser ${quoted(user)}, facts: ${characters} characters with those that are there are more than ${IMPORT_LIMITS.factsCharacters}; remove some with null.`,
      );
    },
  );
}

/** Facts that are the same for all visitors of a site. */
export function publicFactsRoute(app: FastifyInstance, { store, programs }: Deps): void {
  app.put<{ Params: SiteParams; Body: Properties }>(
    '/api/sites/:site/public-facts',
    async (request): Promise<PublicFactsPublished> => {
      const change = changeBy(programs, request);
      const lines = validateFacts(request.body).problems.map(({ message }) => message);
      if (lines.length > 0)
        throw new Problem(400, ['Nothing was published.', ...lines.slice(0, SHOWN_PROBLEMS)].join('\n'));
      const version = await store.putPublicFacts(change, request.body);
      await programs.reload();
      return { version };
    },
  );
}

/** The secrets that open personal facts to the pages of a site. */
export function factSecretRoutes(app: FastifyInstance, { store, programs }: Deps): void {
  app.get<{ Params: SiteParams }>(
    '/api/sites/:site/facts/secrets',
    async ({ params }): Promise<FactSecretList> => ({
      secrets: requireSite(programs, params.site).secrets.map(({ id, created }) => ({
        id,
        created: new Date(created).toISOString(),
      })),
    }),
  );

  app.post<{ Params: SiteParams }>('/api/sites/:site/facts/secrets', async (request, reply) => {
    const change = changeBy(programs, request);
    const made: NewFactSecret = { id: randomUUID(), secret: randomBytes(32).toString('base64url') };
    await store.addFactSecret(change, made.id, made.secret);
    await programs.reload();
    return reply.code(201).send(made);
  });

  app.delete<{ Params: SiteParams & { id: string } }>(
    '/api/sites/:site/facts/secrets/:id',
    async (request, reply) => {
      const isRemoved = await store.removeFactSecret(changeBy(programs, request), request.params.id);
      if (!isRemoved) throw new Problem(404, 'There is no secret with this id.');
      await programs.reload();
      return reply.code(204).send();
    },
  );
}
