import { createHash, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppDeps } from './app.js';
import { metricsText, type MetricsDeps } from './metricsText.js';
import { Problem } from './problems.js';

type HealthDeps = MetricsDeps & Pick<AppDeps, 'version' | 'metricsToken'>;

/**
 * `/healthz` for balancers: 503 when a batch sent now would not be taken or would not reach the reports. `/metrics` for whoever
 * runs it, in Prometheus's text format: numbers only, but they tell how much a site is visited, so not for everybody.
 */
export async function healthRoutes(app: FastifyInstance, deps: HealthDeps): Promise<void> {
  const connections = promisify(app.server.getConnections.bind(app.server));

  app.get('/healthz', (_request, reply) => {
    const storeOk = deps.store.isAlive();
    const { isFailing, isFull, missingSegments } = deps.journal();
    const journalOk = !isFailing && !isFull;
    return reply
      .code(storeOk && journalOk ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        status: storeOk && journalOk ? 'ok' : 'failing',
        journalLagEvents: deps.lag().events,
        storeOk,
        journalOk,
        // No reason to refuse new events, so no 503; a person must look.
        missingSegments,
        version: deps.version,
      });
  });

  app.get('/metrics', async (request, reply) => {
    if (!isFromThisMachine(request) && !hasToken(request, deps.metricsToken))
      throw new Problem(404, 'There is nothing here.');
    return reply
      .headers({ 'cache-control': 'no-store', 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
      .send(metricsText(deps, await connections()));
  });
}

/** A proxy on this machine hands on what comes from outside, and says so. */
function isFromThisMachine({ socket, headers }: FastifyRequest): boolean {
  const isForwarded = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => name in headers);
  return !isForwarded && /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = request.headers.authorization ?? '';
  return token !== undefined && timingSafeEqual(digest(given), digest(`Bearer ${token}`));
}
