/** Golden cases: JSON short enough to be written by hand, expanded here for every consumer of the segment language. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Condition } from '../../src/core/conditions.js';
import type { Card } from '../../src/core/content.js';
import type { Facts, Gate, Occasion, PastEvent } from '../../src/core/decision.js';
import { durationMs } from '../../src/core/duration.js';
import type { Json, Properties } from '../../src/core/events.js';
import type { Program, PublishedCampaign } from '../../src/core/program.js';

/** 2026-05-01T00:00:00Z: the moment all cases happen at. */
export const NOW = 1_777_593_600_000;
/** The running session; events without a session belong to it. */
export const SESSION = 'now';

/** `ago` is a duration before NOW, default 0; a leading `-` puts the event after NOW. */
export interface CaseEvent {
  name: string;
  ago?: string;
  properties?: Properties;
  session?: string;
}

interface Shared {
  name: string;
  log?: CaseEvent[];
  facts?: Partial<Omit<Facts, 'visit' | 'signals'>> & { visit?: object; signals?: object };
  occasion?: Partial<Occasion>;
}

/**
 * One finding on the way to an answer, as docs/language.md (what is found) has it. Where a case gives findings they are all those of
 * each gate they name, in any order, but for the row of the gate `audience` itself. They are reckoned by hand from the case.
 */
export interface ExpectedFinding {
  /** Default `audience`. */
  gate?: Gate;
  /** JSON path into the campaign; of what is not understood the gate's name. */
  path: string;
  passed: boolean;
  /** Of an object only these fields; absent where nobody reckons it by hand, such as a hash. */
  found?: Json;
  /** In place of `found`: how the part that is not understood begins. */
  names?: string;
}

/** Truth of one condition. `unknown` means that it must turn its campaign off. */
export interface ConditionCase extends Shared {
  condition: Condition;
  segments?: Program['segments'];
  /** The program's `facts`. */
  publicFacts?: Properties;
  expected: boolean | 'unknown';
  /** Of the condition, which stands at `audience`. */
  findings?: ExpectedFinding[];
}

/** `gates` names the failing gate per campaign, null for the one that goes through. */
export interface DecisionCase extends Shared {
  program: Pick<Partial<Program>, 'segments' | 'limits' | 'facts'> & {
    campaigns: (Partial<PublishedCampaign> & { id: string })[];
  };
  expected: { winner: string | null; variant?: string; gates: { [campaign: string]: Gate | null } };
  /** By campaign, mostly of the gate that decides. */
  findings?: { [campaign: string]: ExpectedFinding[] };
}

export interface SurveyCase {
  name: string;
  cards: Card[];
  at: string;
  answers: { [question: string]: Json };
  expected: string | null;
}

export type Case = ConditionCase | DecisionCase | SurveyCase;

/** Every case with the file it stands in. */
export function readCases(): { file: string; test: Case }[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const cases = JSON.parse(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')) as Case[];
      return cases.map((test) => ({ file, test }));
    });
}

/** The log of a case, in order of sequence. */
export function expandLog(log: CaseEvent[] = []): PastEvent[] {
  return log.map(({ name, ago = '0s', properties, session = SESSION }, index) => ({
    name,
    properties,
    session,
    time: NOW - (ago.startsWith('-') ? -durationMs(ago.slice(1)) : durationMs(ago)),
    id: `event-${index}`,
    sequence: [index + 1, 0],
  }));
}

/** A first visitor, ten seconds on the start page, who allowed everything, unless the case says otherwise. */
export function expandFacts(facts: Shared['facts'] = {}): Facts {
  const { visit, signals, ...rest } = facts;
  return {
    visitor: 'visitor-1',
    attributes: {},
    consent: ['measure', 'personalise', 'survey'],
    page: { url: 'https://shop.example/' },
    device: {},
    ...rest,
    visit: { session: SESSION, number: 1, pages: 1, startedAt: NOW - 10_000, ...visit },
    signals: { dwell: 0, scroll: 0, ...signals },
  };
}

export function expandOccasion(occasion: Partial<Occasion> = {}): Occasion {
  return { now: NOW, trigger: 'page', ...occasion };
}

/** Campaigns are live, fire on every page and have one variant `a`, unless the case says otherwise. */
export function expandProgram(program: DecisionCase['program']): Program {
  return {
    schema: 1,
    site: 'site',
    version: 1,
    segments: program.segments ?? {},
    ...(program.limits && { limits: program.limits }),
    ...(program.facts && { facts: program.facts }),
    campaigns: program.campaigns.map((campaign) => ({
      name: campaign.id,
      status: 'live',
      version: 1,
      triggers: [{ on: 'page' }],
      variants: [{ id: 'a', content: { format: 'banner', cards: [] } }],
      ...campaign,
    })),
  };
}
