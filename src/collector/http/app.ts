import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { guardRoutes } from '../auth/guard.js';
import { sessionRoutes } from '../auth/sessionRoutes.js';
import { createSessions } from '../auth/sessions.js';
import { createThrottle } from '../auth/throttle.js';
import { createCouponDesk } from '../couponDesk.js';
import type { Counters } from '../counters.js';
import type { Intake } from '../intake.js';
import { createMemoryBudget } from '../ingest/memoryBudget.js';
import { createRateLimit } from '../ingest/rateLimit.js';
import type { CollectorLimits } from '../limits.js';
import type { Log } from '../log.js';
import type { Programs } from '../programs.js';
import { campaignStatusRoute, reportRoutes } from './apiRoutes.js';
import { claimRoute } from './claimRoute.js';
import { truncateAddress } from './clientAddress.js';
import { couponRoutes } from './couponRoutes.js';
import { discardRest } from './discardRest.js';
import { backtestRoute, evaluationRoutes } from './evaluationRoutes.js';
import { factSecretRoutes, factsImportRoute, publicFactsRoute } from './factsApiRoutes.js';
import { factsRoute } from './factsRoute.js';
import { healthRoutes } from './healthRoutes.js';
import { ingestRoute } from './ingestRoute.js';
import { consoleRoutes, pageRoutes } from './pageRoutes.js';
import { Problem, problemOf, sendProblem } from './problems.js';
import { programRoute } from './programRoute.js';
import { schemaRoutes } from './schemaRoutes.js';
import { sdkRoutes } from './sdkRoutes.js';
import { commonHeaders } from './securityHeaders.js';
import { stopRoute } from './stopRoute.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, so that a test can hold all of them to the same rules. */
    routeTable: { method: string; url: string }[];
  }
}

export interface AppDeps extends Intake {
  programs: Programs;
  counters: Counters;
  limits: CollectorLimits;
  /** Lets others than this machine read `/metrics`. */
  metricsToken?: string | undefined;
  version: string;
  log: Log;
  /** Proxy hops in front whose X-Forwarded-For is believed; 0 for none. */
  trustProxy: number;
  sdkDir: string;
  consoleDir: string;
  extraStatic?: { prefix: string; dir: string } | undefined;
  /** Where `/` leads. */
  root: string;
}

const FIFTEEN_MINUTES_MS = 15 * 60_000;

/** The HTTP side: routes in front of the journal and the store. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: deps.trustProxy > 0 ? (_address: string, hop: number) => hop < deps.trustProxy : false,
    genReqId: () => randomUUID(),
    bodyLimit: 64 * 1024,
    requestTimeout: deps.limits.requestMs,
    keepAliveTimeout: 65_000,
    // Nothing in either direction for so long, as with a client that asks and never reads; longer than any report takes.
    connectionTimeout: 180_000,
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: Math.min(15_000, deps.limits.requestMs),
      connectionsCheckingInterval: Math.min(5_000, deps.limits.requestMs / 2),
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
  });
  recordRoutes(app);
  addCommon(app, deps.log);
  limitConnections(app, deps);
  const ingest = {
    ...deps,
    budget: createMemoryBudget(deps.limits.bufferBytes),
    perAddress: createRateLimit(deps.limits.addressPerSecond, deps.limits.addressBurst),
    perSite: createRateLimit(deps.limits.sitePerSecond, deps.limits.siteBurst),
  };
  await app.register(ingestRoute, ingest);
  await app.register(claimRoute, {
    ...deps,
    desk: createCouponDesk(deps.store, deps.log),
    perClaimer: createRateLimit(deps.limits.claimsPerSecond, deps.limits.claimsBurst),
  });
  await app.register(healthRoutes, ingest);
  await app.register(programRoute, deps);
  await app.register(schemaRoutes);
  await app.register(factsRoute, ingest);
  await app.register(async (api) => registerApi(api, deps));
  await app.register(consoleRoutes, deps);
  // Called, not registered with these options: fastify would take `prefix` for a prefix of its own and mount it twice.
  if (deps.extraStatic) await pageRoutes(app, deps.extraStatic);
  await app.register(sdkRoutes, deps);
  app.get('/', (_request, reply) => reply.redirect(deps.root, 302));
  return app;
}

function recordRoutes(app: FastifyInstance): void {
  app.decorate('routeTable', []);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) app.routeTable.push({ method: one, url });
  });
}

function limitConnections(app: FastifyInstance, { limits, counters }: AppDeps): void {
  app.server.maxConnections = limits.connections;
  app.server.on('drop', () => void (counters.connectionsRefused += 1));
}

async function registerApi(api: FastifyInstance, { store, programs }: AppDeps): Promise<void> {
  const sessions = createSessions(store);
  await api.register(cookie);
  guardRoutes(api, sessions);
  api.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  sessionRoutes(api, {
    store,
    sessions,
    programs,
    perAccount: createThrottle(10, FIFTEEN_MINUTES_MS),
    perAddress: createThrottle(30, FIFTEEN_MINUTES_MS),
  });
  reportRoutes(api, { store, programs });
  evaluationRoutes(api, { store, programs });
  backtestRoute(api, { store, programs });
  campaignStatusRoute(api, { store, programs });
  stopRoute(api, { store, programs });
  couponRoutes(api, { store, programs });
  publicFactsRoute(api, { store, programs });
  factSecretRoutes(api, { store, programs });
  await api.register(factsImportRoute, { store, programs });
}

function addCommon(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(commonHeaders(request.protocol === 'https'));
  });
  app.addHook('onResponse', async (request, reply) => {
    log.info('request', {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      address: truncateAddress(request.ip),
    });
  });
  app.setErrorHandler(async (error: Error, request, reply) => {
    const problem = problemOf(error as never);
    // A 503 is an answer we chose, and its cause has its own line; this is what nobody foresaw.
    if (problem.status >= 500 && !(error instanceof Problem))
      log.error('request failed', { requestId: request.id, reason: error.message });
    if (!request.raw.complete) await discardRest(request.raw);
    // Without this what is still unread then would be waited for.
    if (!request.raw.complete) void reply.header('connection', 'close');
    return sendProblem(reply, request, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, request, new Problem(404, 'There is nothing here.')),
  );
}

/** An address fastify cannot look a route for; no hook runs for it. */
function answerBadAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(commonHeaders(request.protocol === 'https'));
  void sendProblem(reply, request, problemOf(error));
}

/** What cannot even be read as HTTP, or came too slowly. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, title] = isSlow
    ? [408, 'Request Timeout']
    : isLong
      ? [431, 'Request Header Fields Too Large']
      : [400, 'Bad Request'];
  const body = JSON.stringify({ type: 'about:blank', title, status, requestId: randomUUID() });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
