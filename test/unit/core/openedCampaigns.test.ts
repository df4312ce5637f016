import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/core/program.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { campaignOf, doing, saying } from './content/content.fixture.js';

/** A campaign whose button opens another one. */
const opening = (campaign: string, more: object = {}) => campaignOf(doing({ do: 'open', campaign }), more);
const other = (more: object = {}) => campaignOf(saying('Hi'), { id: 'other', ...more });

describe('a campaign whose button opens another', () => {
  const at = 'warning campaigns[0].variants[0].content.cards[0].blocks[0].buttons[0].action.campaign';
  it.each<[what: string, campaigns: Campaign[], warned: string[]]>([
    ['that is there', [opening('other'), other()], []],
    ['that the file does not have', [opening('othr'), other()], [at]],
    ['that has ended', [opening('other'), other({ status: 'ended' })], [at]],
    ['that comes by itself', [opening('other'), other({ triggers: [{ on: 'page' }] })], [at]],
    ['which is alone in its file', [opening('othr')], []],
    ['but has ended itself', [opening('othr', { status: 'ended' }), other()], []],
  ])('%s', (_, campaigns, warned) => {
    const { problems } = validateCampaignFile({ kikubari: 1, campaigns });
    expect(problems.map(({ severity, path }) => `${severity} ${path}`)).toEqual(warned);
  });
});
