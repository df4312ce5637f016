import type { Occasion } from '../core/decision.js';
import type { Program, Trigger } from '../core/program.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';

/** Exit intent counts only after this long on the page: leaving at once is not hesitation. */
const EXIT_GUARD_MS = 3000;
/** Pointer speed upwards, and touch scrolling speed upwards, in px/ms. */
const EXIT_SPEED = 0.15;
const TOUCH_SPEED = 1.2;
const TOUCH_DEPTH_PERCENT = 30;
/** A page that changes is looked through for awaited elements at most this often, ms. */
const LOOK_MS = 200;

type Fire = (occasion: Pick<Occasion, 'trigger' | 'selector'>) => void;

export interface Triggers {
  /** Starts anew for the page seen since `since`: timers, thresholds and awaited elements. */
  arm(program: Program | undefined, since: number): void;
  scrolled(percent: number): void;
  disarm(): void;
}

interface Deps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  fire: Fire;
  /** Exit intent was seen, whether or not a campaign asks for it. */
  onExit: () => void;
}

export function createTriggers({ env, signal, faults, fire, onExit }: Deps): Triggers {
  let timers: number[] = [];
  let percents: number[] = [];
  let stopLooking = () => {};
  let armedAt = 0;
  /** What has fired on this page already; a newer program must not make it fire again. */
  let fired = new Set<number>();
  let percentSeen = 0;

  const exit = () => {
    if (env.now() - armedAt < EXIT_GUARD_MS) return;
    onExit();
    fire({ trigger: 'exit' });
  };
  const { guard } = faults;
  watchExit(env, signal, faults.listen, exit);

  const disarm = () => {
    timers.forEach(env.cancel);
    timers = [];
    percents = [];
    stopLooking();
  };

  return {
    disarm,
    arm(program, since) {
      disarm();
      if (armedAt !== since) {
        fired = new Set();
        percentSeen = 0;
      }
      armedAt = since;
      const all = (program?.campaigns ?? []).flatMap(({ triggers }) => triggers);
      const of = <K extends Trigger['on']>(on: K) =>
        all.filter((trigger): trigger is Extract<Trigger, { on: K }> => trigger.on === on);
      const distinct = <T>(values: T[]) => [...new Set(values)];
      timers = distinct(of('dwell').map(({ seconds }) => seconds))
        .filter((seconds) => !fired.has(seconds))
        .map((seconds) =>
          env.later(
            guard(() => {
              fired.add(seconds);
              fire({ trigger: 'dwell' });
            }),
            Math.max(0, since + seconds * 1000 - env.now()),
          ),
        );
      percents = distinct(of('scroll').map(({ percent }) => percent)).filter(
        (percent) => percent > percentSeen,
      );
      const selectors = distinct(of('visible').map(({ selector }) => selector));
      stopLooking = selectors.length ? watchVisible(env, selectors, guard, fire) : () => {};
    },
    scrolled(percent) {
      if (!percents.some((threshold) => percent >= threshold)) return;
      percentSeen = percent;
      percents = percents.filter((threshold) => percent < threshold);
      fire({ trigger: 'scroll' });
    },
  };
}

/** Desktop: the pointer leaves fast through the top. Touch: a fast scroll back up, or coming back from another app. */
function watchExit(env: Environment, signal: AbortSignal, listen: Faults['listen'], exit: () => void) {
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
      if (env.now() - pointer[1] < 50) return;
      before = pointer;
      pointer = [clientY, env.now()];
    },
    signal,
  );
  listen(
    document,
    'mouseout',
    ({ clientY, relatedTarget }: MouseEvent) => {
      if (relatedTarget || clientY > 20) return;
      const [y, at] = pointer[0] > 20 ? pointer : before;
      if ((y - clientY) / (env.now() - at + 1) > EXIT_SPEED || env.now() - at > 1000) exit();
    },
    signal,
  );
  if (!isTouch) return;
  listen(
    window,
    'scroll',
    () => {
      const now = env.now();
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

/** Fires once for each selector, when an element of it is half in view; elements may be added later. */
function watchVisible(env: Environment, selectors: string[], guard: Faults['guard'], fire: Fire) {
  const awaited = new Map<Element, string>();
  let timer: number | undefined;
  const seen = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      for (const { isIntersecting, target } of entries) {
        const selector = awaited.get(target);
        if (!isIntersecting || !selector) continue;
        seen.unobserve(target);
        fire({ trigger: 'visible', selector });
      }
    }),
    { threshold: 0.5 },
  );
  let missing = selectors;
  const look = guard(() => {
    timer = undefined;
    missing = missing.filter((selector) => {
      const element = query(selector);
      if (!element) return element === undefined;
      awaited.set(element, selector);
      seen.observe(element);
      return false;
    });
    if (!missing.length) added.disconnect();
  });
  const added = new MutationObserver(guard(() => (timer ??= env.later(look, LOOK_MS))));
  added.observe(document, { childList: true, subtree: true });
  look();
  return () => {
    env.cancel(timer);
    seen.disconnect();
    added.disconnect();
  };
}

/** Null if the selector cannot be read, undefined if there is no such element yet. */
function query(selector: string) {
  try {
    return document.querySelector(selector) ?? undefined;
  } catch {
    return null;
  }
}
