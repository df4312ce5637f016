import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { SHAPES } from '../../core/validate/vocabulary.js';
import type { CouponDesk } from '../couponDesk.js';
import type { RateLimit } from '../ingest/rateLimit.js';
import { UUID } from '../ingest/shapes.js';
import type { Programs } from '../programs.js';
import { truncateAddress } from './clientAddress.js';
import { admits, answerPages, refuseAfter, WRONG_ORIGIN } from './fromPages.js';
import { Problem } from './problems.js';
import { requireSite } from './sites.js';

const ClaimBody = Type.Object({
  site: Type.String({ minLength: 1, maxLength: 64 }),
  campaign: Type.String({ pattern: SHAPES.campaignId.source }),
  pool: Type.String({ pattern: SHAPES.id.source }),
  visitor: Type.String({ pattern: UUID }),
  // Half a surrogate pair is no text for DuckDB, which would refuse all claims of its group.
  user: Type.Optional(Type.String({ minLength: 1, maxLength: 255, pattern: '^\\P{Cs}*$' })),
});

export interface ClaimDeps {
  programs: Programs;
  desk: CouponDesk;
  /** Of claims alone: a code is worth more than an event. */
  perClaimer: RateLimit;
}

/**
 * `POST /v1/coupon`: the one code of that person and campaign, `{code}`, or `{code: null}` if the pool has none left. Answered only
 * when it is on disk; may be asked again as often as one likes.
 */
export async function claimRoute(
  app: FastifyInstance,
  { programs, desk, perClaimer }: ClaimDeps,
): Promise<void> {
  app.removeAllContentTypeParsers();
  // As simple as a batch: a page needs no leave to send plain text.
  app.addContentTypeParser(
    ['text/plain', 'application/json'],
    { parseAs: 'string', bodyLimit: 2048 },
    (_request, body, done) => {
      try {
        done(null, JSON.parse(body as string));
      } catch {
        done(new Problem(400, 'The body is not JSON.'));
      }
    },
  );
  answerPages(app, programs);
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  app.post<{ Body: Static<typeof ClaimBody> }>(
    '/v1/coupon',
    {
      schema: { body: ClaimBody },
      onRequest: async (request) =>
        refuseAfter(perClaimer.take(truncateAddress(request.ip), 1, Date.now()), 'this network'),
    },
    async ({ body: { site, campaign, pool, visitor, user }, headers }) => {
      const published = requireSite(programs, site);
      if (!admits(published.site, headers.origin)) throw new Problem(403, WRONG_ORIGIN);
      if (!published.gives(campaign, pool))
        throw new Problem(404, `The campaign "${campaign}" is not live, or gives no code of "${pool}".`);
      const claimed = desk.claim({ site, campaign, pool, visitor, ...(user !== undefined && { user }) });
      if (!claimed) throw busy();
      return {
        code: await claimed.catch(() => {
          throw busy();
        }),
      };
    },
  );
}

const busy = () =>
  new Problem(503, 'The collector cannot give codes at the moment.', { 'retry-after': '10' });
