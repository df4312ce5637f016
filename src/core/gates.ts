import { dateMs } from './date.js';
import { behaviourAtom, exposedAtom, groupAtom } from './atoms.js';
import { AUTOMATIC } from './automatic.js';
import type { Condition, Where } from './conditions.js';
import type { Gate, Occasion } from './decision.js';
import type { Json, Purpose } from './events.js';
import type { Faults, Judge, Register, Scope } from './evaluate.js';
import type { Campaign, Cap, Clock, Limits, PublishedCampaign } from './program.js';
import type { Combined } from './combination.js';
import { compileTrigger, triggerGate } from './trigger.js';
import { checkSays, checkType, type Says } from './types.js';
import { UnknownOperator } from './unknownOperator.js';

/** Everything a gate may look at. */
export interface Context extends Scope {
  occasion: Occasion;
  /** The visitor, or the site's code, asks for it: no trigger need have fired, and others of its group do not matter. */
  isAsked?: boolean;
  /** It is there already and only goes on: its exposures do not count, nor do others of its group. */
  isAgain?: boolean;
}

/** One comparison: path into the campaign, what the rule asks, what was there. */
export type Row = [path: string, passed: boolean, expected: unknown, found: unknown];

/** The comparisons of a gate; the gate passes if all do. May throw `UnknownOperator`. */
export type Check = (context: Context) => Row[];

/** What compiling a gate needs beside the campaign. */
export interface Tools {
  register: Register;
  compile: (condition: Condition, root: string) => Judge;
  faults: Faults;
  limits?: Limits;
  /** By the name of an event the combinations of triggers that wait for it. */
  combined: Map<string, Combined[]>;
  /** Files the campaign under an occasion that one of its triggers may make. What cannot be read makes none. */
  file: (on: Occasion['trigger'], event?: string) => void;
}

export type Compile = (campaign: Campaign & Pick<PublishedCampaign, 'stopped'>, tools: Tools) => Check;

/** At most once in a session, unless the author says otherwise or the visitor asked for it. */
const DEFAULT_CAPS: Cap[] = [{ count: 1, per: 'session' }];

function isSurvey({ variants }: Campaign): boolean {
  return variants.some(({ content }) =>
    content.cards.some(({ blocks }) => blocks.some(({ block }) => block == 'question')),
  );
}

/** The consent a campaign's message and events need. */
export function purposeOf(campaign: Campaign): Purpose {
  return campaign.purpose ?? (isSurvey(campaign) ? 'survey' : 'personalise');
}

/** How many events there are by a clock. */
export type CountBy = (
  event: string,
  where: Where | undefined,
  per: Clock,
  register: Register,
) => (scope: Scope) => number;

/** The window of a clock that is none of the calendar. */
export function windowBy(per: Clock): string {
  if (per == 'session' || per == 'ever') return per;
  checkSays(per, { s: 'last' });
  return (per as { last: string }).last;
}

/** By the clocks that every program may have; `moreGates.ts` has more. */
export const countBy: CountBy = (event, where, per, register) => {
  const within = windowBy(per);
  const campaign = where?.campaign?.eq;
  // Most caps count the exposures of a session: one list does for all of them.
  const isListed =
    event == AUTOMATIC.exposure &&
    within == 'session' &&
    typeof campaign == 'string' &&
    JSON.stringify(where) == JSON.stringify({ campaign: { eq: campaign } });
  const index = register(isListed ? exposedAtom() : behaviourAtom({ event, where, within }));
  return (scope) => {
    const { past, now, facts } = scope;
    const found = past.read(index, now, facts.visit.session) as number | Json[];
    const count = typeof found == 'number' ? found : found.filter((one) => one === campaign).length;
    // What may have been shown has been shown: better once too few than once too often.
    return count + (past.pruned?.most(event, where, within, scope) ?? 0);
  };
};

