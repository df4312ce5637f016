import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignFile } from '../../../src/core/program.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { sound } from './campaignFile.fixture.js';

const { variants } = sound().campaigns[0]!;

/** Where it is warned, without what stands before it in the campaign. */
const warnedAt = (file: CampaignFile): string[] =>
  validateCampaignFile(file).problems.map(
    ({ severity, path }) => `${severity} ${path.replace('campaigns[0].', '')}`,
  );

describe('a campaign whose button opens another', () => {
  const opening = (campaign: string): Campaign['variants'] => [
    {
      id: 'a',
      content: {
        format: 'modal',
        cards: [
          {
            id: 'one',
            blocks: [
              {
                block: 'buttons',
                buttons: [{ id: 'ask', label: 'Tell us', action: { do: 'open', campaign } }],
              },
            ],
          },
        ],
      },
    },
  ];
  const at = 'warning variants[0].content.cards[0].blocks[0].buttons[0].action.campaign';
  const other = (more: Partial<Campaign>): Campaign => ({
    ...{ id: 'other', name: 'Other', status: 'live', triggers: [{ on: 'manual' }], variants },
    ...more,
  });
  const withOther = (campaign: Partial<Campaign>, more: Partial<Campaign> = {}): CampaignFile => {
    const opener: Campaign = {
      id: 'c',
      name: 'C',
      status: 'live',
      triggers: [{ on: 'page' }],
      variants,
      ...campaign,
    };
    return { kikubari: 1, campaigns: [opener, other(more)] };
  };
  it.each<[what: string, file: CampaignFile, warned: string[]]>([
    ['that is there', withOther({ variants: opening('other') }), []],
    ['that the file does not have', withOther({ variants: opening('othr') }), [at]],
    ['that has ended', withOther({ variants: opening('other') }, { status: 'ended' }), [at]],
    ['that comes by itself', withOther({ variants: opening('other') }, { triggers: [{ on: 'page' }] }), [at]],
    ['which is alone in its file', { kikubari: 1, campaigns: [other({ variants: opening('othr') })] }, []],
    ['but has ended itself', withOther({ variants: opening('othr'), status: 'ended' }), []],
  ])('%s', (_, file, warned) => expect(warnedAt(file)).toEqual(warned));
});
