/** F27: whatever a program, a file, a value or a checkpoint is, the answer is an answer. `npm run fuzz` for 100,000. Patterns: `pattern.test.ts`. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import { decide } from '../../../src/core/decide.js';
import { GATES, type PastEvent } from '../../../src/core/decision.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import type { Program } from '../../../src/core/program.js';
import { pinsOf } from '../../../src/core/retention.js';
import { compileRules } from '../../../src/core/rules.js';
import { sentences } from '../../../src/core/sentences.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { expandFacts, expandOccasion, expandProgram, NOW, readCases, SESSION } from '../../cases/expand.js';
import { programs, PUBLIC } from './foldWorld.js';
import { damage, damaged, hostile, NAMES, properties, valueOf } from './hostile.js';
import { simulate, TIMEOUT_MS, type Tally } from './simulation.js';

/** What nothing may take, and by far: so much only a fault can take, however busy the machine is. */
const MOST_MS = 50;
const HANG_MS = 1000;

/** Conditions of every kind of the language, as the golden cases have them. */
const golden = fc.constantFrom(
  ...readCases().flatMap(({ test }) => ('condition' in test ? [test.condition] : [])),
);

/** A program that was sound: a random one, with an audience of the golden cases beside its own. */
const sound = fc.record({ made: programs, audience: golden }).map(({ made: { program }, audience }) => {
  const { segments, campaigns, limits } = program;
  const all = [...campaigns, { ...campaigns[0], audience, group: undefined }];
  return expandProgram({
    segments,
    limits,
    facts: PUBLIC,
    campaigns: all.map((campaign, index) => ({ ...campaign, id: `c${index}` })),
  });
});

const event = fc.record({
  name: fc.constantFrom('a', 'b', '$exposure', ...NAMES),
  time: fc.constantFrom(NOW, NOW - 600_000, NOW + 600_000, 0, -1, 1e15, NaN),
  properties: fc.option(properties, { nil: undefined }),
  session: fc.constantFrom(SESSION, 'before', '__proto__', ''),
});

/** As `readProgram` of the SDK lets it in: a list of campaigns that have a name at least. */
function asRead(program: unknown): Program | undefined {
  const { campaigns, segments } = Object(program) as Program;
  if (!Array.isArray(campaigns)) return undefined;
  return {
    ...(program as Program),
    segments: segments ?? {},
    campaigns: campaigns.filter((campaign) => typeof campaign?.id === 'string'),
  };
}

const slowest: { [task: string]: number } = {};

/**
 * Runs a task of its own, as a page would: by the clock, or in processor time where the machine was busy with others. Of one that
 * takes long the quickest of three counts.
 */
function timed<Result>(task: string, run: () => Result): Result {
  const once = () => {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    const result = run();
    const { user, system } = process.cpuUsage(before);
    return { result, ms: Math.min(performance.now() - startedAt, (user + system) / 1000) };
  };
  const first = once();
  const ms = first.ms < MOST_MS / 5 ? first.ms : Math.min(first.ms, once().ms, once().ms);
  slowest[task] = Math.max(slowest[task] ?? 0, ms);
  if (ms > HANG_MS) throw new Error(`${task} took ${ms} ms`);
  return first.result;
}

const drawn = fc.record({
  program: sound,
  damages: fc.array(damage, { minLength: 1, maxLength: 4 }),
  events: fc.array(event, { maxLength: 6 }),
  attributes: properties,
  device: properties,
  url: fc.constantFrom('https://shop.example/items/1?a=b', '', '%', '?%E0%A4%A', '\ud800', '/'.repeat(2000)),
  trigger: fc.constantFrom('page', 'event', 'dwell', 'manual', 'exit', 'scroll', 'visible'),
  checkpoint: fc.record({ isAny: fc.boolean(), any: hostile, damage }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Of> ? Of : never;

function check(
  { program, damages, events, attributes, device, url, trigger, checkpoint }: Drawn,
  tally: Tally,
) {
  const broken = damages.reduce<unknown>(damaged, structuredClone(program));
  const file = { kikubari: 1, ...(Object(broken) as object) };
  const { problems } = timed('validate', () => validateCampaignFile(file));
  tally(problems.some(({ severity }) => severity === 'error') ? 'file refused' : 'file without errors');
  const read = asRead(broken);
  if (!read) return tally('no program');
  const rules = timed('compile', () => compileRules(read, ALL_KINDS));
  tally(rules.isUnderstood ? 'program understood' : 'program not understood');
  timed('pins', () => events.forEach(pinsOf(read)));
  const log = events.map((event, index): PastEvent => ({
    ...event,
    id: `e${index}`,
    sequence: [index + 1, 0],
  }));
  const past = timed('fold', () => pastOf(rules.atoms, log));
  // What the server answers is JSON as well, of any kind.
  const personal = { facts: attributes, lists: Object.keys(device) };
  const facts = expandFacts({ attributes, device, page: { url, title: url }, user: 'u', personal });
  const occasion = expandOccasion({ trigger, event: log.at(-1), selector: url, campaign: 'c0' });
  const { verdicts, winner } = timed('decide', () => {
    const decision = decide(rules, past, facts, occasion);
    return { ...decision, verdicts: decision.verdicts };
  });
  expect(verdicts.length).toBe(read.campaigns.length);
  tally(winner ? 'somebody won' : 'nobody won');
  for (const { campaign, gate } of verdicts) {
    if (gate !== null && !GATES.includes(gate)) throw new Error(`${String(gate)} is no gate`);
    // The first is damaged most often, the last has an audience of the golden cases.
    if (campaign !== 'c0' && campaign !== 'c3') continue;
    const explanation = timed('explain', () => explain(rules, past, facts, occasion, campaign));
    if (new Set(verdicts.map(({ campaign }) => campaign)).size === verdicts.length)
      expect(explanation.gate).toBe(gate);
    timed('sentences', () => [sentences(explanation, 'en'), sentences(explanation, 'ja')]);
  }
  const saved = timed('checkpoint', () => takeCheckpoint(rules.atoms, past, log.length, NOW));
  const stored = checkpoint.isAny
    ? valueOf(checkpoint.any)
    : damaged(structuredClone(saved), checkpoint.damage);
  const restored = timed('restore', () => restorePast(rules.atoms, stored));
  tally(restored ? 'checkpoint taken' : 'checkpoint refused');
  if (restored) timed('decide', () => decide(rules, restored, facts, occasion));
}

it(
  'nothing throws, nothing hangs, and every campaign gets its verdict',
  () => {
    try {
      simulate('fuzz', 2500, drawn, check, {
        'file refused': 500,
        'program understood': 100,
        'program not understood': 100,
        'somebody won': 100,
        'checkpoint refused': 100,
        'checkpoint taken': 10,
      });
    } finally {
      const told = Object.entries(slowest).map(([task, ms]) => `${task} ${ms.toFixed(1)} ms`);
      console.log(`slowest of each task (limit on a quiet machine ${MOST_MS} ms): ${told.join(', ')}`);
    }
    // Nothing has got out into what all objects share.
    expect(({} as { eq?: unknown }).eq).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  TIMEOUT_MS,
);
