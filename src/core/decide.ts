import type { Assign } from './assign.js';
import { CONTROL } from './automatic.js';
import type { Decision, Facts, Gate, Occasion, Past, Verdict } from './decision.js';
import type { Json } from './events.js';
import type { Context, Row } from './gates.js';
import type { Program } from './program.js';
import type { CampaignRules, Rules } from './rules.js';

type Campaign = Program['campaigns'][number];

/** Receives what each gate compared. */
export type DecisionTrace = (campaign: Campaign, gate: Gate, row: Row) => void;

/** What may be asked otherwise than by an occasion of the page. */
export interface Choice extends Pick<Context, 'isAsked' | 'isAgain'> {
  /** The campaigns among which is decided; default all of which a trigger may have fired. */
  among?: (campaign: Campaign) => boolean;
}

/**
 * Which campaign to expose at this occasion, if any, and for each campaign the first gate it failed. Pure: same arguments,
 * same answer. The past must hold everything up to the occasion, its own event included, and serve its moment. With a trace the
 * gates after the first failing one are looked at too, and all campaigns; the answer is the same.
 */
export function decide(
  rules: Rules,
  past: Past,
  facts: Facts,
  occasion: Occasion,
  trace?: DecisionTrace,
  { among = () => true, ...asked }: Choice = {},
): Decision {
  const { now } = occasion;
  const context: Context = { past, facts, now, occasion, memo: [], ...asked };
  const judge = (rules: CampaignRules): Judged => ({
    rules,
    verdict: {
      campaign: rules.campaign.id,
      // Answers of segments are shared by all campaigns, except that each explanation shall have its own findings.
      gate: trace ? firstFailing(rules, { ...context, memo: [] }, trace) : firstFailing(rules, context),
    },
  });

  const isAmong = ({ campaign }: CampaignRules) => among(campaign);
  const open = trace || asked.isAsked ? rules.campaigns : rules.candidates(occasion);
  const judged = open.filter(isAmong).map(judge);
  const arms = () => past.read(rules.arms, now, '') as { [campaign: string]: Json };
  const winner = choose(judged, arms, rules.assign, facts, trace);
  const judgedVerdicts = judged.map(({ verdict }) => verdict);
  return {
    winner,
    judged: judgedVerdicts,
    get verdicts() {
      if (judged.length == rules.campaigns.length) return judgedVerdicts;
      const known = new Map(judgedVerdicts.map((verdict) => [verdict.campaign, verdict]));
      return rules.campaigns
        .filter(isAmong)
        .map((campaign) => known.get(campaign.campaign.id) ?? judge(campaign).verdict);
    },
  };
}

interface Judged {
  rules: CampaignRules;
  verdict: Verdict;
}

/** Of those that passed all gates of their own, and have something to show, the first by priority wins and gets its arm. */
function choose(
  judged: Judged[],
  arms: () => { [campaign: string]: Json },
  assign: Assign,
  facts: Facts,
  note?: DecisionTrace,
): Decision['winner'] {
  const passed = judged
    .filter(({ verdict }) => !verdict.gate)
    .sort(
      ({ rules: { campaign: a } }, { rules: { campaign: b } }) =>
        (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1),
    );
  let winner: Decision['winner'] = null;
  for (const {
    rules: { campaign },
    verdict,
  } of passed) {
    const { id, priority = 0, control = 0 } = campaign;
    note?.(campaign, 'priority', ['priority', !winner, priority, winner?.campaign ?? id]);
    if (winner) {
      verdict.gate = 'priority';
      continue;
    }
    const variant = armOf(campaign, arms(), assign, facts);
    note?.(campaign, 'assignment', ['variants', !!variant, control, variant]);
    if (variant) winner = { campaign: id, variant: (verdict.variant = variant) };
    else verdict.gate = 'assignment';
  }
  return winner;
}

function firstFailing(
  { campaign, checks }: CampaignRules,
  context: Context,
  note?: DecisionTrace,
): Gate | null {
  let failing: Gate | null = null;
  for (const [gate, check] of checks) {
    let rows: Row[];
    if (note) context.trace = (...row) => note(campaign, gate, row);
    try {
      rows = check(context);
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
function armOf(
  campaign: Campaign,
  arms: { [campaign: string]: Json },
  assign: Assign,
  facts: Facts,
): string | undefined {
  const { id, control, variants } = campaign;
  if (!variants.length) return undefined;
  const arm = arms[id];
  const isKept = arm === CONTROL ? control : variants.some((variant) => variant.id === arm);
  return isKept ? (arm as string) : assign(facts.user ?? facts.visitor, campaign, arms);
}
