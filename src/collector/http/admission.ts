/** Who may talk to a site from a page, and how much. */
import type { FastifyReply } from 'fastify';
import type { Site } from '../store/settings.js';
import { Problem } from './problems.js';

export const WRONG_ORIGIN = 'This origin is not on the list of the site.';

export function admits(site: Site, origin: string | undefined): boolean {
  // Servers and native apps send no Origin; the list is about pages.
  return site.origins === null || origin === undefined || site.origins.includes(origin);
}

/** Lets a page of that origin read the answer. */
export function allow(reply: FastifyReply, origin: string | undefined): void {
  void reply.header('vary', 'origin').header('access-control-expose-headers', 'retry-after');
  if (origin !== undefined) void reply.header('access-control-allow-origin', origin);
}

export function refuseAfter(waitSeconds: number, whose: string): void {
  if (waitSeconds === 0) return;
  const detail = `Too much from ${whose} at once; send again after the time in Retry-After.`;
  throw new Problem(429, detail, { 'retry-after': String(waitSeconds) });
}
