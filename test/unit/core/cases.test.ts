import { describe, expect, it } from 'vitest';
import { isSeen } from '../../../src/core/automatic.js';
import { GATES } from '../../../src/core/decision.js';
import { nextCard } from '../../../src/core/survey.js';
import { UnknownOperator } from '../../../src/core/unknownOperator.js';
import type { Case, ConditionCase, DecisionCase } from '../../cases/expand.js';
import { expandFacts, expandLog, expandOccasion, expandProgram, readCases } from '../../cases/expand.js';
import { expectFindings, findingsOf } from '../../cases/findings.js';
import { decideOn, explainOn, holds } from './asking.js';

function checkCondition(test: ConditionCase) {
  const { condition, segments = {}, publicFacts, expected } = test;
  const facts = expandFacts(test.facts);
  const answer = () =>
    holds(condition, { segments, publicFacts, events: expandLog(test.log), facts, now: test.occasion?.now });
  if (expected === 'unknown') expect(answer).toThrow(UnknownOperator);
  else expect(answer()).toBe(expected);
  const gates = { bystander: 'priority', tested: 'audience' } as DecisionCase['expected']['gates'];
  const winner = expected === true ? 'tested' : 'bystander';
  gates[winner] = null;
  const tested = { id: 'tested', audience: condition, priority: 1 };
  checkDecision({
    ...test,
    findings: test.findings && { tested: test.findings },
    program: { segments, facts: publicFacts, campaigns: [{ id: 'bystander' }, tested] },
    expected: { winner, gates: expected === true ? gates : { ...gates, bystander: null } },
  });
}

function checkDecision(test: DecisionCase) {
  const program = expandProgram(test.program);
  const log = expandLog(test.log);
  const facts = expandFacts(test.facts);
  const occasion = expandOccasion(test.occasion);
  const { winner, verdicts } = decideOn(program, log, facts, occasion);
  expect(Object.fromEntries(verdicts.map(({ campaign, gate }) => [campaign, gate]))).toEqual(
    test.expected.gates,
  );
  expect(winner?.campaign ?? null).toBe(test.expected.winner);
  if (test.expected.variant) expect(winner?.variant).toBe(test.expected.variant);
  for (const { campaign, gate, variant } of verdicts) {
    const explanation = explainOn(program, log, facts, occasion, campaign);
    expect(explanation.gate).toBe(gate);
    const wanted = findingsOf(test, campaign);
    if (wanted) expectFindings(explanation.findings, wanted);
    expect(explanation.shown).toBe(variant !== undefined && isSeen(variant));
    if (gate) expect(explanation.findings.some((found) => found.gate === gate && !found.passed)).toBe(true);
  }
}

function check(test: Case) {
  if ('cards' in test) expect(nextCard(test.cards, test.at, test.answers)).toBe(test.expected);
  else if ('condition' in test) checkCondition(test);
  else checkDecision(test);
}

const cases = readCases();

describe('golden cases', () => {
  it('are many, and no two of a file have one name', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(new Set(cases.map(({ file, test }) => file + test.name)).size).toBe(cases.length);
  });
  it('say of every file but that of surveys, and of every gate, what is to be found', () => {
    const told = cases.filter(({ test }) => 'findings' in test);
    const files = new Set(cases.map(({ file }) => file));
    expect(told.length).toBeGreaterThanOrEqual(300);
    expect([...files].filter((file) => !told.some((one) => one.file === file))).toEqual(['surveys.json']);
    const gates = told.flatMap(({ test }) =>
      'program' in test ? Object.values(test.findings!).flatMap((all) => all.map(({ gate }) => gate)) : [],
    );
    expect(GATES.filter((gate) => !gates.includes(gate))).toEqual([]);
  });
  it.each(cases.map(({ file, test }) => [`${file}: ${test.name}`, test] as const))('%s', (_, test) =>
    check(test),
  );
});
