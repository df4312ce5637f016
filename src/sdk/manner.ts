import type { Environment } from './environment.js';
import type { Faults } from './faults.js';
import type { Page, PageState } from './page.js';

/** A pause in pointer, keys and scrolling longer than this is idle time. */
const IDLE_MS = 5000;
/** Three clicks on one spot within this time are clicks of rage. */
const RAGE_MS = 1000;
const RAGE_PX = 30;

/**
 * Watches how a visitor spends time on a page: idle ms, clicks of rage, and whether exit intent was seen. What was before it
 * started is unknown, and counts as time spent actively.
 */
export function watchManner(env: Environment, { listen }: Faults, page: Page, signal: AbortSignal) {
  let seen: PageState | undefined;
  let activeAt = 0;
  let clicks: { x: number; y: number; at: number }[] = [];
  const manner = () => {
    const current = page.current();
    if (seen !== current) {
      seen = current;
      activeAt = env.sinceStart();
      clicks = [];
    }
    return (current.manner ??= { idle: 0, rage: 0, exit: false });
  };
  const active = () => {
    const current = manner();
    const now = env.sinceStart();
    if (now - activeAt > IDLE_MS) current.idle += now - activeAt;
    activeAt = now;
  };
  listen(window, 'pointermove pointerdown keydown scroll', active, signal);
  listen(
    window,
    'click',
    ({ clientX: x, clientY: y }: MouseEvent) => {
      const current = manner();
      const at = env.sinceStart();
      const isNear = (other: { x: number; y: number; at: number }) =>
        at - other.at < RAGE_MS && Math.abs(x - other.x) + Math.abs(y - other.y) < RAGE_PX;
      clicks = [...clicks.filter(isNear), { x, y, at }];
      if (clicks.length === 3) current.rage++;
    },
    signal,
  );
  return { start: manner, exiting: () => void (manner().exit = true) };
}
