import type { Environment } from './environment.js';
import type { Faults } from './faults.js';

/** Pointer speed upwards, and touch scrolling speed upwards, in px/ms. */
const EXIT_SPEED = 0.15;
const TOUCH_SPEED = 1.2;
const TOUCH_DEPTH_PERCENT = 30;

/** Desktop: the pointer leaves fast through the top. Touch: a fast scroll back up, or coming back from another app. */
export function watchExit(env: Environment, signal: AbortSignal, listen: Faults['listen'], exit: () => void) {
  let pointer: [y: number, at: number] = [0, 0];
  let before = pointer;
  let depth = 0;
  let scrolled: [y: number, at: number] = [0, 0];
  const isTouch = navigator.maxTouchPoints > 0 && matchMedia?.('(hover: none)').matches;
  listen(
    document,
    'mousemove',
    ({ clientY }: MouseEvent) => {
      // Two samples, so that one taken at the very edge does not hide the movement to it.
      if (env.sinceStart() - pointer[1] < 50) return;
      before = pointer;
      pointer = [clientY, env.sinceStart()];
    },
    signal,
  );
  listen(
    document,
    'mouseout',
    ({ clientY, relatedTarget }: MouseEvent) => {
      if (relatedTarget || clientY > 20) return;
      const [y, at] = pointer[0] > 20 ? pointer : before;
      if ((y - clientY) / (env.sinceStart() - at + 1) > EXIT_SPEED || env.sinceStart() - at > 1000) exit();
    },
    signal,
  );
  if (!isTouch) return;
  listen(
    window,
    'scroll',
    () => {
      const now = env.sinceStart();
      const share = (window.scrollY / (document.documentElement.scrollHeight - window.innerHeight)) * 100;
      depth = Math.max(depth, share || 0);
      if (now - scrolled[1] < 60) return;
      const isFast = (scrolled[0] - window.scrollY) / (now - scrolled[1]) > TOUCH_SPEED;
      scrolled = [window.scrollY, now];
      if (isFast && depth > TOUCH_DEPTH_PERCENT) {
        depth = 0;
        exit();
      }
    },
    signal,
  );
  listen(
    document,
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') exit();
    },
    signal,
  );
}
