import { AUTOMATIC } from '../../core/automatic.js';
import { DELAY_EVENT, saidBy, signalEvent } from '../../core/combination.js';
import type { Facts, Occasion } from '../../core/decision.js';
import type { Properties, TrackedEvent } from '../../core/events.js';
import type { Rules } from '../../core/rules.js';
import type { DeviceLog } from './deviceLog.js';
import type { Moment } from './occasions.js';
import type { Present } from './present.js';

type Signals = Partial<Facts['signals']>;

/** What a page does for combinations of triggers, in a log that may be older than they are. */
export interface Combinations {
  /** A trigger that is no event has fired: what waits for it is told. */
  signalled(moment: Moment): void;
  /** What waits for a return to a page is told of it if the event, which is in the log, is one. */
  viewed(event: TrackedEvent, signals: Signals): void;
  /** Ends the delays that are over before an event of the running session. */
  wake(until: number): void;
}

/** Whether the event is told by `createPageMoments` or by a delay: what the device wrote itself counts no second time. */
export const isDerived = (name: string): boolean =>
  [...['dwell', 'scroll', 'exit', 'rage', 'backForth'].map(signalEvent), DELAY_EVENT].includes(name);

export function createCombinations(
  { combined }: Rules,
  device: DeviceLog,
  present: Present,
  ask: (occasion: Occasion, signals: Signals) => void,
): Combinations {
  const delayed = [...new Set([...combined.values()].flat())].filter(({ isDelayed }) => isDelayed);
  const sessionNow = () => present.facts().visit.session;
  const note = (name: string, time: number, properties: Properties): TrackedEvent => {
    const event = { name, time, properties };
    device.add({ ...event, session: sessionNow() });
    return event;
  };
  const signalled = ({ trigger: on, now, ...waited }: Occasion, signals: Signals, times?: number) => {
    const name = signalEvent(on);
    const path = present.view()?.properties?.['path'];
    const { seconds, percent } = waited;
    const properties: Properties = {
      ...(path !== undefined && { path }),
      ...saidBy(on, { seconds, percent, times }),
    };
    const isAwaited = (combined.get(name) ?? []).some((one) => one.awaits({ name, time: now, properties }));
    if (isAwaited) ask({ now, trigger: 'event', event: note(name, now, properties) }, signals);
  };
  const returning = [...combined.values()].flat().find(({ returned }) => returned);
  return {
    signalled: ({ occasion, signals }) => signalled(occasion, signals),
    viewed({ name, time: now }, signals) {
      if (name !== AUTOMATIC.pageView) return;
      const [times, isReturn] = returning?.returned?.({ past: device.past(), now }, sessionNow()) ?? [];
      if (isReturn) signalled({ trigger: 'backForth', now }, signals, times);
    },
    wake(until) {
      for (const { due, campaign } of delayed) {
        const now = due({ past: device.past(), now: until }, sessionNow());
        if (now === undefined || now > until) continue;
        ask({ now, trigger: 'delay', campaign, event: note(DELAY_EVENT, now, { campaign }) }, {});
      }
    },
  };
}
