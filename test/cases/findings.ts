/** Compares what was found on the way to an answer with what a golden case says is to be found. */
import { expect } from 'vitest';
import type { Finding } from '../../src/core/decision.js';
import type { Case, ExpectedFinding } from './expand.js';

const inOrder = <One extends { path: string }>(some: One[]) =>
  some.sort((a, b) => (a.path < b.path ? -1 : 1));

/** The gate's own row says only whether the whole audience holds, which is what the case expects anyway. */
const isWhole = ({ path, found }: Finding) => path === 'audience' && found === null;

function matching({ found, names }: ExpectedFinding): unknown {
  if (names !== undefined) return expect.stringContaining(`Error: ${names}`);
  if (found === undefined) return expect.anything();
  return found && typeof found === 'object' && !Array.isArray(found) ? expect.objectContaining(found) : found;
}

/** All findings of each gate that `wanted` names, and no others of these gates. */
export function expectFindings(findings: readonly Finding[], wanted: readonly ExpectedFinding[]): void {
  const gateOf = ({ gate = 'audience' }: ExpectedFinding) => gate;
  const gates = new Set(wanted.length ? wanted.map(gateOf) : ['audience' as const]);
  for (const gate of gates) {
    const own = findings.filter((finding) => finding.gate === gate && !isWhole(finding));
    const told = own.map(({ path, passed, found }) => ({ path, passed, found }));
    const expected = wanted
      .filter((one) => gateOf(one) === gate)
      .map((one) => ({ path: one.path, passed: one.passed, found: matching(one) }));
    expect(inOrder(told)).toEqual(inOrder(expected));
  }
}

/** What a case says is to be found of a campaign, `tested` being the one that has the condition; undefined if it says nothing. */
export function findingsOf(test: Case, campaign: string): readonly ExpectedFinding[] | undefined {
  if ('cards' in test) return undefined;
  if ('program' in test) return test.findings?.[campaign];
  return campaign === 'tested' ? test.findings : undefined;
}
