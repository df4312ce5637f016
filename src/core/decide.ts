import { assign } from './assign.js';
import { AUTOMATIC, CONTROL } from './automatic.js';
import type { Decision, Facts, Finding, Gate, History, Occasion } from './decision.js';
import type { Json } from './events.js';
import { CHECKS } from './gates.js';
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
  let best: Campaign | undefined;

  const firstFailing = (campaign: Campaign): Gate | null => {
    let failing: Gate | null = null;
    const context = {
      program,
      segments: program.segments,
      history,
      facts,
      now: occasion.now,
      occasion,
      // Shared by all campaigns, except that each explanation shall show its segments' findings.
      memo: trace ? new Map() : memo,
    };
    for (const [gate, check] of CHECKS) {
      const report = reporter(campaign, gate);
      let passed = false;
      try {
        passed = check(campaign, context, report);
      } catch (error) {
        // What this version cannot read turns this campaign off, not the others.
        report?.(gate, false, null, String(error));
      }
      if (!passed) failing ??= gate;
      if (failing && !trace) break;
    }
    return failing;
  };

  const reporter = (campaign: Campaign, gate: Gate) =>
    trace &&
    ((path: string, passed: boolean, expected: Json, found: Json) =>
      trace(campaign.id, { gate, passed, path, expected, found }));

  const verdicts = program.campaigns.map((campaign) => {
    const gate = firstFailing(campaign);
    if (!gate && (!best || isAhead(campaign, best))) best = campaign;
    return { campaign: campaign.id, gate } as Decision['verdicts'][number];
  });
  let winner: Decision['winner'] = null;
  program.campaigns.forEach((campaign, index) => {
    const verdict = verdicts[index]!;
    if (verdict.gate || !best) return;
    const isBest = campaign == best;
    reporter(campaign, 'priority')?.('priority', isBest, campaign.priority ?? 0, best.id);
    if (!isBest) {
      verdict.gate = 'priority';
      return;
    }
    const variant = armOf(campaign, history, facts);
    reporter(campaign, 'assignment')?.('variants', !!variant, campaign.control ?? 0, variant ?? null);
    if (variant) winner = { campaign: campaign.id, variant: (verdict.variant = variant) };
    else verdict.gate = 'assignment';
  });
  return { winner, verdicts };
}

function isAhead(a: Campaign, b: Campaign): boolean {
  const lead = (a.priority ?? 0) - (b.priority ?? 0);
  return lead > 0 || (!lead && a.id < b.id);
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
