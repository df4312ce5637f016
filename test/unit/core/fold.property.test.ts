/** The past kept event by event, against brute force over all of the log. `KIKUBARI_RUNS=100000` for a long run. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { decide } from '../../../src/core/decide.js';
import type { Gate, PastEvent } from '../../../src/core/decision.js';
import { createCompiler, type Trace } from '../../../src/core/evaluate.js';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import { createPast, pastOf, type FoldedPast, turnedTo } from '../../../src/core/fold.js';
import { eventsOf } from '../../../src/core/history.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules, createAtoms, type AtomSet } from '../../../src/core/rules.js';
import { expandFacts, expandOccasion, expandProgram, NOW } from '../../cases/expand.js';
import { behaviour, campaign, limits, log, segment, sequence, type Turn } from './foldWorld.js';
import { inOrder, naiveHolds, naiveMeasure, naiveSteps } from './naive.js';
import { naiveCapCount, naiveLimitsAllow } from './naiveCaps.js';

const RUNS = Number(process.env.KIKUBARI_RUNS ?? 0);
const numRuns = (few: number) => (RUNS ? RUNS : few);
const TIMEOUT_MS = RUNS ? 3_600_000 : 60_000;

/** What is done after a row has come. */
const act = fc.constantFrom('nothing', 'ask', 'ask', 'checkpoint', 'restore', 'again', 'turn');
const acts = fc.array(act, { minLength: 12, maxLength: 12 });
const session = fc.constantFrom('s1', 's2', 's3', 's4');
/** When is asked, after the last event or before it: in ten minutes. */
const later = fc.constantFrom(0, 0, 1, 6, 144, 145, 600, -6, -144, -300, -52_560);
const asked = fc.array(fc.record({ session, later }), { minLength: 12, maxLength: 12 });

const seen = { restored: 0, refused: 0, late: 0, asked: 0, held: 0 };

/** Lets a log come in as it may, with checkpoints on the way, and compares at every question. */
function live(
  turns: Turn[],
  acts: string[],
  questions: { session: string; later: number }[],
  atoms: () => AtomSet,
  compare: (past: FoldedPast, events: PastEvent[], now: number, session: string) => void,
) {
  const set = atoms();
  let past = createPast(set);
  let waiting: Turn[] = [];
  const come: Turn[] = [];
  const clock = () => come.at(-1)?.row.events.at(-1)?.time ?? NOW;
  const take = (turn: Turn) => {
    if (come.some(({ row }) => row.key > turn.row.key)) seen.late++;
    come.push(turn);
    eventsOf(turn.row).forEach(past.add);
  };
  /** The last key up to which nothing is missing. */
  const whole = () =>
    Math.min(...waiting.map(({ row }) => row.key - 1), ...come.map(({ row }) => row.key).slice(-1));
  const rowsAfter = (key: number) =>
    come.filter(({ row }) => row.key > key).flatMap(({ row }) => eventsOf(row));
  const all = () => inOrder(come.flatMap(({ row }) => eventsOf(row)));

  turns.forEach((turn, index) => {
    waiting.push({ ...turn });
    for (const other of [...waiting].reverse()) if (other.late-- <= 0) take(other);
    waiting = waiting.filter(({ late }) => late >= 0);
    const { session, later } = questions[index % questions.length]!;
    const now = clock() + later * 600_000;
    const act = acts[index % acts.length];
    if (act === 'again') come.flatMap(({ row }) => eventsOf(row)).forEach(past.add);
    if (act === 'turn') past = turnedTo(atoms(), past)!;
    if ((act === 'checkpoint' || act === 'restore') && come.length) {
      const saved = takeCheckpoint(set, past, Math.max(0, whole()), now);
      if (act === 'restore') {
        past = restorePast(atoms(), JSON.parse(JSON.stringify(saved)))!;
        // Some of it is read again that is in it already.
        rowsAfter(saved.through - 2).forEach(past.add);
        seen.restored++;
      }
    }
    if (act !== 'nothing') {
      seen.asked++;
      // What a page does then: it reads the log again.
      if (!past.serves(now)) {
        seen.refused++;
        past = pastOf(atoms(), all());
      }
      compare(past, all(), now, session);
    }
  });
}

