/** A page on which messages mount at once and stay, and notes of what was exposed, mounted and told. */
import { createPast } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { createBegunSurvey } from '../../../src/sdk/begunSurvey.js';
import { createEngage } from '../../../src/sdk/engage.js';
import type { MessageEvents, MessageRequest } from '../../../src/sdk/messages/contract.js';
import type { StoredRow } from '../../../src/sdk/store.js';
import { expandFacts, expandProgram, NOW, type DecisionCase } from '../../cases/expand.js';

/** A message that was mounted; `isHere` is false once the page has lost it. */
export interface Mounted {
  request: MessageRequest;
  events: MessageEvents;
  isHere: boolean;
}

export function pageWith(
  campaigns: DecisionCase['program']['campaigns'],
  { facts = expandFacts(), limits }: { facts?: ReturnType<typeof expandFacts>; limits?: object } = {},
) {
  const rules = compileRules(expandProgram({ campaigns, limits }), ALL_KINDS);
  const past = createPast(rules.atoms);
  const told: string[] = [];
  const mounted: Mounted[] = [];
  const rows: StoredRow[] = [];
  const state = { rules, canMount: true, claimFails: false, facts, meanwhile: (): unknown => undefined };
  let key = 0;
  const engage = createEngage({
    loadMessages: () =>
      Promise.resolve({
        mount: (request, events) => {
          told.push(`mounted ${request.campaign}`);
          state.meanwhile();
          if (!state.canMount) return Promise.resolve(null);
          const one: Mounted = { request, events, isHere: true };
          mounted.push(one);
          return Promise.resolve({
            unmount() {
              one.isHere = false;
              told.push(`unmounted ${request.campaign}`);
            },
            isHere: () => one.isHere,
            open: () => void told.push(`opened ${request.campaign}`),
          });
        },
      }),
    loadSurvey: () => Promise.resolve({}),
    asking: {} as never,
    judgement: () => ({ rules: state.rules, past }),
    facts: () => state.facts,
    now: () => NOW,
    uuid: () => `submission-${++key}`,
    claim(event, allows) {
      if (state.claimFails) return Promise.reject(new Error('no storage'));
      const isAllowed = allows();
      if (isAllowed) {
        const { campaign, variant } = event.properties as { campaign: string; variant: string };
        told.push(`exposed ${campaign}:${variant}`);
        past.add({ ...event, id: `e${++key}`, sequence: [key, 0], session: 'now' });
      }
      return Promise.resolve(isAllowed);
    },
    record(event) {
      told.push(event.name);
      rows.push({ session: 'now', events: [event] } as never);
    },
    rows: () => rows,
    track: () => {},
    notify: (notice, { campaign, gate }) => void told.push(`${notice} ${campaign} ${gate ?? ''}`.trim()),
    fail: () => void told.push('failed'),
    begun: createBegunSurvey('test'),
  });
  return { engage, told, mounted, state, rows };
}
