import type { Occasion } from '../core/decision.js';
import type { Combination, Program, SimpleTrigger } from '../core/program.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { PageState } from './page.js';
import { stayedMs } from './stay.js';

export type Fire = (occasion: Pick<Occasion, 'trigger' | 'selector' | 'seconds' | 'percent'>) => void;

export interface Triggers {
  /** Starts anew for the page: timers and thresholds. */
  arm(all: readonly SimpleTrigger[], page: PageState): void;
  scrolled(percent: number): void;
  disarm(): void;
}

interface Deps {
  env: Environment;
  faults: Faults;
  fire: Fire;
}

/** All there are, also as parts of a combination. */
export const simpleTriggers = (program: Program | undefined): SimpleTrigger[] =>
  (program?.campaigns ?? [])
    .flatMap(({ triggers }) => triggers.flatMap((trigger) => (trigger as Combination).of ?? trigger))
    .filter(Boolean);

/** Triggers of time and depth; those that need listeners of their own are in `watch.ts`. */
export function createTriggers({ env, faults: { guard }, fire }: Deps): Triggers {
  let timers: number[] = [];
  let percents: number[] = [];
  let armed: PageState | undefined;
  /** What has fired on this page already; a newer program must not make it fire again. */
  let fired = new Set<number>();
  let percentSeen = 0;

  const disarm = () => {
    timers.forEach(env.cancel);
    timers = [];
    percents = [];
  };

  return {
    disarm,
    arm(all, page) {
      disarm();
      if (armed !== page) {
        fired = new Set();
        percentSeen = 0;
      }
      armed = page;
      const of = <K extends SimpleTrigger['on']>(on: K) =>
        all.filter((trigger): trigger is Extract<SimpleTrigger, { on: K }> => trigger.on === on);
      const distinct = <T>(values: T[]) => [...new Set(values)];
      timers = distinct(of('dwell').map(({ seconds }) => seconds))
        // What is no number never fires: the rules say so, and a timer must not stumble over it.
        .filter((seconds) => Number.isFinite(seconds) && !fired.has(seconds))
        .map((seconds) =>
          env.later(
            guard(() => {
              fired.add(seconds);
              fire({ trigger: 'dwell', seconds });
            }),
            Math.max(0, seconds * 1000 - stayedMs(env, page)),
          ),
        );
      percents = distinct(of('scroll').map(({ percent }) => percent))
        .filter((percent) => Number.isFinite(percent) && percent > percentSeen)
        .sort((a, b) => a - b);
    },
    scrolled(depth) {
      const passed = percents.filter((percent) => percent <= depth);
      if (!passed.length) return;
      percentSeen = depth;
      percents = percents.slice(passed.length);
      for (const percent of passed) fire({ trigger: 'scroll', percent });
    },
  };
}
