/** F27: whatever a program, a file, a value or a checkpoint is, the answer is an answer. `npm run fuzz` for 100,000. Patterns: `pattern.test.ts`. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restorePast, takeCheckpoint } from '../../../src/core/checkpoint.js';
import type { Condition } from '../../../src/core/conditions.js';
import type { Content } from '../../../src/core/content.js';
import { decide } from '../../../src/core/decide.js';
import { GATES, type PastEvent } from '../../../src/core/decision.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import type { CampaignFile, Limits, Program, PublishedCampaign } from '../../../src/core/program.js';
import { pinsOf } from '../../../src/core/retention.js';
import { compileRules } from '../../../src/core/rules.js';
import { sentences } from '../../../src/core/sentences.js';
import { validateCampaignFile } from '../../../src/core/validate/campaignFile.js';
import { expandFacts, expandOccasion, expandProgram, NOW, readCases, SESSION } from '../../cases/expand.js';
import { sound as soundFile } from './campaignFile.fixture.js';
import { programs, PUBLIC } from './foldWorld.js';
import { damage, damaged, hostile, NAMES, properties, valueOf } from './hostile.js';
import { simulate, TIMEOUT_MS, type Tally } from './simulation.js';

/** What a task may take on a quiet machine, and what it may by no means. */
const MOST_MS = 50;
const HANG_MS = 5 * MOST_MS;

const { content: survey } = soundFile().campaigns[0]!.variants[0]!;
const banner: Content = {
  format: 'banner',
  cards: [{ id: 'one', blocks: [{ block: 'heading', text: { en: 'Tea', ja: 'お茶' } }] }],
};

interface Made {
  segments: Program['segments'];
  campaigns: Partial<PublishedCampaign>[];
  limits: Limits;
}

/** A random program as its author has it: a campaign file without errors. */
function fileOf({ segments, campaigns, limits }: Made, more: Condition[] = []): CampaignFile {
  const all = [...campaigns, ...more.map((audience) => ({ ...campaigns[0], audience, group: undefined }))];
  const whole = all.map(({ stopped: _, schedule, variants = [], ...campaign }, index) => {
    const { from, until, ...others } = schedule ?? {};
    const isOrdered = !from || !until || Date.parse(from) < Date.parse(until);
    const shown = variants.length ? variants : [{ id: 'x' }];
    return {
      name: `Campaign ${index}`,
      status: 'live',
      triggers: [{ on: 'page' }],
      ...campaign,
      id: `c${index}`,
      ...(schedule && { schedule: { from, ...(isOrdered && { until }), ...others } }),
      variants: shown.map((variant) => ({
        ...variant,
        content: campaign.purpose === 'survey' && !index ? survey : banner,
      })),
    };
  });
  return JSON.parse(
    JSON.stringify({ kikubari: 1, segments, limits, facts: PUBLIC, campaigns: whole }),
  ) as CampaignFile;
}

const errorsOf = (file: unknown) =>
  validateCampaignFile(file, undefined, NOW).problems.filter(({ severity }) => severity === 'error');

const [plain] = fc.sample(programs, { numRuns: 1, seed: 1 });
/** Conditions of every kind of the language, as the golden cases have them. */
const GOLDEN = readCases().flatMap(({ test }) => ('condition' in test ? [test.condition] : []));
const VALID = GOLDEN.filter((audience) => !errorsOf(fileOf(plain!.program as Made, [audience])).length);

/** A file that is sound, with an audience of the golden cases beside those drawn; and one of them that may be understood by nobody. */
const sound = fc.record({
  file: fc
    .record({ made: programs, audience: fc.constantFrom(...VALID) })
    .map(({ made, audience }) => fileOf(made.program as Made, [audience])),
  strange: fc.constantFrom(...GOLDEN),
});

const event = fc.record({
  name: fc.constantFrom('a', 'b', '$exposure', ...NAMES),
  time: fc.constantFrom(NOW, NOW - 600_000, NOW + 600_000, 0, -1, 1e15, NaN),
  properties: fc.option(properties, { nil: undefined }),
  session: fc.constantFrom(SESSION, 'before', '__proto__', ''),
});

