import { AUTOMATIC } from '../../core/automatic.js';
import type { Facts, Occasion } from '../../core/decision.js';
import type { Campaign, SimpleTrigger, Trigger } from '../../core/program.js';
import type { StoredEvent } from './visitorLogs.js';

/** A moment at which a campaign could have been shown, with what is known of the page then. */
export interface Moment {
  occasion: Occasion;
  signals: Partial<Facts['signals']>;
}

/** What may have happened on the pages of one log beside its events: somebody stayed, scrolled, was about to leave. */
export interface PageMoments {
  /** Those that came before this event, or with it, earliest first. */
  upTo(event: StoredEvent): Moment[];
  /** How long the page of this event had been open at it, as far as its view is there. */
  signalsAt(event: StoredEvent): Moment['signals'];
}

/** More bursts of clicks on one page are no visitor's. */
const MOST_BURSTS = 100;

/**
 * Read from the page-leave events: how long the page was open, how far it was scrolled, whether somebody clicked in a rage and whether
 * there was a sign of leaving. When one scrolled or raged is not known, so those occasions lie at the end of the page, as that of
 * leaving does.
 */
export function createPageMoments({ triggers }: Campaign, log: readonly StoredEvent[]): PageMoments {
  const thresholds = thresholdsOf(triggers.flatMap(partsOf));
  const leaves = new Map(
    log.filter(({ name }) => name === AUTOMATIC.pageLeave).map((event) => [event.page, event]),
  );
  const views = new Map<string, number>();
  let due: Moment[] = [];

  function enter({ page, time }: StoredEvent): void {
    views.set(page, time);
    const stayed = ((leaves.get(page)?.time ?? time) - time) / 1000;
    for (const seconds of thresholds.dwell) {
      if (seconds > stayed) continue;
      const occasion: Occasion = { now: time + seconds * 1000, trigger: 'dwell', seconds };
      due.push({ occasion, signals: { dwell: seconds } });
    }
    due.sort((a, b) => a.occasion.now - b.occasion.now);
  }

  function signalsAt({ page, time }: StoredEvent): Moment['signals'] {
    const since = views.get(page);
    return since === undefined ? {} : { dwell: Math.max(0, time - since) / 1000 };
  }

  function leave(event: StoredEvent): Moment[] {
    const { scroll, rage, exit } = event.properties ?? {};
    const known = signalsAt(event);
    const at = (occasion: Omit<Occasion, 'now'>, signals: Moment['signals']): Moment => ({
      occasion: { now: event.time, ...occasion },
      signals: { ...known, ...signals },
    });
    const depth = typeof scroll === 'number' ? scroll : 0;
    const bursts = thresholds.isRage && typeof rage === 'number' ? Math.min(rage, MOST_BURSTS) : 0;
    const scrolled = thresholds.scroll.filter((percent) => percent <= depth);
    return [
      ...scrolled.map((percent) => at({ trigger: 'scroll', percent }, { scroll: percent })),
      ...Array.from({ length: bursts }, (_, before) =>
        at({ trigger: 'rage' }, { scroll: depth, rage: before + 1 }),
      ),
      ...(exit === true ? [at({ trigger: 'exit' }, { scroll: depth, exit })] : []),
    ];
  }

  return {
    signalsAt,
    upTo(event) {
      const before = due.filter(({ occasion }) => occasion.now <= event.time);
      due = due.filter(({ occasion }) => occasion.now > event.time);
      if (event.name === AUTOMATIC.pageView) enter(event);
      return event.name === AUTOMATIC.pageLeave ? [...before, ...leave(event)] : before;
    },
  };
}

/** The triggers that a trigger is made of. */
export const partsOf = (trigger: Trigger): readonly SimpleTrigger[] =>
  'of' in trigger ? trigger.of : [trigger];

function thresholdsOf(triggers: readonly SimpleTrigger[]) {
  const distinct = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  return {
    dwell: distinct(triggers.flatMap((trigger) => (trigger.on === 'dwell' ? [trigger.seconds] : []))),
    scroll: distinct(triggers.flatMap((trigger) => (trigger.on === 'scroll' ? [trigger.percent] : []))),
    isRage: triggers.some(({ on }) => on === 'rage'),
  };
}
