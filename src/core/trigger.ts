import type { Occasion } from './decision.js';
import { pagePath } from './facts.js';
import type { Compile, Context, Tools } from './gates.js';
import type { SimpleTrigger, Trigger } from './program.js';
import { matcher, passesAny, testerOf } from './test.js';
import { checkSays, type Says } from './types.js';
import { UnknownOperator } from './unknownOperator.js';

/** Whether a trigger made the occasion. */
export type Fires = (context: Context) => boolean;
type Asks = (occasion: Occasion) => boolean;

const always = () => () => true;
/** Each threshold makes an occasion of its own: what another campaign waits for is not heeded. */
const bySame =
  (key: 'seconds' | 'percent' | 'selector') =>
  (trigger: { [key: string]: unknown }): Asks =>
  (occasion) =>
    occasion[key] == trigger[key];

/** What each kind of trigger says beside its page, and what it asks beyond being the occasion's kind. */
export interface TriggerKinds {
  [on: string]: [says: Says, asks: (trigger: never, id: string) => Asks];
}
export const TRIGGERS: TriggerKinds = {
  page: [{}, always],
  exit: [{}, always],
  event: [
    { s: 'event', '*': 'where' },
    ({ event, where }: Trigger & { on: 'event' }) => {
      const matches = matcher(event, where);
      return (occasion) => !!occasion.event && matches(occasion.event);
    },
  ],
  dwell: [{ '+0': 'seconds' }, bySame('seconds')],
  scroll: [{ '+0': 'percent' }, bySame('percent')],
  visible: [{ s: 'selector' }, bySame('selector')],
  manual: [{}, (_, id) => (occasion) => occasion.campaign == id],
};

/** What the trigger asks. Throws `UnknownOperator` for another kind, and for one that says more, less or something else. */
export function readTrigger(trigger: SimpleTrigger, kinds = TRIGGERS) {
  // A long text has no kind, but as many keys.
  if (!Object.hasOwn(kinds, trigger.on)) throw new UnknownOperator(trigger.on ?? 'on');
  const { on, page: _, ...said } = trigger;
  const [says, asks] = kinds[on]!;
  checkSays(said, says);
  return asks;
}

/** Throws `UnknownOperator`. */
export function compileTrigger(
  trigger: Trigger,
  id: string,
  _path: string,
  { file }: Tools,
  kinds?: TriggerKinds,
): Fires {
  const { on, page } = trigger as SimpleTrigger;
  const asks = readTrigger(trigger as SimpleTrigger, kinds)(trigger as never, id);
  const tester = page !== undefined && testerOf(page);
  file(on, (trigger as { event?: string }).event);
  return ({ occasion, facts }) =>
    on == occasion.trigger && (!tester || passesAny(tester, pagePath(facts), occasion.now)) && asks(occasion);
}

/**
 * The trigger gate: the first trigger that made this occasion, or all that did not. What this version cannot read in one trigger
 * does not matter where another one fires.
 */
export const triggerGate =
  (compile: (trigger: Trigger, id: string, path: string, tools: Tools) => Fires): Compile =>
  ({ id, triggers }, tools) => {
    const problems: string[] = [];
    const compiled = triggers.map((trigger, index): Fires => {
      try {
        return compile(trigger, id, `triggers[${index}]`, tools);
      } catch (error) {
        tools.faults.count++;
        problems.push(String(error));
        return () => false;
      }
    });
    return (context) => {
      const { occasion, facts, isAsked, trace } = context;
      if (isAsked) return [];
      const at = compiled.findIndex((fires) => fires(context));
      // Only an explanation looks at it.
      const found = trace && {
        ...occasion,
        ...facts.signals,
        path: pagePath(facts)[0],
        event: occasion.event?.name,
      };
      // Where one could be read it matters what did not happen.
      return at < 0
        ? [['triggers', false, triggers, problems[triggers.length - 1] ?? found]]
        : [[`triggers[${at}]`, true, triggers[at], found]];
    };
  };
