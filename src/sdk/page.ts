import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import type { Faults } from './faults.js';

/** A pause in pointer, keys and scrolling longer than this is idle time. */
const IDLE_MS = 5000;
/** Three clicks on one spot within this time are clicks of rage. */
const RAGE_MS = 1000;
const RAGE_PX = 30;

export interface PageState {
  /** Id of this page load or route. */
  id: string;
  url: string;
  /** Decoded, so that authors write `/商品/`. */
  path: string;
  title: string;
  referrer: string;
  since: number;
  /** Greatest depth seen, percent. */
  scroll: number;
  /** Whether exit intent was seen; absent if nobody watched for it. */
  isExiting?: boolean;
}

export interface Page {
  current(): PageState;
  /** The view event of the current page. */
  view(restored?: boolean): TrackedEvent;
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
  let measure = newMeasure(env.now());
  let hasLeft = false;
  let back = 0;
  let scrolled: (percent: number) => void = () => {};

  const active = () => measure.touch(env.now());
  listen(window, 'pointermove pointerdown keydown', active, signal);
  listen(window, 'click', (event: MouseEvent) => measure.click(event, env.now()), signal);
  listen(document, 'visibilitychange', () => measure.see(env.now()), signal);
  listen(
    window,
    'scroll',
    () => {
      active();
      page.scroll = Math.max(page.scroll, scrollPercent());
      scrolled(page.scroll);
    },
    signal,
  );

  const leave = () => {
    if (hasLeft) return undefined;
    hasLeft = true;
    const now = env.now();
    const { visible, idle, rage } = measure.end(now);
    const { url, path, scroll, isExiting } = page;
    const properties: Properties = { url, path, visible, scroll, idle, rage, back };
    if (isExiting !== undefined) properties.exit = isExiting;
    return { name: AUTOMATIC.pageLeave, time: now, properties };
  };

  const changed = () => {
    if (location.href === page.url) return;
    const left = leave();
    const from = page.url;
    page = newPage(env, from);
    measure = newMeasure(env.now());
    hasLeft = false;
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
  listen(window, 'hashchange', changed, signal);

  return {
    current: () => page,
    leave,
    onScroll: (run) => void (scrolled = run),
    view(restored) {
      if (restored) {
        page = newPage(env, page.referrer);
        measure = newMeasure(env.now());
        hasLeft = false;
      }
      const { url, path, title, referrer, since } = page;
      const properties = { url, path, title, referrer, ...(restored && { restored }) };
      return { name: AUTOMATIC.pageView, time: since, properties };
    },
  };
}

function newPage(env: Environment, referrer: string): PageState {
  const { title } = document;
  const { href, pathname } = location;
  let path = pathname;
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not every server encodes its paths as UTF-8.
  }
  return { id: env.uuid(), url: href, path, title, referrer, since: env.now(), scroll: scrollPercent() };
}

function scrollPercent(): number {
  const { scrollHeight } = document.documentElement;
  return Math.min(100, Math.round(((window.scrollY + window.innerHeight) / scrollHeight) * 100) || 0);
}

/** Visible time, idle time and clicks of rage of one page. */
function newMeasure(start: number) {
  let visible = 0;
  let idle = 0;
  let rage = 0;
  let visibleSince = document.visibilityState === 'hidden' ? 0 : start;
  let activeAt = start;
  let clicks: { x: number; y: number; at: number }[] = [];
  const see = (now: number) => {
    if (visibleSince) {
      visible += Math.max(0, now - visibleSince);
      touch(now);
    }
    visibleSince = document.visibilityState === 'hidden' ? 0 : now;
    activeAt = now;
  };
  const touch = (now: number) => {
    if (now - activeAt > IDLE_MS) idle += now - activeAt;
    activeAt = now;
  };
  return {
    see,
    touch,
    click({ clientX: x, clientY: y }: MouseEvent, at: number) {
      const isNear = (other: { x: number; y: number; at: number }) =>
        at - other.at < RAGE_MS && Math.abs(x - other.x) + Math.abs(y - other.y) < RAGE_PX;
      clicks = [...clicks.filter(isNear), { x, y, at }];
      if (clicks.length === 3) rage++;
    },
    end(now: number) {
      see(now);
      return { visible, idle, rage };
    },
  };
}

/** Learns of `pushState` and `replaceState`: the original goes first and its answer is the caller's. */
function hookHistory(changed: () => void, signal: AbortSignal) {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    const hook = function (this: History, ...args: Parameters<History['pushState']>) {
      const result = original.apply(this, args);
      if (!signal.aborted) changed();
      return result;
    };
    history[name] = hook;
    signal.addEventListener('abort', () => {
      // Somebody else may have hooked it after us; theirs must stay.
      if (history[name] === hook) history[name] = original;
    });
  }
}
