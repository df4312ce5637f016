import { isSeen } from './automatic.js';
import type { Change } from './change.js';
import { decide } from './decide.js';
import type { Facts, Finding, Gate, Occasion } from './decision.js';
import type { Json } from './events.js';
import type { FoldedPast } from './fold.js';
import { changesFor } from './gateChange.js';
import type { Row } from './gates.js';
import { leaderShown } from './leader.js';
import { PERSONAL_GAPS } from './personalGaps.js';
import type { Rules } from './rules.js';

/** Why a campaign was or was not chosen: the verdict of `decide` and everything that was compared on the way. */
export interface Explanation {
  campaign: string;
  /** True if it won the occasion; an arm of `control` counts as shown to nobody and is false. */
  shown: boolean;
  /** First failing gate; null if none failed. */
  gate: Gate | null;
  findings: Finding[];
  /** Gate by gate the smallest change that would make it answer otherwise. */
  changes: Change[];
}

/** Runs `decide` again with its trace on, so it cannot differ. A campaign that is not in the program fails `status`. */
export function explain(
  rules: Rules,
  past: FoldedPast,
  facts: Facts,
  occasion: Occasion,
  campaignId: string,
): Explanation {
  const findings: Finding[] = [];
  const { verdicts } = decide(rules, past, facts, occasion, ({ id }, gate, row) => {
    if (id != campaignId) return;
    const finding = findingOf(gate, row, facts);
    const leader = leaderShown(rules, finding.expected, { past, facts, occasion });
    if (leader !== undefined && Array.isArray(finding.found)) finding.found = [...finding.found, leader];
    findings.push(finding);
  });
  const verdict = verdicts.find(({ campaign }) => campaign == campaignId);
  if (!verdict)
    findings.push({ gate: 'status', passed: false, path: 'status', expected: 'live', found: null });
  const { gate, variant } = verdict ?? { gate: 'status' };
  const shown = gate === null && variant !== undefined && isSeen(variant);
  const world = { past, facts, occasion };
  return {
    campaign: campaignId,
    shown,
    gate,
    findings,
    changes: changesFor(rules, world, campaignId, findings, shown),
  };
}

function findingOf(gate: Gate, [path, passed, expected, found]: Row, { personal, user }: Facts): Finding {
  // The audience as a whole has no finding of its own.
  const isPersonal =
    Array.isArray(found) && expected instanceof Object && ('fact' in expected || 'list' in expected);
  if (isPersonal && !personal) found = [user === undefined ? PERSONAL_GAPS.nobody : PERSONAL_GAPS.notHere];
  return { gate, passed, path, expected: (expected ?? null) as Json, found: (found ?? null) as Json };
}
