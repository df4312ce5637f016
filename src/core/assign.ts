import { CONTROL } from './automatic.js';
import type { Json } from './events.js';
import type { Campaign } from './program.js';

/** Gives a person (user, else visitor) the arm of a campaign. `arms`: those of the first exposures of all campaigns. */
export type Assign = (person: string, campaign: Campaign, arms: { [campaign: string]: Json }) => string;

/**
 * A number in [0, 1), the same for the same text everywhere and for ever: FNV-1a over UTF-16 code units
 * (http://www.isthe.com/chongo/tech/comp/fnv/), then MurmurHash3's 32-bit finaliser, without which similar ids cluster.
 */
export function unitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * The arm of a person (user, else visitor): `control` or a variant's id, by weight. Control and variant are drawn
 * independently, so raising the control share moves nobody from one variant to another.
 */
export function assign(person: string, campaign: Campaign): string {
  if (unitHash(`${campaign.id}/control/${person}`) < (campaign.control ?? 0)) return CONTROL;
  const { variants } = campaign;
  const total = variants.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let point = unitHash(`${campaign.id}/variant/${person}`) * total;
  return (variants.find(({ weight = 1 }) => (point -= weight) < 0) ?? variants[0]!).id;
}
