import { AUTOMATIC } from './automatic.js';
import type { Gate, Occasion } from './decision.js';
import type { Json, Purpose } from './events.js';
import { evaluate, type Scope, type Trace } from './evaluate.js';
import type { Campaign, Cap, Program } from './program.js';
import { matcher } from './test.js';
import { findTrigger } from './trigger.js';
import { UnknownOperator } from './unknownOperator.js';
import { windowTest } from './window.js';

/** Everything a gate may look at. */
export interface Context extends Scope {
  program: Program;
  occasion: Occasion;
}

/** One comparison: path into the campaign, what the rule asks, what was there. */
export type Row = [path: string, passed: boolean, expected: unknown, found: unknown];

/** The comparisons of a gate; the gate passes if all do. May throw `UnknownOperator`. */
export type Check = (campaign: Campaign, context: Context, trace?: Trace) => Row[];

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
function countFor({ of = 'exposure', per }: Cap, { id, goal }: Campaign, context: Context): number {
  const [name, where] = of == 'goal' ? [goal?.event, goal?.where] : [AUTOMATIC[of], { campaign: { eq: id } }];
  // A thing or a goal that is not there must close the gate: an uncounted cap would never be reached.
  if (!name) throw new UnknownOperator(of);
  const matches = matcher(name, where);
  const within = typeof per == 'object' ? per.last : per;
  const isInside = windowTest(within, context);
  const { history } = context;
  const count = history.named(name).filter((past) => matches(past) && isInside(past)).length;
  // What may have been shown has been shown: better once too few than once too often.
  return count + (history.pruned?.most(name, where, within, context) ?? 0);
}

/** The gates that look at one campaign alone, in the order they are checked. */
export const CHECKS: { [gate in Gate]?: Check } = {
  status: ({ status }) => [['status', status == 'live', 'live', status]],

  schedule: ({ schedule = {} }, { now }) => {
    const { from, until } = schedule;
    // Written so that an unreadable date closes the gate.
    const isOpen = (!from || now >= Date.parse(from)) && (!until || now < Date.parse(until));
    return [['schedule', isOpen, schedule, now]];
  },

  consent: (campaign, { facts: { consent } }) => {
    const purpose = purposeOf(campaign);
    return [['purpose', consent.includes(purpose), purpose, consent]];
  },

  trigger: findTrigger,

  audience: ({ audience }, context, trace) =>
    audience !== undefined
      ? [['audience', evaluate(audience, context, trace, 'audience'), audience, null]]
      : [],

  frequency: (campaign, context) =>
    (campaign.caps ?? (context.occasion.trigger == 'manual' ? [] : DEFAULT_CAPS)).map((cap, index) => {
      const count = countFor(cap, campaign, context);
      return [`caps[${index}]`, count < cap.count, cap, count];
    }),

  group: ({ id, group }, { program, history, facts }) => {
    if (!group) return [];
    const others = program.campaigns.filter((other) => other.group == group && other.id != id);
    const shown = history
      .named(AUTOMATIC.exposure)
      .filter(({ session }) => session == facts.visit.session)
      .map(({ properties }) => properties?.campaign as Json)
      .filter((campaign) => others.some((other) => other.id == campaign));
    return [['group', !shown.length, group, shown]];
  },
};
