/** The signals of the log against brute force, on logs of little else: at the edge of the 30 seconds, in several tabs and sessions, pruned. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { createCompiler } from '../../../src/core/evaluate.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { backForthAtom } from '../../../src/core/logSignals.js';
import { createAtoms } from '../../../src/core/rules.js';
import { expandFacts } from '../../cases/expand.js';
import { live } from './device.js';
import { acts, questions, type Turn } from './foldLog.js';
import { naiveHolds, naiveSignal } from './naive.js';
import { naiveReturns } from './naiveSignals.js';
import { createTally } from './simulation.js';
import { WORLDS } from './worlds.js';

const view = {
  name: fc.constant('$page_view'),
  url: fc.constantFrom('/p', '/p', '/p', '/q', '/q', '/q#x', '/r', 5),
};
const other = {
  name: fc.constantFrom('cart_updated', 'cart_updated', 'purchase', 'search'),
  value: fc.constantFrom(0, 1, 2.5, -1, 'p', undefined),
};
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record(view) },
  { weight: 1, arbitrary: fc.record(other) },
);
const turns = fc
  .array(
    fc.record({
      events: fc.array(fc.tuple(happening, fc.constantFrom(0, 5, 10, 29, 30, 31, 90, -60)), {
        minLength: 1,
        maxLength: 2,
      }),
      session: fc.constantFrom('s1', 's1', 's1', 's1', 's2'),
      late: fc.constantFrom(0, 0, 0, 0, 1, 3),
    }),
    { minLength: 6, maxLength: 16 },
  )
  .map((drafts) => {
    let time = WORLDS[0]!.start;
    return drafts.map(({ events, session, late }, index): Turn => {
      const key = index + 1;
      const told = events.map(([{ name, ...properties }, seconds]) => ({
        name,
        properties: JSON.parse(JSON.stringify(properties)) as object,
        time: (time += seconds * 1000),
      }));
      const id = `row-${String(key).padStart(6, '0')}-0000`;
      return { late, row: { key, id, session, events: told as Turn['row']['events'] } };
    });
  });

const CONDITIONS: Condition[] = (['backForth', 'cart'] as const).flatMap((signal) =>
  [{ gte: 1 }, { eq: 0 }, { lt: 2 }, { eq: 2.5 }].flatMap((is): Condition[] => [
    { signal, is },
    { not: { signal, is } },
  ]),
);

function compiled() {
  const atoms = createAtoms();
  const compile = createCompiler({}, atoms.register, ALL_KINDS);
  const judges = CONDITIONS.map((condition) => compile(condition));
  return { atoms, judges, returns: atoms.register(backForthAtom()) };
}

it('count returns and know the cart as brute force does; of a pruned log nothing is claimed that is not so', () => {
  const { judges, returns } = compiled();
  const tally = createTally();
  const kept = fc.option(fc.nat(8), { nil: undefined });
  fc.assert(
    fc.property(turns, acts, questions, kept, (turns, acts, questions, kept) => {
      const life = { world: WORLDS[0]!, turns, acts, questions, kept, atoms: () => compiled().atoms };
      live(
        life,
        ({ past, events, now, question: { session } }) => {
          const scope = { past, facts: expandFacts({ visit: { session } }), now, memo: [] };
          const found = naiveReturns(events, session);
          if (!past.pruned) expect(past.read(returns, now, session)).toEqual(found);
          if (found[1]) tally('last page view is a return');
          if (found[0] > 1) tally('several returns');
          tally(`cart ${naiveSignal('cart', events, session) === undefined ? 'unknown' : 'known'}`);
          CONDITIONS.forEach((condition, index) => {
            const truth = naiveHolds(condition, { segments: {}, log: events, now, session });
            const said = judges[index]!(scope);
            if (said || !past.pruned) expect([condition, said]).toEqual([condition, truth]);
            if (past.pruned && said) tally('said of a pruned log');
          });
        },
        tally,
      );
    }),
    { numRuns: 1500 },
  );
  for (const what of [
    'last page view is a return',
    'several returns',
    'cart unknown',
    'cart known',
    'said of a pruned log',
    'past restored from a checkpoint',
    'row of another tab that came late',
    'log pruned',
  ])
    expect(tally.counts[what] ?? 0, `${what}: ${JSON.stringify(tally.counts)}`).toBeGreaterThan(50);
});
