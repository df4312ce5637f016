/** Conditions in all of the segment language: what is found and what holds, against a reference that was written from its document. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Condition } from '../../../src/core/conditions.js';
import { decide } from '../../../src/core/decide.js';
import type { Facts, Finding, PastEvent } from '../../../src/core/decision.js';
import { explain } from '../../../src/core/explain.js';
import { pastOf } from '../../../src/core/fold.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import type { Json } from '../../../src/core/events.js';
import type { Program } from '../../../src/core/program.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandOccasion, expandProgram, NOW } from '../../cases/expand.js';
import { PUBLIC } from './conditionValues.js';
import { conditions, segments } from './conditionWorld.js';
import { askedOf, naiveHolds } from './naive.js';
import { isUnderstood, naiveFindings, type NaiveFinding } from './naiveFindings.js';
import { simulate, TIMEOUT_MS, type Tally } from './simulation.js';
import { logs, visitors } from './visitorWorld.js';

/** What the evaluator says of the condition as an audience; it may find several things of one path, the same each time. */
function answered(
  condition: Condition,
  program: Pick<Program, 'segments' | 'facts'>,
  log: PastEvent[],
  facts: Facts,
) {
  const rules = compileRules(
    expandProgram({ ...program, campaigns: [{ id: 'c', audience: condition }] }),
    ALL_KINDS,
  );
  const past = pastOf(rules.atoms, log);
  const { verdicts } = decide(rules, past, facts, expandOccasion());
  const { findings, gate } = explain(rules, past, facts, expandOccasion(), 'c');
  expect(gate).toBe(verdicts[0]!.gate);
  return { holds: gate === null, findings: findings.filter(isOfCondition) };
}

const isOfCondition = ({ gate, path, found }: Finding) =>
  gate === 'audience' && !(path === 'audience' && found === null);

/** In order of the paths, each once. */
const inOrder = (findings: readonly NaiveFinding[]) =>
  [...new Map(findings.map((finding) => [finding.path, finding])).values()].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );

/** Of what is unknown no text is compared, and what `most` names beside its number must be shared so often. */
function expectFound(findings: readonly Finding[], expected: readonly NaiveFinding[]): void {
  const told = findings.map(({ path, passed, found }) => {
    const [first, ...rest] = found as Json[];
    const { shared } = expected.find((each) => each.path === path) ?? {};
    if (shared) expect(shared).toEqual(expect.arrayContaining(rest));
    if (typeof first === 'string' && first.startsWith('unknown: '))
      return { path, passed, found: ['unknown'] };
    return { path, passed, found: shared ? [first!] : (found as Json[]) };
  });
  expect(inOrder(told)).toEqual(
    inOrder(expected.map(({ path, passed, found }) => ({ path, passed, found }))),
  );
}

const OPERATORS =
  'eq ne gt gte lt lte in nin contains startsWith endsWith exists matches semver after before every'.split(
    ' ',
  );
const MEASURES = 'sum min max distinct most first last'.split(' ');
const KINDS = 'attribute page device visit signal time fact list event sequence segment'.split(' ');
const FACTS = /"(page|device|visit|signal|time)":"([\w.]+)"/g;

/** How often each operator, kind, fact and measure stands in what is asked. */
function count(asked: unknown, tally: Tally): void {
  const text = JSON.stringify(asked);
  for (const [, key] of text.matchAll(/"(\w+)":/g)) {
    if (OPERATORS.includes(key!)) tally(`operator: ${key}`);
    else if (KINDS.includes(key!)) tally(`kind: ${key}`);
    else if (['public', 'where', 'thenNot'].includes(key!)) tally(`key: ${key}`);
  }
  for (const [, kind, fact] of text.matchAll(FACTS)) tally(`fact: ${kind} ${fact}`);
  for (const [, measure] of text.matchAll(/"measure":"(\w+)"/g)) tally(`measure: ${measure}`);
  for (const [, window] of text.matchAll(/"within":("\w+"|\{"\w+)/g))
    tally(`window: ${window!.replace(/[{"]/g, '')}`);
}

const often = (what: string, names: string[], times: number) =>
  Object.fromEntries(names.map((name) => [`${what}: ${name}`, times]));

it(
  'finds and decides what the document says of every operator, fact and measure',
  () => {
    const drawn = fc.record({ condition: conditions, segments, log: logs, facts: visitors });
    simulate(
      'conditions',
      1500,
      drawn,
      ({ condition, segments, log, facts }, tally) => {
        const isNamed = JSON.stringify(condition).includes('"segment"');
        count({ condition, ...(isNamed && { segments }) }, tally);
        const { holds, findings } = answered(condition, { segments, facts: PUBLIC }, log, facts);
        const asked = { ...askedOf(facts, NOW), segments, log, publicFacts: PUBLIC };
        if (!isUnderstood(condition, asked)) {
          tally('not understood');
          const isTold = findings.some(({ found }) => JSON.stringify(found).includes('Error: '));
          expect([holds, isTold]).toEqual([false, true]);
          return;
        }
        const expected = naiveFindings(condition, asked);
        expectFound(findings, expected);
        expect(holds).toBe(naiveHolds(condition, asked));
        tally(holds ? 'condition that holds' : 'condition that does not hold');
        for (const { passed, found } of expected) {
          tally(passed ? 'part that holds' : 'part that does not hold');
          if (found[0] === 'unknown') tally('part that is unknown');
        }
      },
      {
        ...often('operator', OPERATORS, 60),
        ...often('measure', MEASURES, 40),
        ...often('kind', KINDS, 40),
        'key: public': 60,
        'not understood': 40,
        'condition that holds': 300,
        'condition that does not hold': 300,
        'part that holds': 300,
        'part that does not hold': 300,
        'part that is unknown': 10,
      },
    );
  },
  TIMEOUT_MS,
);
