import type { Facts, Occasion } from './decision.js';
import type { Compile, Context, Tools } from './gates.js';
import type { SimpleTrigger, Trigger } from './program.js';
import { matcher, passesAny, testerOf } from './test.js';
import { allowKeys } from './unknownOperator.js';
import { pathOf } from './url.js';

export type Fires = (context: Context) => boolean;
type Asks = (occasion: Occasion, facts: Facts) => boolean;

/** What each kind of trigger asks beyond being the occasion's kind; `page` and `exit` ask nothing. */
const FIRES: { [on: string]: (trigger: never, id: string) => Asks } = {
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
export function compileTrigger(trigger: Trigger, id: string): Fires {
  allowKeys(trigger, 'on page event where seconds percent selector');
  const { on, page } = trigger as SimpleTrigger;
  const asks = FIRES[on]?.(trigger as never, id);
  const tester = page && testerOf(page);
  return ({ occasion, facts }) =>
    on == occasion.trigger &&
    (!tester || passesAny(tester, [pathOf(facts.page.url)], occasion.now)) &&
    (!asks || asks(occasion, facts));
}

/** The trigger gate: the first trigger that made this occasion, or all that did not. A kind that is not known never fires. */
export const triggerGate =
  (compile: (trigger: Trigger, id: string, index: number, tools: Tools) => Fires): Compile =>
  ({ id, triggers }, tools) => {
    const compiled = triggers.map((trigger, index) => compile(trigger, id, index, tools));
    return (context) => {
      const { occasion, facts, isAsked, trace } = context;
      if (isAsked) return [];
      const at = compiled.findIndex((fires) => fires(context));
      // Only an explanation looks at it.
      const path = pathOf(facts.page.url);
      const found = trace && { ...occasion, ...facts.signals, path, event: occasion.event?.name };
      return at < 0
        ? [['triggers', false, triggers, found]]
        : [[`triggers[${at}]`, true, triggers[at], found]];
    };
  };
