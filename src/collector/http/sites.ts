import type { FastifyRequest } from 'fastify';
import type { Programs, PublishedProgram } from '../programs.js';
import type { Change } from '../store/settings.js';
import { Problem } from './problems.js';

/** What routes of a site have in their address. */
export interface SiteParams {
  site: string;
}

/** What is published of the site; 404 if there is none with the key, which may be as long as an address. */
export function requireSite(programs: Programs, site: string): PublishedProgram {
  const published = programs.of(site);
  if (!published) throw new Problem(404, `There is no site with the key "${site.slice(0, 64)}".`);
  return published;
}

/** Who changes which site, now. Only for routes that need a session. */
export function changeBy(
  programs: Programs,
  { params: { site }, session }: Pick<FastifyRequest, 'session'> & { params: SiteParams },
): Change {
  requireSite(programs, site);
  return { site, actor: session!.email, atMs: Date.now() };
}
