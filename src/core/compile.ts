import type { Program } from './program.js';

/** The program of a site as the SDK gets it: live campaigns only, by id, and all segments. */
export function compileProgram(
  site: string,
  version: number,
  campaigns: readonly Program['campaigns'][number][],
  segments: Program['segments'],
  { theme, limits, facts }: Pick<Program, 'theme' | 'limits' | 'facts'> = {},
): Program {
  const live = campaigns.filter(({ status }) => status == 'live').sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    schema: 1,
    site,
    version,
    segments,
    campaigns: live,
    ...(limits && { limits }),
    ...(facts && { facts }),
    ...(theme && { theme }),
  };
}
