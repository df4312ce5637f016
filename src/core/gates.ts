import { behaviourAtom, exposedAtom } from './atoms.js';
import { AUTOMATIC } from './automatic.js';
import type { Condition, Where, Within } from './conditions.js';
import type { Gate, Occasion } from './decision.js';
import type { Json, Purpose } from './events.js';
import type { Faults, Judge, Register, Scope } from './evaluate.js';
import type { Campaign, Cap } from './program.js';
import { compileTriggers } from './trigger.js';
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
  /** Ids of the campaigns of a group. */
  membersOf: (group: string) => readonly string[];
}

export type Compile = (campaign: Campaign, tools: Tools) => Check;

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

/** What a cap counts, in its window. */
function capCounter({ of = 'exposure', per }: Cap, { id, goal }: Campaign, register: Register) {
  const [name, where]: [string?, Where?] =
    of == 'goal' ? [goal?.event, goal?.where] : [AUTOMATIC[of], { campaign: { eq: id } }];
  // A thing or a goal that is not there must close the gate: an uncounted cap would never be reached.
  if (!name) throw new UnknownOperator(of);
  const within: Within = typeof per == 'object' ? per.last : per;
  const isListed = of == 'exposure' && within == 'session';
  const index = register(isListed ? exposedAtom() : behaviourAtom({ event: name, where, within }));
  return (scope: Scope) => {
    const { past, now, facts } = scope;
    const found = past.read(index, now, facts.visit.session) as number | Json[];
    const count = typeof found == 'number' ? found : found.filter((campaign) => campaign == id).length;
    // What may have been shown has been shown: better once too few than once too often.
    return count + (past.pruned?.most(name, where, within, scope) ?? 0);
  };
}

const compileCaps: Compile = (campaign, { register }) => {
  const caps = (campaign.caps ?? DEFAULT_CAPS).map((cap, index) => ({
    cap,
    path: `caps[${index}]`,
    counted: capCounter(cap, campaign, register),
  }));
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

const compileGroup: Compile = ({ id, group }, { register, membersOf }) => {
  if (!group) return () => [];
  const others = new Set<Json>(membersOf(group).filter((other) => other != id));
  const index = register(exposedAtom());
  return ({ past, now, facts, isAsked, isAgain }) => {
    if (isAsked || isAgain) return [];
    const exposed = past.read(index, now, facts.visit.session) as Json[];
    const shown = exposed.filter((campaign) => others.has(campaign));
    return [['group', !shown.length, group, shown]];
  };
};

/** The gates that look at one campaign alone, in the order they are checked. */
export const COMPILE: { [gate in Gate]?: Compile } = {
  status:
    ({ status }) =>
    () => [['status', status == 'live', 'live', status]],

  schedule: ({ schedule = {} }) => {
    const from = schedule.from ? Date.parse(schedule.from) : -Infinity;
    const until = schedule.until ? Date.parse(schedule.until) : Infinity;
    // An unreadable date closes the gate.
    return ({ now }) => [['schedule', now >= from && now < until, schedule, now]];
  },

  consent: (campaign) => {
    const purpose = purposeOf(campaign);
    return ({ facts: { consent } }) => [['purpose', consent.includes(purpose), purpose, consent]];
  },

  trigger: compileTriggers,

  audience: ({ audience }, { compile }) => {
    if (audience === undefined) return () => [];
    const judge = compile(audience, 'audience');
    return (context) => [['audience', judge(context), audience, null]];
  },

  frequency: compileCaps,

  group: compileGroup,
};
