/** What an event costs where conditions are kept up to date: folding it, and deciding. µs of processor time, measured in turns. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { format, median, progress, verdict } from '../log/numbers.mjs';
import { campaignOf, eventAt, factsAt, programOf, shopProgram } from './world.mjs';

const EVENTS = 1000;
const VISITS = 2;
const HISTORIES = [100, 1000, 10_000, 100_000];
const CAMPAIGNS = [1, 100, 1000];

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc');

/** A visitor with so many events behind them, to whom events happen one after the other; µs per event of processor time. */
function visitorOf(core, program, behind, name) {
  const { ALL_KINDS, compileRules, pastOf, restorePast, takeCheckpoint, decide } = core;
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

/** Median µs per event of each, in turns. */
function inTurns(visitors, rounds) {
  const times = visitors.map(() => []);
  // The first rounds are for the compiler.
  for (let round = -5; round < rounds; round++)
    visitors.forEach((run, index) => {
      const time = run();
      if (round >= 0) times[index].push(time);
    });
  return times.map(median);
}

export function measureHistories(core, rounds) {
  const costs = inTurns(
    HISTORIES.map((behind) => visitorOf(core, shopProgram(), behind)),
    rounds,
  );
  HISTORIES.forEach((behind, index) =>
    progress(`${format(behind)} events behind: ${costs[index].toFixed(2)} µs per event`),
  );
  verdict({
    what: 'an event after 100,000 others',
    ours: costs.at(-1),
    reference: costs[0],
    against: 'after 100',
    unit: 'µs',
    mostRatio: 1.2,
  });
}

const mention = (index) =>
  campaignOf(`m${index}`, 'view_item', {
    event: 'view_item',
    within: `${(index % 24) + 1}h`,
    where: { category: { eq: `c${index % 7}` } },
    is: { gte: 1000 },
  });
const other = (index) =>
  campaignOf(`o${index}`, `other_${index}`, { event: `other_${index}`, within: '7d', is: { gte: 3 } });
const listOf = (length, make) => Array.from({ length }, (_, index) => make(index));

export function measureCampaigns(core, rounds) {
  const ten = listOf(10, mention);
  const programs = [
    ten,
    [...listOf(990, other), ...ten],
    ...CAMPAIGNS.map((count) => listOf(count, mention)),
  ];
  const [alone, among, ...all] = inTurns(
    programs.map((campaigns) => visitorOf(core, programOf(campaigns), 1000, 'view_item')),
    rounds,
  );
  CAMPAIGNS.forEach((count, index) =>
    progress(
      `${format(count)} campaigns, all of which mention the event: ${all[index].toFixed(2)} µs per event`,
    ),
  );
  verdict({
    what: 'an event that 10 of 1,000 campaigns mention',
    ours: among,
    reference: alone,
    against: 'the 10 alone',
    unit: 'µs',
    mostRatio: 2,
  });
}
