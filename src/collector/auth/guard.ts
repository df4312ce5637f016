import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.js';
import { COOKIE_NAME, type OpenSession, type Sessions } from './sessions.js';

declare module 'fastify' {
  interface FastifyRequest {
    session: OpenSession | undefined;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Routes that work without a session. */
const OPEN_ROUTES = new Set(['POST /api/session']);

/**
 * One hook in front of every route of the console's API: a session for all but the sign-in, and for whatever changes
 * something the same origin (Sec-Fetch-Site, else Origin) and the session's token in a header (S20).
 */
export function guardRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async (request) => {
    const isMutation = !SAFE_METHODS.has(request.method);
    if (isMutation && !isSameOrigin(request)) throw new Problem(403, 'The request comes from another site.');
    if (OPEN_ROUTES.has(`${request.method} ${request.routeOptions.url}`)) return;
    request.session = await sessions.find(request.cookies[COOKIE_NAME]);
    if (!request.session) throw new Problem(401, 'Please sign in.');
    const token = request.headers['x-kikubari-csrf'];
    if (isMutation && !isSameText(String(token ?? ''), request.session.csrf)) {
      throw new Problem(403, 'The header x-kikubari-csrf is missing or wrong.');
    }
  });
}

function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  return origin === `${request.protocol}://${request.host}`;
}

function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
