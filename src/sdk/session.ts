import { AUTOMATIC } from '../core/automatic.js';
import type { Properties, TrackedEvent } from '../core/events.js';

/** Inactivity that ends a session, ms. */
export const SESSION_GAP_MS = 30 * 60_000;

/** One visit, as kept in meta and shared by the tabs. */
export interface Session {
  id: string;
  /** 1 in the first session. */
  number: number;
  startedAt: number;
  seenAt: number;
  /** Page views so far. */
  pages: number;
  landing: string;
  source: string;
  device: Properties;
}

/** The session an event at `time` belongs to: the running one, or a new one if that has ended. */
export function sessionAt(last: Session | undefined, time: number, uuid: () => string): Session {
  if (last && time - last.seenAt < SESSION_GAP_MS) return { ...last, seenAt: Math.max(time, last.seenAt) };
  const landing = location.href;
  const { searchParams } = new URL(landing);
  return {
    id: uuid(),
    number: (last?.number ?? 0) + 1,
    startedAt: time,
    seenAt: time,
    pages: 0,
    landing,
    source: searchParams.get('utm_source') || foreignHost(),
    device: readDevice(),
  };
}

/** The event that opens a session, with every fact `decide` may read (the collector never re-derives them). */
export function sessionStart(session: Session, time: number): TrackedEvent {
  const utm: Properties = {};
  const { searchParams } = new URL(session.landing);
  for (const name of ['source', 'medium', 'campaign', 'term', 'content']) {
    const value = searchParams.get('utm_' + name);
    if (value) utm[name] = value;
  }
  const { number, landing, source, device } = session;
  const { referrer } = document;
  return {
    name: AUTOMATIC.sessionStart,
    time,
    properties: { number, new: number === 1, landing, source, referrer, utm, device },
  };
}

function foreignHost(): string {
  const host = /^https?:\/\/([^/:]+)/.exec(document.referrer)?.[1];
  return host && host !== location.hostname ? host : 'direct';
}

/** What costs nothing to read; operating system, browser and time zone come from the lazy device chunk. */
function readDevice(): Properties {
  const { innerWidth, innerHeight, navigator } = window;
  const isTouch = navigator.maxTouchPoints > 0;
  const { userAgentData } = navigator as { userAgentData?: { mobile?: boolean } };
  const isSmall = Math.min(innerWidth, innerHeight) < 600;
  const isPhone = userAgentData?.mobile ?? (isTouch && isSmall);
  return {
    type: isPhone ? 'mobile' : isTouch && Math.max(innerWidth, innerHeight) < 1400 ? 'tablet' : 'desktop',
    viewportWidth: innerWidth,
    viewportHeight: innerHeight,
    language: navigator.language,
    touch: isTouch,
  };
}
