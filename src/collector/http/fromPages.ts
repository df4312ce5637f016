import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Programs } from '../programs.js';
import type { Site } from '../store/settings.js';
import { Problem } from './problems.js';

/** What all routes have in common that pages of any origin may post to. */
export const WRONG_ORIGIN = 'This origin is not on the list of the site.';

export function admits(site: Site, origin: string | undefined): boolean {
  // Servers and native apps send no Origin; the list is about pages.
  return site.origins === null || origin === undefined || site.origins.includes(origin);
}

/**
 * Makes all answers of these routes readable by pages of the sites here. Before anything is looked at: of a refusal that its page
 * cannot read, the SDK could only guess what it was.
 */
export function answerPages(app: FastifyInstance, programs: Programs): void {
  app.addHook('onRequest', async ({ headers: { origin } }, reply) => {
    if (programs.sites().some((site) => admits(site, origin))) allow(reply, origin);
  });
}

function allow(reply: FastifyReply, origin: string | undefined): void {
  void reply.header('vary', 'origin').header('access-control-expose-headers', 'retry-after');
  if (origin !== undefined) void reply.header('access-control-allow-origin', origin);
}

export function refuseAfter(waitSeconds: number, whose: string): void {
  if (waitSeconds === 0) return;
  const detail = `Too much from ${whose} at once; send again after the time in Retry-After.`;
  throw new Problem(429, detail, { 'retry-after': String(waitSeconds) });
}
