import { purposeOf } from './gates.js';
import type { Program, PublishedCampaign, Variant } from './program.js';
import { withPreset } from './themes.js';

/** The program of a site as the SDK gets it: live campaigns only, by id, and all segments. */
export function compileProgram(
  site: string,
  version: number,
  campaigns: readonly PublishedCampaign[],
  segments: Program['segments'],
  { theme, limits, facts }: Pick<Program, 'theme' | 'limits' | 'facts'> = {},
): Program {
  const live = campaigns.filter(({ status }) => status == 'live').sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    schema: 1,
    site,
    version,
    segments,
    campaigns: live.map(published),
    ...(limits && { limits }),
    ...(facts && { facts }),
    ...(theme && { theme: withPreset(theme) }),
  };
}

/** When it is to be stopped is the collector's affair; of one that is, a device needs no more than to explain it. */
function published({ stop: _stop, ...campaign }: PublishedCampaign): PublishedCampaign {
  if (!campaign.stopped) return { ...campaign, variants: campaign.variants.map(withTokens) };
  const { id, version, name, status, stopped } = campaign;
  const { by, limit, variant, at } = stopped;
  return {
    id,
    version,
    name,
    status,
    // What is left out must not look as if it were another reason, and nothing is to wait for it or be written for it.
    triggers: [{ on: 'manual' }],
    caps: [],
    purpose: purposeOf(campaign),
    variants: [],
    stopped: { by, ...(limit !== undefined && { limit }), ...(variant !== undefined && { variant }), at },
  };
}

/** Themes by their tokens: pages know none of our names. */
function withTokens(variant: Variant): Variant {
  const { content } = variant;
  return content.theme ? { ...variant, content: { ...content, theme: withPreset(content.theme) } } : variant;
}
