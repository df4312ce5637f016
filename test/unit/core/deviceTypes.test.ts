import { expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { withChange } from './campaignFile.fixture.js';

const type = (is: object): Condition => ({ device: 'type', is });

it.each<[what: string, audience: Condition, at: string[]]>([
  ['mobile', type({ eq: 'mobile' }), []],
  ['all there are', type({ in: ['mobile', 'tablet', 'desktop'] }), []],
  ['not a desktop', type({ ne: 'desktop' }), []],
  ['a phone', type({ eq: 'phone' }), ['is']],
  ['another case', type({ eq: 'Mobile' }), ['is']],
  ['a phone among others', type({ in: ['mobile', 'phone'] }), ['is.in']],
  ['all but phones', type({ ne: 'phone' }), ['is.ne']],
  ['neither phones nor desktops', type({ nin: ['phone', 'desktop'] }), ['is.nin']],
  ['none of all', type({ exists: true, nin: ['mobile', 'tablet', 'desktop'] }), ['is']],
  ['no phone', { not: type({ eq: 'phone' }) }, ['not.is.eq']],
  ['a phone or a tablet', { any: [type({ eq: 'phone' }), type({ eq: 'tablet' })] }, ['any[0].is']],
  ['another fact', { device: 'os', is: { eq: 'phone' } }, []],
])('of device types %s is warned of where it must be', (_, audience, at) => {
  const { problems } = validateCampaignFile(withChange('campaigns[0].audience', audience));
  // A file of which nothing else is wrong.
  expect(problems.map(({ path }) => path.replace('campaigns[0].audience.', ''))).toEqual(at);
  for (const { severity } of problems) expect(severity).toBe('warning');
});
