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
import { compileTrigger, readTrigger, type Fires, type TriggerKinds, TRIGGERS } from './trigger.js';

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

type Pause = SimpleTrigger & { seconds?: number; selector?: string };

const byPause = ({ seconds, selector }: Pause) => {
  return (occasion: Occasion) => occasion.seconds == seconds && occasion.selector == selector;
};
const always = () => () => true;

export const LIVE_TRIGGERS: TriggerKinds = {
  idle: [{ '+': 'seconds' }, byPause],
  rage: [{}, always],
  backForth: [{ '+u': 'times' }, always],
  hesitation: [{ '+': 'seconds', su: 'selector' }, byPause],
};

/** What a simple trigger may be on, wherever one stands. */
export const ALL_TRIGGERS: TriggerKinds = { ...TRIGGERS, ...LIVE_TRIGGERS };

/** Whether it is one of these, also as a part of a combination; whether the page must listen for it is noted. */
export function isLive({ on }: SimpleTrigger, faults: Tools['faults']): boolean {
  if (!Object.hasOwn(LIVE_TRIGGERS, on)) return false;
  faults.isLive ||= isListened(on);
  return true;
}

/** Of one for which `isLive` holds. Coming back is a page view like any other, so it makes that one's occasion. */
export function compileLive(trigger: Trigger, id: string, path: string, tools: Tools): Fires {
  const { on, page, times = 1 } = trigger as SimpleTrigger & { times?: number };
  if (on != 'backForth') return compileTrigger(trigger, id, path, tools, LIVE_TRIGGERS);
  readTrigger(trigger as SimpleTrigger, LIVE_TRIGGERS);
  const isView = compileTrigger({ on: 'page', page }, id, path, tools);
  const index = tools.register(backForthAtom());
  return (context) => {
    const { past, now, facts, occasion } = context;
    const viewed: Context =
      occasion.trigger == on ? { ...context, occasion: { ...occasion, trigger: 'page' } } : context;
    const [returns, isReturn] = past.read(index, now, facts.visit.session) as unknown as Returned;
    return isView(viewed) && isReturn && returns >= times;
  };
}
