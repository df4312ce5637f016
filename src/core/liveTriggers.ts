/** Signals and triggers of how somebody uses a page: pauses, impatience, going back and forth. Few programs ask for them. */
import type { SignalFact } from './conditions.js';
import type { Facts, Occasion } from './decision.js';
import type { Json } from './events.js';
import type { CompileKind } from './evaluate.js';
import { presentJudge } from './evaluate.js';
import { FACTS } from './facts.js';
import type { Context, Tools } from './gates.js';
import { backForthAtom, isOfLog, logSignalJudge, type Returned } from './logSignals.js';
import type { SimpleTrigger, Trigger } from './program.js';
import { compileTrigger, type Fires } from './trigger.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';

/** Exit intent counts no sooner on a page, s: until then there was none. `watch.ts` says it again, so as not to fetch a chunk for it. */
const EXIT_GUARD = 3;

/** Signals that the page may not know, because what listens for them is not there. */
const PRESENT: { [name: string]: (signals: Facts['signals']) => Json | undefined } = {
  idle: ({ idle }) => idle,
  rage: ({ rage }) => rage,
  hesitation: ({ hesitation }) => hesitation,
  exit: ({ exit, dwell }) => exit ?? (dwell < EXIT_GUARD ? false : undefined),
};

/** Those for which the page must listen. */
const isListened = (name: string) => name != 'exit' && Object.hasOwn(PRESENT, name);

/** Whether the condition asks for what the page must listen for. */
export const asksLive = (node: object) => 'signal' in node && isListened(String(node.signal));

/** Judges signals, also those of every program. */
export const signalKind: CompileKind<{ signal: SignalFact; is: object }> = (
  node,
  path,
  isNegated,
  register,
) => {
  const { signal } = node;
  if (isOfLog(signal)) return logSignalJudge(node, path, isNegated, register);
  const read = Object.hasOwn(PRESENT, signal) ? PRESENT[signal] : undefined;
  return presentJudge(
    node,
    path,
    read ? { one: ({ signals }) => read(signals) } : FACTS.signal!(signal, node as never),
  );
};

/** What each of these triggers may say, and of what type; a `?` behind it if it may be left out. */
const SAYS: { [on: string]: { [key: string]: 'number' | 'string' | 'number?' | 'string?' } } = {
  idle: { seconds: 'number' },
  rage: {},
  backForth: { times: 'number?' },
  hesitation: { seconds: 'number', selector: 'string?' },
};

/** Whether it is one of these, also as a part of a combination; whether the page must listen for it is noted. Throws `UnknownOperator`. */
export function isLive(trigger: SimpleTrigger, faults: Tools['faults']): boolean {
  const { on } = trigger;
  if (!Object.hasOwn(SAYS, on)) return false;
  const says = SAYS[on]!;
  allowKeys(trigger, `on page ${Object.keys(says).join(' ')}`);
  for (const [key, type] of Object.entries(says)) {
    const said = (trigger as unknown as { [key: string]: unknown })[key];
    const isLeftOut = said === undefined && type.endsWith('?');
    if (!isLeftOut && !(type.startsWith(typeof said) && (said as number) > 0 !== (typeof said == 'string')))
      throw new UnknownOperator(key);
  }
  faults.isLive ||= isListened(on);
  return true;
}

type Pause = SimpleTrigger & { seconds?: number; selector?: string };

const byPause = ({ seconds, selector }: Pause) => {
  return (occasion: Occasion) => occasion.seconds == seconds && occasion.selector == selector;
};

const ASKS = { idle: byPause, hesitation: byPause, rage: () => () => true };

/** Of one for which `isLive` holds. Coming back is a page view like any other, so it makes that one's occasion. */
export function compileLive(trigger: Trigger, id: string, path: string, tools: Tools): Fires {
  const { on, page, times = 1 } = trigger as SimpleTrigger & { times?: number };
  if (on != 'backForth') return compileTrigger(trigger, id, path, tools, ASKS);
  const isView = compileTrigger({ on: 'page', ...(page && { page }) }, id, path, tools);
  const index = tools.register(backForthAtom());
  return (context) => {
    const { past, now, facts, occasion } = context;
    const viewed: Context =
      occasion.trigger == on ? { ...context, occasion: { ...occasion, trigger: 'page' } } : context;
    const [returns, isReturn] = past.read(index, now, facts.visit.session) as unknown as Returned;
    return isView(viewed) && isReturn && returns >= times;
  };
}
