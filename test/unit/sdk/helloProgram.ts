import type { Campaign, Program, Trigger } from '../../../src/core/program.js';

/** A program of one campaign, whose id is "hello". */
export const helloProgram = (triggers: Trigger[], more: Partial<Campaign> = {}, version = 1): Program => ({
  schema: 1,
  site: 'test',
  version,
  segments: {},
  campaigns: [
    {
      id: 'hello',
      name: 'Hello',
      status: 'live',
      version,
      triggers,
      caps: [],
      // Who sees nothing is counted, and nothing has to be drawn.
      control: 1,
      variants: [{ id: 'a', content: { format: 'banner', cards: [] } }],
      ...more,
    },
  ],
});