/** As it would be compiled, and `readProgram` of the SDK lets it in: a list of campaigns that have a name at least. */
function asRead(file: unknown, strange: Condition): Program | undefined {
  const { kikubari: _, campaigns, segments, ...rest } = Object(file) as CampaignFile;
  if (!Array.isArray(campaigns)) return undefined;
  const named = campaigns.filter((campaign) => typeof campaign?.id === 'string');
  return {
    ...rest,
    schema: 1,
    site: 'site',
    version: 1,
    segments: segments ?? {},
    campaigns: [
      ...expandProgram({ campaigns: [{ id: 'strange', audience: strange }] }).campaigns,
      ...named,
    ].map((campaign) => ({ version: 1, ...campaign })),
  };
}

/** What happened so often, again and again before it, a minute apart: a log as long as those of people who come often. */
function longLog(events: readonly Omit<PastEvent, 'id' | 'sequence'>[], times: number): PastEvent[] {
  return Array.from({ length: times }, (_, round) => times - 1 - round)
    .flatMap((ago) =>
      events.map(({ time, session, ...event }) => ({
        ...event,
        time: time - ago * 60_000,
        session: ago ? `s${ago >> 4}` : session,
      })),
    )
    .map((event, index) => ({ ...event, id: `e${index}`, sequence: [index + 1, 0] }));
}

const slowest: { [task: string]: number } = {};

/**
 * Runs a task of its own, as a page would: by the clock, or in processor time where the machine was busy with others. Of one that
 * takes long the quicker of two counts.
 */
function timed<Result>(task: string, run: () => Result): Result {
  const once = () => {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    const result = run();
    const { user, system } = process.cpuUsage(before);
    return { result, ms: Math.min(performance.now() - startedAt, (user + system) / 1000) };
  };
  const first = once();
  const ms = first.ms < MOST_MS / 2 ? first.ms : Math.min(first.ms, once().ms);
  slowest[task] = Math.max(slowest[task] ?? 0, ms);
  if (ms > HANG_MS) throw new Error(`${task} took ${ms} ms, and again`);
  return first.result;
}

const drawn = fc.record({
  sound,
  damages: fc.oneof(fc.tuple(damage), fc.array(damage, { minLength: 1, maxLength: 4 })),
  events: fc.array(event, { maxLength: 6 }),
  // Now and then as long as a device keeps it.
  times: fc.oneof(
    { weight: 24, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 800 }) },
  ),
  attributes: properties,
  device: properties,
  url: fc.constantFrom('https://shop.example/items/1?a=b', '', '%', '?%E0%A4%A', '\ud800', '/'.repeat(2000)),
  trigger: fc.constantFrom('page', 'event', 'dwell', 'manual', 'exit', 'scroll', 'visible'),
  checkpoint: fc.record({ isAny: fc.boolean(), any: hostile, damage }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Of> ? Of : never;

function check(
  { sound: { file, strange }, damages, events, times, attributes, device, url, trigger, checkpoint }: Drawn,
  tally: Tally,
) {
  const errors = timed('validate', () => errorsOf(file));
  // One in some ten thousand is drawn so deep.
  if (errors.some(({ message }) => message.includes('is nested deeper than'))) return tally('too deep');
  expect(errors).toEqual([]);
  const broken = damages.reduce<unknown>(damaged, structuredClone(file));
  const { problems } = timed('validate', () => validateCampaignFile(broken, undefined, NOW));
  const isRefused = problems.some(({ severity }) => severity === 'error');
  tally(isRefused ? 'damaged file refused' : 'damaged file accepted');
  if (!isRefused && problems.length) tally('damaged file warned of');
  const read = asRead(broken, strange);
  if (!read) return tally('no program');
  const rules = timed('compile', () => compileRules(read, ALL_KINDS));
  tally(rules.isUnderstood ? 'program understood' : 'program not understood');
  const log = longLog(events, times);
  if (log.length > 500) tally('long log');
  timed('pins', () => log.forEach(pinsOf(read)));
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
    // The first is damaged most often, the last, and the strange one, have an audience of the golden cases.
    if (campaign !== 'c0' && campaign !== 'c3' && campaign !== 'strange') continue;
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
      simulate('fuzz', 1200, drawn, check, {
        'damaged file refused': 500,
        'damaged file accepted': 100,
        'damaged file warned of': 50,
        'long log': 24,
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
