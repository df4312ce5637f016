import { AUTOMATIC } from '../core/automatic.js';
import type { TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';

export interface PageState {
  /** Id of this page load or route. */
  id: string;
  address: Place;
  since: number;
  /** The same by the monotonic clock; see `stay.ts`, which fills it in. */
  beganAt?: number;
  /** Greatest depth seen, percent. */
  scroll: number;
  /** What is known of the stay beyond depth and visible time: `idle`, `rage`, `exit`; absent if nobody watches. */
  manner?: { idle: number; rage: number; exit: boolean };
  /** What is going on, see `liveSignals.ts`; absent if nobody listens. */
  live?: () => { [signal: string]: number | undefined };
}

/** Where a page is, as its view event says it. */
export interface Place {
  [fact: string]: string;
  url: string;
  /** Decoded, so that authors write `/商品/`. */
  path: string;
  title: string;
  referrer: string;
}

export interface Page {
  current(): PageState;
  /** The view event of the current page. */
  viewEvent(restored?: boolean): TrackedEvent;
  /** The leave event of the current page; none if it was written already. */
  leave(): TrackedEvent | undefined;
  /** Asks to be told the greatest depth after each scroll. */
  onScroll(run: (percent: number) => void): void;
}

interface Deps {
  env: Environment;
  signal: AbortSignal;
  faults: Faults;
  /** The route changed: the old page has been left (its event is given), the new one is current. */
  onRoute: (left: TrackedEvent | undefined) => void;
}

export function createPage({ env, signal, faults: { guard, listen }, onRoute }: Deps): Page {
  let page = newPage(env, document.referrer);
  /** When it became visible, by the clock that nobody sets, and how long it had been before. */
  let visibleSince = env.sinceStart();
  let visibleMs = 0;
  let hasLeft = false;
  let back = 0;
  let scrolled: (percent: number) => void = () => {};

  const measure = () => {
    if (visibleSince) visibleMs += env.sinceStart() - visibleSince;
    visibleSince = document.hidden ? 0 : env.sinceStart();
  };
  listen(document, 'visibilitychange', measure, signal);
  listen(
    window,
    'scroll',
    () => {
      page.scroll = Math.max(page.scroll, scrollPercent());
      scrolled(page.scroll);
    },
    signal,
  );

  const enter = (referrer: string) => {
    page = newPage(env, referrer);
    measure();
    visibleMs = 0;
    hasLeft = false;
  };

  const leave = () => {
    if (hasLeft) return undefined;
    hasLeft = true;
    measure();
    const {
      scroll,
      manner,
      address: { url, path },
    } = page;
    return {
      name: AUTOMATIC.pageLeave,
      time: env.now(),
      properties: { url, path, visible: visibleMs, scroll, back, ...manner },
    };
  };

  const changed = () => {
    const { url } = page.address;
    if (location.href === url) return;
    const left = leave();
    enter(url);
    onRoute(left);
  };
  hookHistory(guard(changed), signal);
  listen(
    window,
    'popstate',
    () => {
      back++;
      changed();
    },
    signal,
  );

  return {
    current: () => page,
    leave,
    onScroll: (run) => void (scrolled = run),
    viewEvent(restored) {
      if (restored) enter(page.address.referrer);
      return {
        name: AUTOMATIC.pageView,
        time: page.since,
        properties: { ...page.address, ...(restored && { restored }) },
      };
    },
  };
}

function newPage(env: Environment, referrer: string): PageState {
  const { href: url, pathname } = location;
  let path = pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not every server encodes its paths as UTF-8.
  }
  return {
    id: env.uuid(),
    address: { url, path, title: document.title, referrer },
    since: env.now(),
    scroll: scrollPercent(),
  };
}

function scrollPercent(): number {
  const { scrollHeight } = document.documentElement;
  return Math.min(100, Math.round(((window.scrollY + window.innerHeight) / scrollHeight) * 100) || 0);
}

/** Learns of `pushState` and `replaceState`: the original goes first and its answer is the caller's. */
function hookHistory(changed: () => void, signal: AbortSignal) {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (this: History, ...args: Parameters<History['pushState']>) {
      const result = original.apply(this, args);
      // Somebody may have hooked it after us, so ours stays where it is and falls silent.
      if (!signal.aborted) changed();
      return result;
    };
  }
}
