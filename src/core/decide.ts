import { assign } from './assign.js';
import { AUTOMATIC, CONTROL } from './automatic.js';
import type { Decision, Facts, Finding, Gate, History, Occasion, Verdict } from './decision.js';
import { GATES } from './decision.js';
import type { Json } from './events.js';
import { CHECKS, type Context, type Row } from './gates.js';
import type { Campaign, Program } from './program.js';

/** Receives every finding, with the campaign it is about. */
export type DecisionTrace = (campaign: string, finding: Finding) => void;

/**
 * Which campaign to expose at this occasion, if any, and for each campaign the first gate it failed. Pure: same arguments,
 * same answer. The history must hold everything up to the occasion, its own event included. With a trace the gates after
 * the first failing one are looked at too; the answer is the same.
 */
export function decide(
  program: Program,
  history: History,
  facts: Facts,
  occasion: Occasion,
  trace?: DecisionTrace,
): Decision {
  const memo = new Map<string, boolean | undefined>();
  const note: Note = (campaign, gate, [path, passed, expected, found]) => {
    trace?.(campaign.id, {
      gate,
      passed,
      path,
      expected: (expected ?? null) as Json,
      found: (found ?? null) as Json,
    });
    return passed;
  };

  const { campaigns, segments } = program;
  const { now } = occasion;
  const verdicts: Verdict[] = campaigns.map((campaign) => ({
    campaign: campaign.id,
    gate: firstFailing(
      campaign,
      // Answers of segments are shared by all campaigns, except that each explanation shall have its own findings.
      { program, segments, history, facts, now, occasion, memo: trace ? new Map() : memo },
      trace && note,
    ),
  }));
  const best = campaigns
    .filter((_, index) => !verdicts[index]!.gate)
    .sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1))[0];
  let winner: Decision['winner'] = null;
  campaigns.forEach((campaign, index) => {
    const verdict = verdicts[index]!;
    if (verdict.gate) return;
    const { id, priority = 0, control = 0 } = campaign;
    if (!note(campaign, 'priority', ['priority', campaign == best, priority, best!.id])) {
      verdict.gate = 'priority';
      return;
    }
    const variant = armOf(campaign, history, facts);
    note(campaign, 'assignment', ['variants', !!variant, control, variant]);
    if (variant) winner = { campaign: id, variant: (verdict.variant = variant) };
    else verdict.gate = 'assignment';
  });
  return { winner, verdicts };
}

type Note = (campaign: Campaign, gate: Gate, row: Row) => boolean;

function firstFailing(campaign: Campaign, context: Context, note?: Note): Gate | null {
  let failing: Gate | null = null;
  for (const gate of GATES) {
    let rows: Row[];
    try {
      rows = CHECKS[gate]?.(campaign, context, note && ((...row) => note(campaign, gate, row))) ?? [];
    } catch (error) {
      // What this version cannot read turns this campaign off, not the others.
      rows = [[gate, false, null, String(error)]];
    }
    for (const row of rows) {
      note?.(campaign, gate, row);
      if (!row[1]) failing ??= gate;
    }
    if (failing && !note) break;
  }
  return failing;
}

/** The arm of the first exposure, as long as the campaign still has it, so that a login changes nothing; else the hash's. */
function armOf(campaign: Campaign, history: History, facts: Facts): string | undefined {
  const { control, variants, id } = campaign;
  if (!variants.length) return undefined;
  const arm = history.named(AUTOMATIC.exposure).find(({ properties }) => properties?.campaign == id)
    ?.properties?.variant as string | undefined;
  const isKept = arm == CONTROL ? control : variants.some((variant) => variant.id == arm);
  return isKept ? arm : assign(facts.user ?? facts.visitor, campaign);
}
