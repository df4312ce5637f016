import type { SimpleTrigger } from '../core/program.js';
import { watchForm } from './formInUse.js';
import type { PageState } from './page.js';
import { createPause } from './pause.js';
import type { WatchDeps } from './watch.js';

/** How somebody uses the page: pauses, pauses in a form, clicks of rage. What goes on it says by `PageState.live`. */
export interface Live {
  /** Starts anew: the page is another one, or the program. */
  arm(triggers: readonly SimpleTrigger[]): void;
}

type Of<On extends SimpleTrigger['on']> = Extract<SimpleTrigger, { on: On }>;
const pick = <On extends SimpleTrigger['on']>(triggers: readonly SimpleTrigger[], on: On) =>
  triggers.filter((trigger): trigger is Of<On> => trigger.on === on);

/**
 * Listens for what few programs ask for: a chunk of its own. What was before it started is unknown, and counts as time spent actively.
 * It keeps when something was done and in which field, and looks at no value and no key.
 */
export function startLive({ env, signal, faults, page, fire }: WatchDeps): Live {
  const { guard, listen } = faults;
  let seen: PageState | undefined;
  let bursts = 0;
  let hesitations: Of<'hesitation'>[] = [];
  const idle = createPause(env, guard, signal, (seconds) => fire({ trigger: 'idle', seconds }));
  const form = watchForm(faults, signal, () => pageNow() && hesitation.begin());
  const hesitation = createPause(env, guard, signal, (seconds) => {
    const due = hesitations.filter(
      (trigger) => trigger.seconds === seconds && form.isWithin(trigger.selector),
    );
    for (const selector of new Set(due.map((trigger) => trigger.selector)))
      fire({ trigger: 'hesitation', seconds, ...(selector !== undefined && { selector }) });
  });

  // Clicks of rage are known once `manner.ts` is there as well.
  const signals = () => {
    if (!form.isInUse()) hesitation.end();
    return { idle: idle.seconds(), rage: seen?.manner?.rage, hesitation: hesitation.seconds() };
  };

  /** The page one is on; of another one all begins anew. */
  const pageNow = () => {
    const current = page.current();
    if (seen === current) return current;
    seen = current;
    current.live = signals;
    bursts = current.manner?.rage ?? 0;
    form.leave();
    hesitation.end();
    idle.begin();
    return current;
  };
  const active = () => {
    pageNow();
    idle.begin();
  };

  // A page that is kept for coming back to is another one then.
  listen(
    window,
    'pagehide',
    () => {
      idle.end();
      hesitation.end();
    },
    signal,
  );
  listen(window, 'pointermove pointerdown keydown scroll', active, signal);
  listen(
    document,
    'visibilitychange',
    () => {
      if (document.hidden) return;
      // Who comes back begins a new pause: what went by unseen was none.
      active();
      if (form.isInUse()) hesitation.begin();
    },
    signal,
  );
  listen(
    window,
    'click',
    () => {
      // Whether it was one of rage `manner.ts` knows, once all have heard of it.
      env.later(
        guard(() => {
          const { rage = 0 } = pageNow().manner ?? {};
          for (; bursts < rage; bursts++) fire({ trigger: 'rage' });
        }),
        0,
      );
    },
    signal,
  );
  return {
    arm(triggers) {
      pageNow();
      hesitations = pick(triggers, 'hesitation');
      idle.wait(pick(triggers, 'idle').map(({ seconds }) => seconds));
      hesitation.wait(hesitations.map(({ seconds }) => seconds));
    },
  };
}
