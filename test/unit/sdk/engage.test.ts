import { expect, it } from 'vitest';
import { createPast } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { createEngage } from '../../../src/sdk/engage.js';
import { expandFacts, expandProgram, NOW } from '../../cases/expand.js';

/** A page on which messages mount at once and stay; answers what was exposed and what was told. */
function page(campaigns: Parameters<typeof expandProgram>[0]['campaigns']) {
  const rules = compileRules(expandProgram({ campaigns }), ALL_KINDS);
  const past = createPast(rules.atoms);
  const told: string[] = [];
  let key = 0;
  const engage = createEngage({
    loadMessages: () => Promise.resolve({ mount: () => Promise.resolve({ unmount() {} }) }),
    loadSurvey: () => Promise.resolve({}),
    asking: {} as never,
    judgement: () => ({ rules, past }),
    facts: () => expandFacts(),
    now: () => NOW,
    uuid: () => 'submission',
    claim(event, allows) {
      const isAllowed = allows();
      if (isAllowed) {
        const { campaign, variant } = event.properties as { campaign: string; variant: string };
        told.push(`exposed ${campaign}:${variant}`);
        past.add({ ...event, id: `e${++key}`, sequence: [key, 0], session: 'now' });
      }
      return Promise.resolve(isAllowed);
    },
    record: () => {},
    track: () => {},
    notify: (notice, { campaign, gate }) => void told.push(`${notice} ${campaign} ${gate ?? ''}`),
    fail: () => void told.push('failed'),
  });
  return { engage, told };
}

it.each([0, 1])(
  'exposes no arm of a campaign while another message is on the screen (control %s)',
  async (control) => {
    const { engage, told } = page([
      { id: 'first', triggers: [{ on: 'page' }] },
      { id: 'second', control, triggers: [{ on: 'exit' }] },
    ]);
    await engage.occasion({ trigger: 'page' });
    await engage.occasion({ trigger: 'exit' });
    expect(told).toEqual(['exposed first:a', 'suppressed second overlay']);
  },
);

it('shows the next campaign to who is in the control group of the first, for whom the screen is free', async () => {
  const { engage, told } = page([
    { id: 'first', priority: 1, control: 1, triggers: [{ on: 'page' }] },
    { id: 'second', triggers: [{ on: 'page' }] },
  ]);
  await engage.occasion({ trigger: 'page' });
  expect(told).toContain('exposed first:control');
  expect(told).toContain('exposed second:a');
});