it(
  'finds what brute force finds, whatever clocks, tabs and checkpoints do',
  () => {
    const conditions = fc.array(fc.oneof(behaviour, sequence), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(log(12), acts, asked, conditions, (turns, acts, questions, conditions) => {
        const compiled = () => {
          const atoms = createAtoms();
          const compile = createCompiler({}, atoms.register, ALL_KINDS);
          return { atoms, judges: conditions.map((each) => compile(each)) };
        };
        const { judges } = compiled();
        live(
          turns,
          acts,
          questions,
          () => compiled().atoms,
          (past, events, now, session) => {
            conditions.forEach((each, index) => {
              let found: unknown;
              const trace: Trace = (_, __, ___, answer) => (found = answer);
              const facts = expandFacts({ visit: { session } });
              const scope = { past, facts, now, memo: [] };
              const holds = judges[index]!({ ...scope, trace });
              expect(judges[index]!(scope)).toBe(holds);
              if ('sequence' in each)
                expect([holds, found]).toEqual(wrap(naiveSteps(each, events, now, session)));
              else
                expect(found).toEqual(
                  [naiveMeasure(each, events, now, session)].filter((it) => it !== undefined),
                );
              if (holds) seen.held++;
            });
          },
        );
      }),
      { numRuns: numRuns(2500) },
    );
    // A test that never came to the hard places would say nothing of them.
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(60);
  },
  TIMEOUT_MS,
);

const wrap = ([holds, reached]: [boolean, number]) => [holds, [reached]];

it(
  'decides as brute force does, caps and groups included',
  () => {
    const won: { [winner: string]: number } = {};
    const program = fc.record({
      segments: fc.record({ s: segment, t: segment }),
      campaigns: fc.tuple(campaign, campaign, campaign),
      limits,
    });
    fc.assert(
      fc.property(
        log(10),
        acts,
        asked,
        program,
        (turns, acts, questions, { segments, campaigns, limits }) => {
          const ids = ['one', 'two', 'three'];
          const made = expandProgram({
            segments,
            limits,
            campaigns: campaigns.map((each, index) => ({ ...each, id: ids[index]! })),
          });
          const rules = compileRules(made, ALL_KINDS);
          live(
            turns,
            acts,
            questions,
            () => compileRules(made, ALL_KINDS).atoms,
            (past, events, now, session) => {
              const facts = expandFacts({ visit: { session } });
              const decision = decide(rules, past, facts, expandOccasion({ now }));
              const gates: (Gate | null)[] = made.campaigns.map(({ id }) =>
                naiveGate(made, id, events, now, session),
              );
              const open = made.campaigns.filter((_, index) => gates[index] === null);
              const best = [...open].sort((a, b) => b.priority! - a.priority! || (a.id < b.id ? -1 : 1))[0];
              for (const { id } of open) if (id !== best!.id) gates[ids.indexOf(id)] = 'priority';
              expect(decision.winner?.campaign).toBe(best?.id);
              expect(decision.verdicts.map(({ gate }) => gate)).toEqual(gates);
              won[String(best?.id)] = (won[String(best?.id)] ?? 0) + 1;
            },
          );
        },
      ),
      { numRuns: numRuns(1000) },
    );
    for (const winner of ['one', 'two', 'three', 'undefined']) expect(won[winner]).toBeGreaterThan(50);
  },
  TIMEOUT_MS,
);

function naiveGate(
  { campaigns, segments, limits = {} }: ReturnType<typeof expandProgram>,
  id: string,
  log: PastEvent[],
  now: number,
  session: string,
) {
  const one = campaigns.find((campaign) => campaign.id === id)!;
  if (!one.triggers.some(({ on }) => on === 'page')) return 'trigger';
  if (!naiveHolds(one.audience as Condition, segments, log, now, session)) return 'audience';
  if (one.caps!.some((cap) => naiveCapCount(cap, one, log, now, session) >= cap.count)) return 'frequency';
  if (!naiveLimitsAllow(limits, one, log, now, session)) return 'frequency';
  const isTaken =
    one.group &&
    log.some(
      (event) =>
        event.name === '$exposure' &&
        event.session === session &&
        event.properties!.campaign !== id &&
        event.properties!.group === one.group,
    );
  return isTaken ? 'group' : null;
}

it('takes no harm from a damaged checkpoint', () => {
  const harm = fc.constantFrom(null, 'x', {}, [], -1, undefined);
  fc.assert(
    fc.property(log(8), behaviour, sequence, fc.nat(60), harm, (turns, one, other, place, harm) => {
      const atoms = createAtoms();
      const compile = createCompiler({}, atoms.register, ALL_KINDS);
      const judges = [compile(one), compile(other)];
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
