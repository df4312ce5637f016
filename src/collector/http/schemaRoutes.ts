import type { FastifyInstance } from 'fastify';
import { SCHEMAS } from '../../core/validate/schema/schemas.js';
import { etagOf, matches } from './etag.js';
import { Problem } from './problems.js';
import { DATA_HEADERS } from './securityHeaders.js';

const FILES = new Map(
  Object.entries(SCHEMAS).map(([file, schema]) => {
    const json = JSON.stringify(schema);
    return [file, { json, etag: etagOf(json) }];
  }),
);

/**
 * `GET /v1/schema/campaigns.json`: the JSON Schemas of what this collector checks and serves, for editors and tools anywhere. The
 * address stays while the format does, and what it answers grows with each release, so it is asked for again after an hour.
 */
export async function schemaRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { file: string } }>('/v1/schema/:file', (request, reply) => {
    void reply.header('access-control-allow-origin', '*').headers(DATA_HEADERS);
    const found = FILES.get(request.params.file);
    if (!found) throw new Problem(404, `There is no such schema; ask for ${[...FILES.keys()].join(' or ')}.`);
    void reply.headers({
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
      etag: found.etag,
    });
    if (matches(request.headers['if-none-match'], found.etag)) return reply.code(304).send();
    return reply.header('content-type', 'application/schema+json; charset=utf-8').send(found.json);
  });
}
