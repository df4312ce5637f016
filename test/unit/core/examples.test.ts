import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';

const folder = new URL('../../../examples/campaigns/', import.meta.url);

it.each(readdirSync(folder).filter((file) => file.endsWith('.json')))(
  '%s, which the demo ships, is sound',
  (file) => {
    expect(validateCampaignFile(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))).toEqual({
      problems: [],
    });
  },
);
