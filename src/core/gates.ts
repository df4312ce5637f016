import { AUTOMATIC } from './automatic.js';
import type { Within } from './conditions.js';
import type { Gate, Occasion } from './decision.js';
import type { Json } from './events.js';
import { evaluate, type Scope, type Trace } from './evaluate.js';
import type { Campaign, Cap, Program } from './program.js';
import { matcher } from './test.js';
import { isTriggered } from './trigger.js';
import { windowTest } from './window.js';

/** Everything a gate may look at. */
export interface Context extends Scope {
  program: Program;
  occasion: Occasion;
}

/** Whether the campaign passes; what was compared goes to the trace. May throw `UnknownOperator`. */
export type Check = (campaign: Campaign, context: Context, trace?: Trace) => boolean;

const COUNTED = AUTOMATIC as { [of: string]: string };

/** At most once in a session, unless the author or the visitor asked for it. */
const DEFAULT_CAPS: Cap[] = [{ count: 1, per: 'session' }];

const isSurvey = ({ variants }: Campaign): boolean =>
  variants.some(({ content }) =>
    content.cards.some(({ blocks }) => blocks.some(({ block }) => block == 'question')),
  );

function countFor(cap: Cap, campaign: Campaign, { history, now, facts }: Context): number {
  const of = cap.of ?? 'exposure';
  const isGoal = of == 'goal';
  const name = isGoal ? campaign.goal?.event : COUNTED[of];
  const matches = matcher(name, isGoal ? campaign.goal?.where : { campaign: { eq: campaign.id } });
  const within: Within = typeof cap.per == 'object' ? cap.per.last : cap.per;
  const isInside = windowTest(within, now, facts.visit.session);
  return history.named(name ?? '').filter((past) => matches(past) && isInside(past)).length;
}

/** The gates that look at one campaign alone, in the order they are checked. */
export const CHECKS: [Gate, Check][] = [
  [
    'status',
    ({ status }, _, trace) => {
      const passed = status == 'live';
      trace?.('status', passed, 'live', status);
      return passed;
    },
  ],
  [
    'schedule',
    ({ schedule = {} }, { now }, trace) => {
      const { from, until } = schedule;
      // Written so that an unreadable date closes the gate.
      const passed = (!from || now >= Date.parse(from)) && (!until || now < Date.parse(until));
      trace?.('schedule', passed, schedule as Json, now);
      return passed;
    },
  ],
  [
    'consent',
    (campaign, { facts: { consent } }, trace) => {
      const purpose = campaign.purpose ?? (isSurvey(campaign) ? 'survey' : 'personalise');
      const passed = consent.includes(purpose);
      trace?.('purpose', passed, purpose, [...consent]);
      return passed;
    },
  ],
  ['trigger', isTriggered],
  [
    'audience',
    ({ audience }, context, trace) =>
      !audience ||
      evaluate(
        audience,
        context,
        trace &&
          ((path, ...rest) =>
            trace(/^segments\./.test(path) ? path : `audience${path && '.'}${path}`, ...rest)),
      ),
  ],
  [
    'frequency',
    (campaign, context, trace) =>
      (campaign.caps ?? (context.occasion.trigger == 'manual' ? [] : DEFAULT_CAPS))
        .map((cap, index) => {
          const count = countFor(cap, campaign, context);
          const passed = count < cap.count;
          trace?.(`caps[${index}]`, passed, cap as unknown as Json, count);
          return passed;
        })
        .every(Boolean),
  ],
  [
    'group',
    ({ id, group }, { program, history, facts }, trace) => {
      if (!group) return true;
      const others = program.campaigns.filter((other) => other.group == group && other.id != id);
      const shown = history
        .named(AUTOMATIC.exposure)
        .find(
          ({ session, properties }) =>
            session == facts.visit.session && others.some((other) => other.id == properties?.campaign),
        );
      trace?.('group', !shown, group, shown?.properties?.campaign ?? null);
      return !shown;
    },
  ],
];
