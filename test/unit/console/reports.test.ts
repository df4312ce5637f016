import { describe, expect, it } from 'vitest';
import type { CampaignList, FunnelReport } from '../../../src/collector/api.js';
import { withStatus } from '../../../src/console/api/campaignStatus.js';
import { chosenSteps } from '../../../src/console/screens/funnel.js';
import { worstStep } from '../../../src/console/screens/funnelSteps.js';
import { scaleRows } from '../../../src/console/screens/questionResult.js';
import { DICTIONARIES } from '../../../src/console/language/language.js';
import { asks, kindWord } from '../../../src/console/screens/surveys.js';
import { withoutUnknownSite } from '../../../src/console/shell/routes.js';

const counts = {
  exposed: 0,
  control: 0,
  shown: 0,
  clicked: 0,
  closed: 0,
  answered: 0,
  completed: 0,
  goal: 0,
  goalValue: 0,
};
const campaign = (id: string, status: 'live' | 'paused') => ({
  id,
  name: id,
  status,
  version: 1,
  format: 'modal',
  priority: 0,
  counts,
});
const list = (...campaigns: CampaignList['campaigns']): CampaignList => ({
  asOf: '2026-01-01T00:00:00Z',
  campaigns,
});

describe('withStatus', () => {
  it('changes the one campaign only, and takes back only its own change', () => {
    const before = list(campaign('a', 'live'), campaign('b', 'live'));
    const changed = withStatus(before, { id: 'a', from: 'live', to: 'paused' });
    expect(changed?.campaigns.map(({ status }) => status)).toEqual(['paused', 'live']);
    expect(withStatus(changed, { id: 'a', from: 'paused', to: 'live' })).toEqual(before);
  });

  it('keeps a status that somebody else has changed meanwhile', () => {
    const now = list({ ...campaign('a', 'live'), status: 'ended' });
    expect(withStatus(now, { id: 'a', from: 'paused', to: 'live' })).toEqual(now);
  });
});

const step = (
  event: string,
  people: number,
  dropped: number,
  dropOff: number,
): FunnelReport['steps'][number] => ({
  event,
  people,
  share: 1,
  dropped,
  dropOff,
  medianMs: null,
});

describe('funnel', () => {
  it('finds the step that loses the largest share, not the largest number', () => {
    expect(worstStep([step('a', 100, 0, 0), step('b', 60, 40, 0.4), step('c', 20, 40, 2 / 3)])).toBe(2);
    expect(worstStep([step('a', 5, 0, 0), step('b', 5, 0, 0)])).toBeNull();
  });

  it('puts chosen steps into the shop’s order and never asks for fewer than two', () => {
    expect(chosenSteps('purchase,view_item')).toEqual(['view_item', 'purchase']);
    expect(chosenSteps('purchase,evil')).toHaveLength(4);
    expect(chosenSteps(null)).toHaveLength(4);
  });
});

describe('surveys', () => {
  it('shows every value of a scale, the ones nobody chose too', () => {
    const rows = scaleRows('nps', [{ value: '9', count: 2 }]);
    expect(rows.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
    expect(rows[6]?.tone).toBe('bad');
    expect(rows[7]?.tone).toBe('middle');
    expect(
      scaleRows('ces', [])
        .map(({ value, tone }) => value + tone[0])
        .join(' '),
    ).toBe('1b 2b 3b 4m 5g 6g 7g');
    expect(scaleRows('thumbs', [{ value: 'down', count: 1 }])).toMatchObject([{ count: 1, tone: 'bad' }]);
  });

  it('calls every kind of question by a name', () => {
    const kinds = ['nps', 'csat', 'ces', 'rating', 'thumbs', 'choice', 'picture', 'text', 'date'];
    for (const t of Object.values(DICTIONARIES))
      expect(kinds.filter((kind) => kindWord(kind, t) === kind)).toEqual([]);
  });

  it('lists a campaign as a survey when it asks, or when somebody answered', () => {
    expect(asks({ ...campaign('a', 'live'), questions: ['nps'] })).toBe(true);
    expect(asks({ ...campaign('a', 'live'), questions: [], counts: { ...counts, answered: 3 } })).toBe(false);
    expect(asks({ ...campaign('a', 'live'), counts: { ...counts, answered: 1 } })).toBe(true);
  });
});

describe('withoutUnknownSite', () => {
  it.each([
    ['/', ''],
    ['/campaigns/x', '/campaigns/x'],
    ['/old-site/campaigns/x', '/campaigns/x'],
    ['/old-site', ''],
  ])('%s leads to %s of the first site', (location, expected) => {
    expect(withoutUnknownSite(location)).toBe(expected);
  });
});
