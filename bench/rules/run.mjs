/**
 * What an event costs where conditions are kept up to date: folding it, and deciding. Ratios of processor time, measured in turns.
 *   --rounds N   interleaved rounds, default 15
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadCore } from './core.mjs';
import { campaignOf, eventAt, factsAt, programOf, shopProgram } from './world.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const ROUNDS = Number(values.rounds);
const EVENTS = 1000;
const VISITS = 2;
const { ALL_KINDS, compileRules, pastOf, restorePast, takeCheckpoint, decide } = await loadCore();

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc');

/** A visitor with so many events behind them, to whom events happen one after the other; µs per event of processor time. */
function visitorOf(program, behind, name) {
  const rules = compileRules(program, ALL_KINDS);
  const past = pastOf(
    rules.atoms,
    Array.from({ length: behind }, (_, index) => eventAt(index)),
  );
  // What is behind lies in a checkpoint, as after a visit before.
  const saved = structuredClone(takeCheckpoint(rules.atoms, past, behind, eventAt(behind).time));
  return () => {
    let time = 0;
    for (let visit = 0; visit < VISITS; visit++) {
      const past = restorePast(rules.atoms, saved);
      // What restoring leaves behind is not an event's to pay.
      collectGarbage();
      const start = process.cpuUsage();
      for (let index = behind; index < behind + EVENTS; index++) {
        const event = eventAt(index, name);
        past.add(event);
        decide(rules, past, factsAt(index), { now: event.time, trigger: 'event', event });
      }
      const { user, system } = process.cpuUsage(start);
      time += user + system;
    }
    return time / EVENTS / VISITS;
  };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Median µs per event of both, and the ratio of the second to the first. */
function compare(title, limit, first, second) {
  const times = [[], []];
  // The first rounds are for the compiler.
  for (let round = -5; round < ROUNDS; round++)
    [first, second].forEach((run, side) => {
      const time = run();
      if (round >= 0) times[side].push(time);
    });
  const [a, b] = times.map(median);
  const ratio = b / a;
  console.log(
    `${title}: ${a.toFixed(2)} and ${b.toFixed(2)} µs per event, ratio ${ratio.toFixed(2)}, limit ${limit} ${ratio <= limit ? 'ok' : 'EXCEEDED'}`,
  );
  return ratio <= limit;
}

const mentioning = Array.from({ length: 10 }, (_, index) =>
  campaignOf(`m${index}`, 'view_item', {
    event: 'view_item',
    within: `${index + 1}h`,
    where: { category: { eq: `c${index % 7}` } },
    is: { gte: 1000 },
  }),
);
const others = Array.from({ length: 990 }, (_, index) =>
  campaignOf(`o${index}`, `other_${index}`, { event: `other_${index}`, within: '7d', is: { gte: 3 } }),
);

const results = [
  compare(
    'history of 100 and of 100,000 events',
    1.2,
    visitorOf(shopProgram(), 100),
    visitorOf(shopProgram(), 100_000),
  ),
  compare(
    '10 campaigns that mention the event, alone and among 1,000',
    2,
    visitorOf(programOf(mentioning), 1000, 'view_item'),
    visitorOf(programOf([...others, ...mentioning]), 1000, 'view_item'),
  ),
];
process.exitCode = results.every(Boolean) ? 0 : 1;
