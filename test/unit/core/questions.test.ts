/** Reads `docs/questions.md`: what it shows is valid, and what it says is said. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/core/program.js';
import { sentences } from '../../../src/core/sentences.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import {
  expandFacts,
  expandLog,
  expandOccasion,
  expandProgram,
  type ConditionCase,
} from '../../cases/expand.js';
import { explainOn } from './asking.js';

const page = readFileSync(new URL('../../../docs/questions.md', import.meta.url), 'utf8');
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const blocks = [...section.matchAll(/^```(?:json|text)\n(.*?)\n```$/gms)].map(([, text]) => text!);
    return [section.split('\n')[0]!, blocks] as const;
  });

const variants = [
  {
    id: 'a',
    content: { format: 'banner', cards: [{ id: 'only', blocks: [{ block: 'text', text: 'Hello' }] }] },
  },
] as unknown as Campaign['variants'];

describe('the five questions', () => {
  it('are five, each with its campaign, what happened, and two explanations', () => {
    expect(sections.map(([, blocks]) => blocks.length)).toEqual([4, 4, 4, 4, 4]);
  });

  describe.each(sections)('%s', (_, [campaignText, happened, en, ja]) => {
    const campaign = { ...(JSON.parse(campaignText!) as Campaign), variants };
    const { log, facts, occasion } = JSON.parse(happened!) as ConditionCase;
    const explanation = () =>
      explainOn(
        expandProgram({ campaigns: [campaign] }),
        expandLog(log),
        expandFacts(facts),
        expandOccasion(occasion),
        campaign.id,
      );

    it('is valid, without a warning', () => {
      expect(validateCampaignFile({ kikubari: 1, campaigns: [campaign] })).toEqual({ problems: [] });
    });
    it('is explained as it stands there', () => {
      expect(sentences(explanation(), 'en').join('\n')).toBe(en);
      expect(sentences(explanation(), 'ja').join('\n')).toBe(ja);
    });
  });
});
