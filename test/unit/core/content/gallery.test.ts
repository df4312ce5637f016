import { expect, it } from 'vitest';
import type { Content } from '../../../../src/core/content.js';
import { ROOTS } from '../../../../src/core/template.js';
import { validateCampaignFile } from '../../../../src/core/validate/campaignFile.js';
import { POSITIONS, QUESTION_KEYS } from '../../../../src/core/validate/vocabulary.js';

const samples = new URL('../../../../examples/gallery/samples.js', import.meta.url);
const { SAMPLES, NOW } = (await import(samples.href)) as {
  SAMPLES: { [id: string]: Content };
  NOW: number;
};

const fileOf = (content: unknown) => ({
  kikubari: 1,
  limits: { contacts: true },
  campaigns: [
    {
      id: 'sample',
      name: 'Sample',
      status: 'live',
      triggers: [{ on: 'manual' }],
      values: {
        viewed: { event: 'view_item', measure: 'last', of: 'name' },
        price: { event: 'view_item', measure: 'last', of: 'price' },
      },
      variants: [{ id: 'a', content }],
    },
  ],
});

it.each(Object.entries(SAMPLES))('%s of the gallery is sound, and can be sent', (_, content) => {
  expect(validateCampaignFile(fileOf(JSON.parse(JSON.stringify(content))), { segments: [] }, NOW)).toEqual({
    problems: [],
  });
});

it('shows every format, every kind of question and a placeholder', () => {
  const all = JSON.stringify(Object.values(SAMPLES));
  for (const format of Object.keys(POSITIONS)) expect(all).toContain(`"format":"${format}"`);
  for (const kind of Object.keys(QUESTION_KEYS)) expect(all).toContain(`"kind":"${kind}"`);
  expect(ROOTS.some((root) => all.includes(`{{ ${root}.`))).toBe(true);
});
