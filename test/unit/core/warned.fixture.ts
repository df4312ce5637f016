/** Campaign files that are sound but for one thing, and what is warned of in them. */
import { expect } from 'vitest';
import type { Campaign, CampaignFile } from '../../../src/core/program.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { NOW } from '../../cases/expand.js';
import { sound } from './campaignFile.fixture.js';

export const { variants } = sound().campaigns[0]!;

/** A file of one campaign that is sound but for what the test says. */
export const fileOf = (campaign: Partial<Campaign>, file: Partial<CampaignFile> = {}): CampaignFile => ({
  kikubari: 1,
  ...file,
  campaigns: [{ id: 'c', name: 'C', status: 'live', triggers: [{ on: 'page' }], variants, ...campaign }],
});

/** Where it is warned, all problems being warnings that begin with their path and the value there. */
export function warnedAt(file: CampaignFile, now: number | undefined = NOW): string[] {
  const { problems } = validateCampaignFile(file, { segments: ['of the site'] }, now);
  for (const { severity, path, message } of problems) {
    expect(severity).toBe('warning');
    expect(message.startsWith(`${path}: `)).toBe(true);
    expect(message).toMatch(/[;,] (change|choose|remove|check|use|lower|keep|add|or) /);
  }
  return problems.map(({ path }) => path.replace('campaigns[0].', ''));
}
