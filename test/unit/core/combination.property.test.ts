/** Triggers in combination against brute force, in every session and at every one of the latest events. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../../src/core/decide.js';
import type { Occasion } from '../../../src/core/decision.js';
import { explain } from '../../../src/core/explain.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandFacts, expandProgram } from '../../cases/expand.js';
import { live } from './device.js';
import { acts, drafts, questions, turnsOf, type Draft } from './foldLog.js';
import { combination } from './foldWorld.js';
import { naiveCombines } from './naiveCombination.js';
import { simulate, TIMEOUT_MS } from './simulation.js';
import { WORLDS } from './worlds.js';

/** What no part waits for, by its kind. */
type Name = Draft['events'][number]['name'];
const INSTEAD: { [name: string]: { x: Name; y: Name } } = {
  $page_view: { x: 'a', y: 'b' },
  cart_updated: { x: '$close', y: '$close' },
  purchase: { x: '$exposure', y: '$exposure' },
};

/** With more of what combinations are about. */
const log = drafts(10).map((rows): Draft[] =>
  rows.map((row) => ({
    ...row,
    events: row.events.map((drawn) => {
      const event = { ...drawn, name: INSTEAD[drawn.name]?.[drawn.kind] ?? drawn.name };
      const isRare = event.name === '$close' || (event.name === '$exposure' && event.kind === 'x');
      const name = event.name === '$close' ? '$signal_delay' : isRare ? 'a' : event.name;
      return { ...event, name, campaign: event.campaign === 'three' ? 'one' : event.campaign };
    }),
  })),
);

it(
  'makes the occasions brute force makes, whatever clocks, tabs and checkpoints do',
  () => {
    const some = fc.array(combination, { minLength: 1, maxLength: 2 });
    const drawn = fc.record({ one: some, two: some, log, acts, questions });
    simulate(
      'combinations',
      300,
      drawn,
      ({ one, two, log, acts, questions }, tally) => {
        const own = [
          { id: 'one', triggers: one, caps: [] },
          { id: 'two', triggers: two, caps: [] },
        ];
        const program = expandProgram(
          JSON.parse(JSON.stringify({ campaigns: own })) as { campaigns: typeof own },
        );
        const rules = compileRules(program, ALL_KINDS);
        const world = WORLDS[0]!;
        live(
          {
            world,
            turns: turnsOf(log, world.start),
            acts,
            questions,
            atoms: () => compileRules(program, ALL_KINDS).atoms,
          },
          ({ past, events, now, question }) => {
            for (const session of ['s1', 's2'])
              for (const event of events.slice(-3))
                for (const occasion of [
                  { now, trigger: 'event', event },
                  { now, trigger: 'delay', event, campaign: question.campaign },
                ] satisfies Occasion[]) {
                  const facts = expandFacts({ visit: { session } });
                  const gates = program.campaigns.map(({ id, triggers }) =>
                    triggers.some(
                      (each) => 'of' in each && naiveCombines(each, id, events, occasion, session),
                    ),
                  );
                  const first = gates.indexOf(true);
                  const decision = decide(rules, past, facts, occasion);
                  expect(decision.winner?.campaign).toBe(program.campaigns[first]?.id);
                  expect(decision.verdicts.map(({ gate }) => gate !== 'trigger')).toEqual(gates);
                  expect(explain(rules, past, facts, occasion, 'one').shown).toBe(first === 0);
                  tally(`${occasion.trigger}: ${gates.includes(true) ? 'made' : 'not made'}`);
                }
          },
          tally,
        );
      },
      {
        'event: made': 60,
        'event: not made': 100,
        'delay: made': 4,
        'past restored from a checkpoint': 30,
        'row of another tab that came late': 30,
        'log on a clock that ran backwards': 30,
      },
    );
  },
  TIMEOUT_MS,
);
