import type { FastifyInstance } from 'fastify';
import type { Programs } from '../programs.js';
import { matches } from './etag.js';
import { DATA_HEADERS } from './securityHeaders.js';
import { requireSite } from './sites.js';

/** `GET /v1/program/:siteKey`: public, cacheable by any CDN; `?v=N` of the version in force never changes. */
export async function programRoute(
  app: FastifyInstance,
  { programs }: { programs: Programs },
): Promise<void> {
  app.get<{ Params: { siteKey: string }; Querystring: { v?: string } }>(
    '/v1/program/:siteKey',
    async (request, reply) => {
      void reply.header('access-control-allow-origin', '*').headers(DATA_HEADERS);
      const published = requireSite(programs, request.params.siteKey);
      const isPinned = request.query.v === String(published.version);
      void reply.headers({
        'cache-control': isPinned ? 'public, max-age=31536000, immutable' : 'public, max-age=30',
        'cross-origin-resource-policy': 'cross-origin',
        etag: published.etag,
      });
      if (matches(request.headers['if-none-match'], published.etag)) return reply.code(304).send();
      return reply.header('content-type', 'application/json; charset=utf-8').send(published.json);
    },
  );
}
