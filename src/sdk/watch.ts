import type { SimpleTrigger } from '../core/program.js';
import type { Environment } from './environment.js';
import { watchExit } from './exitIntent.js';
import type { Faults } from './faults.js';
import { watchManner } from './manner.js';
import type { Page } from './page.js';
import type { Fire } from './triggers.js';
import { watchVisible } from './visible.js';

/** Exit intent counts only after this long on the page: leaving at once is not hesitation. */
const EXIT_GUARD_MS = 3000;

export interface WatchDeps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  page: Page;
  fire: Fire;
}

interface Stayed {
  /** How long the page has been there, ms. Not of a file this one would share with the deciding chunk, and so fetch. */
  stayed: () => number;
}

/** What goes on around the page's events. */
export interface Watch {
  /** Starts anew: the page is another one, or the program. */
  arm(triggers: readonly SimpleTrigger[]): void;
}

/**
 * Watches for exit intent and for elements that come into view, and how the stay is. A chunk of its own: needed at once only
 * where a campaign waits for one of the first two.
 */
export function startWatching({ env, signal, faults, page, stayed, fire }: WatchDeps & Stayed): Watch {
  const manner = watchManner(env, faults, page, signal);
  let stopLooking = () => {};
  watchExit(env, signal, faults.listen, () => {
    if (stayed() < EXIT_GUARD_MS) return;
    // For the leave event, whether or not a campaign asks for it.
    manner.exiting();
    fire({ trigger: 'exit' });
  });
  signal.addEventListener('abort', faults.guard(() => stopLooking(), null) as () => void);
  return {
    arm(triggers) {
      manner.start();
      stopLooking();
      const selectors = triggers
        .flatMap((trigger) => (trigger.on === 'visible' ? [trigger.selector] : []))
        // A list of one text would find what that text does.
        .filter((selector) => typeof selector === 'string');
      stopLooking =
        selectors.length && !signal.aborted
          ? watchVisible(env, [...new Set(selectors)], faults.guard, fire)
          : () => {};
    },
  };
}
