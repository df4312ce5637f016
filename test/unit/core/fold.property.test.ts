/** The past kept event by event, against brute force over all of the log. `npm run simulate` for a long run. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { Behaviour, Condition, Sequence } from '../../../src/core/conditions.js';
import { decide } from '../../../src/core/decide.js';
import { createCompiler, type Trace } from '../../../src/core/evaluate.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { eventsOf } from '../../../src/core/history.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules, createAtoms } from '../../../src/core/rules.js';
import type { Clock } from '../../../src/core/program.js';
import { expandFacts, expandProgram, NOW } from '../../cases/expand.js';
import { isOnEdge, live } from './device.js';
import { acts, drafts, factsOf, occasionOf, questions, turnsOf } from './foldLog.js';
import { CAMPAIGNS, conditions, programs, PUBLIC, type LogSignal } from './foldWorld.js';
import { naiveHolds, naiveMeasure, naiveSignal, naiveSteps } from './naive.js';
import { naiveDecide } from './naiveGates.js';
import { simulate, TIMEOUT_MS, type Tally } from './simulation.js';

type Asked = Behaviour | Sequence | LogSignal;

/** Conditions made ready, as often as a page is loaded. */
function compiled(conditions: readonly Condition[]) {
  const atoms = createAtoms();
  const compile = createCompiler({}, atoms.register, ALL_KINDS);
  return { atoms, judges: conditions.map((each) => compile(each)) };
}

function countKinds(condition: Asked, tally: Tally) {
  if ('signal' in condition) return tally(`signal: ${condition.signal}`);
  const { within = 'ever' } = condition;
  tally(`window: ${typeof within === 'object' ? 'between dates' : within}`);
  if (!('sequence' in condition)) return tally(`measure: ${condition.measure ?? 'count'}`);
  tally(`sequence of ${condition.sequence.length}`);
  if (condition.thenNot) tally('sequence, then not');
}

it(
  'finds what brute force finds, whatever clocks, tabs and checkpoints do',
  () => {
    const drawn = fc.record({ asked: conditions, log: drafts(12), acts, questions });
    simulate(
      'measures',
      1500,
      drawn,
      ({ asked: { world, conditions }, log, acts, questions }, tally) => {
        const { judges } = compiled(conditions);
        for (const each of conditions) countKinds(each, tally);
        const atoms = () => compiled(conditions).atoms;
        live(
          { world, turns: turnsOf(log, world.start), acts, questions, atoms },
          ({ past, events, now, question: { session } }) => {
            conditions.forEach((condition, index) => {
              let found: unknown;
              const trace: Trace = (_, __, ___, answer) => (found = answer);
              const scope = { past, facts: expandFacts({ visit: { session } }), now, memo: [] };
              const holds = judges[index]!({ ...scope, trace });
              expect(judges[index]!(scope)).toBe(holds);
              const each = condition;
              if ('sequence' in each) {
                const [isTrue, reached] = naiveSteps(each, events, now, session);
                expect([holds, found]).toEqual([isTrue, [reached]]);
              } else {
                const value =
                  'signal' in each
                    ? naiveSignal(each.signal, events, session)
                    : naiveMeasure(each, events, now, session);
                if ('signal' in each && value) tally(`found: ${each.signal}`);
                expect(found).toEqual(value === undefined ? [] : [value]);
                expect(holds).toBe(naiveHolds(each, { segments: {}, log: events, now, session }));
              }
              if (!('signal' in each)) {
                const event = 'sequence' in each ? each.sequence[0]!.event : each.event;
                if (isOnEdge(event, each.within, events, now)) tally('event on the edge of a window');
              }
              tally(holds ? 'condition that holds' : 'condition that does not hold');
            });
          },
          tally,
        );
      },
      {
        'past restored from a checkpoint': 60,
        'clock put back so far that the log was read again': 8,
        'row of another tab that came late': 60,
        'event on the edge of a window': 60,
        'log on a clock that ran backwards': 60,
        'log with events of one time': 60,
        'condition that holds': 60,
        'found: cart': 30,
      },
    );
  },
  TIMEOUT_MS,
);

const KEYS = [
  'all',
  'any',
  'not',
  'segment',
  'fact',
  'list',
  'public',
  'sequence',
  'measure',
  'weekdays',
  'hours',
  'rollout',
];
/** All there is of the kind in a program. */
function countClocks(program: unknown, tally: Tally) {
  JSON.stringify(program, (key, value: unknown) => {
    if (key === 'per') tally(`clock: ${clockName(value as Clock)}`);
    if (key === 'time' && typeof value === 'string') tally(`condition on the ${value}`);
    if (KEYS.includes(key)) tally(`key: ${key}`);
    return value;
  });
}

function clockName(per: Clock): string {
  if (typeof per === 'string') return per;
  if ('last' in per) return 'sliding';
  return `calendar ${per.calendar}${per.zone ? '' : ', zone of the visitor'}`;
}

