import type { Facts, Occasion } from './decision.js';
import type { Compile } from './gates.js';
import type { Trigger } from './program.js';
import { matcher, passesAny, testerOf } from './test.js';
import { pathOf } from './url.js';

type Fires = (occasion: Occasion, facts: Facts) => boolean;

/** What each kind of trigger asks beyond being the occasion's kind; `page` and `exit` ask nothing. */
const FIRES: { [on: string]: (trigger: never, id: string) => Fires } = {
  event: ({ event, where }: Trigger & { on: 'event' }) => {
    const matches = matcher(event, where);
    return (occasion) => !!occasion.event && matches(occasion.event);
  },
  dwell:
    ({ seconds }: Trigger & { on: 'dwell' }) =>
    (_, { signals }) =>
      signals.dwell >= seconds,
  scroll:
    ({ percent }: Trigger & { on: 'scroll' }) =>
    (_, { signals }) =>
      signals.scroll >= percent,
  visible:
    ({ selector }: Trigger & { on: 'visible' }) =>
    (occasion) =>
      occasion.selector == selector,
  manual: (_, id) => (occasion) => occasion.campaign == id,
};

/** Throws `UnknownOperator`. */
function compileTrigger(trigger: Trigger, id: string): Fires {
  const { on, page } = trigger;
  const fires = FIRES[on]?.(trigger as never, id);
  const tester = page && testerOf(page);
  return (occasion, facts) =>
    (!tester || passesAny(tester, [pathOf(facts.page.url)], occasion.now)) &&
    (!fires || fires(occasion, facts));
}

/**
 * The trigger gate: the first trigger that made this occasion, or all that did not. What this version cannot read in one trigger
 * does not matter where another kind is asked.
 */
export const compileTriggers: Compile = ({ id, triggers }, { faults }) => {
  const compiled = triggers.map((trigger): Fires => {
    try {
      return compileTrigger(trigger, id);
    } catch (error) {
      faults.count++;
      return () => {
        throw error;
      };
    }
  });
  return ({ occasion, facts, isAsked, trace }) => {
    if (isAsked) return [];
    const at = triggers.findIndex(
      ({ on }, index) => on == occasion.trigger && compiled[index]!(occasion, facts),
    );
    // Only an explanation looks at it.
    const path = pathOf(facts.page.url);
    const found = trace && { ...occasion, ...facts.signals, path, event: occasion.event?.name };
    return at < 0 ? [['triggers', false, triggers, found]] : [[`triggers[${at}]`, true, triggers[at], found]];
  };
};
