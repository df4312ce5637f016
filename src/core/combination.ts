/** Triggers that wait for several things together. All of it is in the log, so that it may be spread over pages. */
import { behaviourAtom } from './atoms.js';
import { AUTOMATIC } from './automatic.js';
import type { Where } from './conditions.js';
import type { Past } from './decision.js';
import type { Json, TrackedEvent } from './events.js';
import { durationMs } from './duration.js';
import type { Register } from './evaluate.js';
import type { Context } from './gates.js';
import { MORE_MEASURES } from './moreMeasures.js';
import type { CombinedTrigger, Combination, Trigger } from './program.js';
import { sequenceAtom, type Reached } from './steps.js';
import { matcher } from './test.js';
import { allowKeys, UnknownOperator } from './unknownOperator.js';

/** The event that says that a trigger's thing has happened. */
interface Sign {
  event: string;
  where?: Where;
}

/** What each kind may say beside `on`, and where its threshold stands in the event. */
const SIGNALS: { [on: string]: (trigger: never) => Where } = {
  dwell: ({ seconds }: CombinedTrigger & { on: 'dwell' }) => ({ value: { gte: seconds } }),
  scroll: ({ percent }: CombinedTrigger & { on: 'scroll' }) => ({ value: { gte: percent } }),
  visible: ({ selector }: CombinedTrigger & { on: 'visible' }) => ({ value: { eq: selector } }),
  exit: () => ({}),
};
const KEYS: { [on: string]: string } = {
  event: 'event where',
  page: 'page',
  dwell: 'page seconds',
  scroll: 'page percent',
  visible: 'page selector',
  exit: 'page',
};

function signOf(trigger: CombinedTrigger): Sign {
  const { on } = trigger;
  if (!Object.hasOwn(KEYS, on)) throw new UnknownOperator(String(on));
  allowKeys(trigger, `on ${KEYS[on]}`);
  if (trigger.on == 'event') return { event: trigger.event, where: trigger.where };
  const place: Where = trigger.page ? { path: trigger.page } : {};
  if (on == 'page') return { event: AUTOMATIC.pageView, where: place };
  return {
    event: AUTOMATIC.signal,
    where: { kind: { eq: on }, ...SIGNALS[on]!(trigger as never), ...place },
  };
}

export const isCombination = (trigger: Trigger): trigger is Combination =>
  trigger.on == 'all' || trigger.on == 'then';

/** The names of events that may make its occasion. Of what cannot be read, none. */
export const eventsOfCombination = ({ of }: Combination): string[] =>
  (Array.isArray(of) ? of : []).map((trigger) =>
    trigger?.on == 'event'
      ? String(trigger.event)
      : trigger?.on == 'page'
        ? AUTOMATIC.pageView
        : AUTOMATIC.signal,
  );

/** A combination made ready. */
export interface Combined {
  /** The campaign's, and the trigger's number there. */
  id: string;
  trigger: number;
  of: readonly CombinedTrigger[];
  /** How long it is to wait, ms. */
  delay: number;
  /** Whether the event has completed it. */
  isCompleted(event: TrackedEvent, past: Past, now: number, session: string): boolean;
  /** When it is due, ms; undefined if it has not come together in this session, or an exposure has followed. */
  due(past: Past, now: number, session: string): number | undefined;
}

/** Throws `UnknownOperator`. */
export function compileCombination(
  combination: Combination,
  id: string,
  trigger: number,
  register: Register,
): Combined {
  const { on, of, within = 'session', delay } = combination;
  allowKeys(combination, 'on of within delay');
  if (!Array.isArray(of) || !of.length) throw new UnknownOperator('of');
  const delayMs = delay === undefined ? 0 : durationMs(delay);
  if (delayMs != delayMs) throw new UnknownOperator('delay');
  const signs = of.map(signOf);
  const ends = (on == 'then' ? signs.slice(-1) : signs).map(({ event, where }) => matcher(event, where));
  const atoms =
    on == 'then'
      ? [register(sequenceAtom({ sequence: signs, within }))]
      : signs.map((sign) => register(behaviourAtom({ ...sign, within })));
  const holds = (answer: Json | undefined) => (on == 'then' ? (answer as Reached)[0] : !!answer);

  const campaign = { kind: { eq: 'delay' }, campaign: { eq: id }, trigger: { eq: trigger } };
  const waits = register(
    sequenceAtom({
      sequence: [{ event: AUTOMATIC.signal, where: campaign }],
      within: 'session',
      thenNot: { event: AUTOMATIC.exposure, where: { campaign: { eq: id } } },
    }),
  );
  const since = register(
    behaviourAtom(
      { event: AUTOMATIC.signal, where: campaign, within: 'session', measure: 'last', of: 'since' },
      MORE_MEASURES.last,
    ),
  );
  return {
    id,
    trigger,
    of,
    delay: delayMs,
    isCompleted: (event, past, now, session) =>
      ends.some((matches) => matches(event)) && atoms.every((atom) => holds(past.read(atom, now, session))),
    due(past, now, session) {
      const [isWaiting] = past.read(waits, now, session) as Reached;
      const from = past.read(since, now, session);
      return isWaiting && typeof from == 'number' ? from + delayMs : undefined;
    },
  };
}

/** Whether the combination makes this occasion: its last event, or the end of its delay. */
export function makesOccasion({ id, delay, isCompleted, due }: Combined, context: Context): boolean {
  const {
    past,
    now,
    facts: { visit },
    occasion: { trigger, event, campaign },
  } = context;
  if (delay) return trigger == 'delay' && campaign == id && due(past, now, visit.session)! <= now;
  return trigger == 'event' && !!event && isCompleted(event, past, now, visit.session);
}
