import type { FastifyInstance } from 'fastify';
import { userOfToken } from '../facts/token.js';
import type { RateLimit } from '../ingest/rateLimit.js';
import type { Programs } from '../programs.js';
import type { Store } from '../store/storeClient.js';
import { admits, answerPages, refuseAfter, WRONG_ORIGIN } from './fromPages.js';
import { truncateAddress } from './clientAddress.js';
import { Problem } from './problems.js';
import { DATA_HEADERS } from './securityHeaders.js';
import { requireSite } from './sites.js';

interface FactsDeps {
  programs: Programs;
  store: Store;
  perAddress: RateLimit;
  perSite: RateLimit;
}

/**
 * `GET /v1/facts/:siteKey?token=`: what the site has imported about the user its token speaks of. The token stands in the
 * address, because with a header a page would have to ask beforehand whether it may; it is logged nowhere here. One answer for all
 * that is wrong with it, and the same for users nothing is known of as for those nobody has heard of.
 */
export async function factsRoute(
  app: FastifyInstance,
  { programs, store, perAddress, perSite }: FactsDeps,
): Promise<void> {
  answerPages(app, programs);
  app.get<{ Params: { siteKey: string }; Querystring: { token?: unknown } }>(
    '/v1/facts/:siteKey',
    async ({ params: { siteKey }, query, headers: { origin }, ip }, reply) => {
      refuseAfter(perAddress.take(truncateAddress(ip), 1, Date.now()), 'this network');
      const published = requireSite(programs, siteKey);
      if (!admits(published.site, origin)) throw new Problem(403, WRONG_ORIGIN);
      void reply.headers({ ...DATA_HEADERS, 'cross-origin-resource-policy': 'cross-origin' });
      refuseAfter(perSite.take(siteKey, 1, Date.now()), 'this site');
      const secrets = published.secrets.map(({ secret }) => secret);
      const user = userOfToken(query.token, siteKey, secrets, Date.now());
      if (user === undefined)
        throw new Problem(
          403,
          'The token is not good: sign a new one, HS256, for this site and at most 24 hours.',
        );
      return reply
        .header('cache-control', 'private, no-store')
        .send(await store.personalFactsOf(siteKey, user));
    },
  );
}