it(
  'decides as brute force does, at every gate, in every zone',
  () => {
    const drawn = fc.record({ made: programs, log: drafts(10), acts, questions });
    simulate(
      'decisions',
      800,
      drawn,
      ({ made: { world, program }, log, acts, questions }, tally) => {
        const { segments, campaigns, limits } = program;
        const made = expandProgram({
          segments,
          limits,
          facts: PUBLIC,
          campaigns: campaigns.map((each, index) => ({ ...each, id: CAMPAIGNS[index]! })),
        });
        const rules = compileRules(made, ALL_KINDS);
        countClocks({ campaigns, limits, segments }, tally);
        const atoms = () => compileRules(made, ALL_KINDS).atoms;
        live(
          { world, turns: turnsOf(log, world.start), acts, questions, atoms },
          ({ past, events, now, question }) => {
            const facts = factsOf(question);
            const occasion = occasionOf(question, now, events.at(-1));
            if (rules.isPersonal && facts.user)
              tally(facts.personal ? 'facts of the user known' : 'facts of the user unknown');
            const decision = decide(rules, past, facts, occasion);
            const { winner, gates } = naiveDecide(made, events, facts, occasion);
            expect(decision.winner).toEqual(winner);
            expect(decision.verdicts.map(({ gate }) => gate)).toEqual(gates);
            const explained = explain(rules, past, facts, occasion, question.campaign);
            expect(explained.gate).toBe(gates[CAMPAIGNS.indexOf(question.campaign as 'one')]);
            for (const gate of gates) tally(gate ? `gate: ${gate}` : 'passed all gates');
            tally(`winner: ${winner ? winner.variant : 'none'}`);
          },
          tally,
        );
      },
      {
        ...Object.fromEntries(
          [
            'status',
            'schedule',
            'consent',
            'trigger',
            'audience',
            'frequency',
            'group',
            'priority',
            'assignment',
          ].map((gate) => [`gate: ${gate}`, 30]),
        ),
        ...Object.fromEntries(['x', 'y', 'control', 'holdout', 'none'].map((arm) => [`winner: ${arm}`, 30])),
        'past restored from a checkpoint': 60,
        'facts of the user known': 60,
        'facts of the user unknown': 60,
      },
    );
  },
  TIMEOUT_MS,
);

it(
  'claims nothing of a log that is pruned, restored and on any clock that is not true of all of it',
  () => {
    const drawn = fc.record({ asked: conditions, log: drafts(14), acts, questions, kept: fc.nat(8) });
    simulate(
      'pruned',
      800,
      drawn,
      ({ asked: { world, conditions }, log, acts, questions, kept }, tally) => {
        const both = conditions.flatMap((each) => [each, { not: each }]);
        const { judges } = compiled(both);
        for (const each of conditions) countKinds(each, tally);
        const atoms = () => compiled(both).atoms;
        live(
          { world, turns: turnsOf(log, world.start), acts, questions, atoms, kept },
          ({ past, events, now, question: { session } }) => {
            const scope = { past, facts: expandFacts({ visit: { session } }), now, memo: [] };
            conditions.forEach((each, index) => {
              const truth = naiveHolds(each, { segments: {}, log: events, now, session });
              const [isTrue, isFalse] = [judges[2 * index]!(scope), judges[2 * index + 1]!(scope)];
              expect([isTrue && !truth, isFalse && truth]).toEqual([false, false]);
              if (!past.pruned) expect([isTrue, isFalse]).toEqual([truth, !truth]);
              else tally(isTrue ? 'said to hold' : isFalse ? 'said not to hold' : 'said to be unknown');
            });
          },
          tally,
        );
      },
      { 'log pruned': 100, 'said to hold': 60, 'said not to hold': 60, 'said to be unknown': 60 },
    );
  },
  TIMEOUT_MS,
);

it('takes no harm from a damaged checkpoint', () => {
  const harm = fc.constantFrom(null, 'x', {}, [], -1, undefined);
  fc.assert(
    fc.property(drafts(8), conditions, fc.nat(60), harm, (log, { conditions }, place, harm) => {
      const turns = turnsOf(log, NOW);
      const { atoms, judges } = compiled(conditions);
      const past = pastOf(
        atoms,
        turns.flatMap(({ row }) => eventsOf(row)),
      );
      const saved = takeCheckpoint(atoms, past, turns.at(-1)?.row.key ?? 0, NOW);
      let at = 0;
      const damaged: unknown = JSON.parse(JSON.stringify(saved), (_, inner: unknown) =>
        at++ === place ? harm : inner,
      );
      const restored = restorePast(atoms, damaged);
      if (!restored) return;
      turns.flatMap(({ row }) => eventsOf({ ...row, key: row.key + 100 })).forEach(restored.add);
      for (const judge of judges) judge({ past: restored, facts: expandFacts(), now: NOW, memo: [] });
    }),
    { numRuns: 500 },
  );
});