/** Throws `UnknownOperator`. Of what the SDK notes only some is counted by caps; goals are a campaign's own. */
export function checkCap(cap: Cap, more?: 'goal'): void {
  checkSays(cap, { '+': 'count', so: 'per', su: 'of' });
  const { count, of = 'exposure' } = cap;
  if (count % 1) throw new UnknownOperator('count');
  if (of != more && !/^(exposure|close|click|answer)$/.test(of)) throw new UnknownOperator(of);
}

/** What a cap of the campaign counts. */
function capCounter(
  { of = 'exposure', per }: Cap,
  { id, goal }: Campaign,
  register: Register,
  count: CountBy,
) {
  const [name, where]: [string?, Where?] =
    of == 'goal' ? [goal?.event, goal?.where] : [AUTOMATIC[of], { campaign: { eq: id } }];
  // A goal that is not there must close the gate: an uncounted cap would never be reached.
  if (!name) throw new UnknownOperator(of);
  return count(name, where, per, register);
}

/** The gate of the campaign's own caps. */
export const compileCaps = (
  campaign: Campaign,
  { register }: Pick<Tools, 'register'>,
  count: CountBy = countBy,
): Check => {
  const caps = (campaign.caps ?? DEFAULT_CAPS).map((cap, index) => {
    checkCap(cap, 'goal');
    return { cap, path: `caps[${index}]`, counted: capCounter(cap, campaign, register, count) };
  });
  return (context) => {
    if (!campaign.caps && context.occasion.trigger == 'manual') return [];
    return caps
      .filter(({ cap }) => !context.isAgain || (cap.of ?? 'exposure') != 'exposure')
      .map(({ cap, path, counted }): Row => {
        const count = counted(context);
        return [path, count < cap.count, cap, count];
      });
  };
};

const compileGroup: Compile = ({ id, group }, { register }) => {
  if (!group) return () => [];
  const index = register(groupAtom(group));
  return ({ past, now, facts, isAsked, isAgain }) => {
    if (isAsked || isAgain) return [];
    const exposed = past.read(index, now, facts.visit.session) as Json[];
    const shown = exposed.filter((campaign) => campaign != id);
    return [['group', !shown.length, group, shown]];
  };
};

/** A campaign that says more is not half understood. `moreGates.ts` knows more. */
const CAMPAIGN_SAYS: Says = {
  s: 'id status',
  su: 'name group purpose language note',
  '+0u': 'version control',
  '+0-u': 'priority',
  '[': 'triggers variants',
  '[u': 'caps',
  ou: 'schedule goal stopped',
  '*': 'audience',
};

export type Gates = { [gate in Gate]?: Compile };

/** The gates that look at one campaign alone, in the order they are checked. */
export const COMPILE: Gates = {
  status: (campaign, { limits = {} }) => {
    checkSays(campaign, CAMPAIGN_SAYS);
    for (const variant of campaign.variants) {
      checkSays(variant, { s: 'id', '+0u': 'weight', o: 'content' });
      checkType(variant.content.format, 's', 'format');
    }
    // They hold for all campaigns, so what of them is not understood turns all of them off: better nothing than too much.
    checkSays(limits, { bu: 'contacts' });
    const { status, stopped } = campaign;
    return () => [['status', !stopped && status == 'live', 'live', stopped ?? status]];
  },

  schedule: ({ schedule = {} }) => {
    checkSays(schedule, { su: 'from until' });
    const [from, until] = [schedule.from ?? '0001-01-01', schedule.until ?? '9999-12-31'].map(dateMs);
    if (from! + until! != from! + until!) throw new UnknownOperator(JSON.stringify(schedule));
    return ({ now }) => [['schedule', now >= from! && now < until!, schedule, now]];
  },

  consent: (campaign) => {
    const purpose = purposeOf(campaign);
    return ({ facts: { consent } }) => [['purpose', consent.includes(purpose), purpose, consent]];
  },

  trigger: triggerGate(compileTrigger),

  audience: ({ audience }, { compile }) => {
    if (audience === undefined) return () => [];
    const judge = compile(audience, 'audience');
    return (context) => [['audience', judge(context), audience, null]];
  },

  frequency: compileCaps,

  group: compileGroup,
};
