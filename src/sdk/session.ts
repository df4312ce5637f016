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
  /** Campaign parameters of the landing page, without their `utm_`. */
  utm: Properties;
  device: Properties;
}

/** The session an event at `time` belongs to: the running one, or a new one if that has ended, or the clock was put back by as much. */
export function sessionAt(last: Session | undefined, time: number, uuid: () => string): Session {
  if (last && Math.abs(last.seenAt - time) < SESSION_GAP_MS) return { ...last, seenAt: time };
  const landing = location.href;
  const utm: Properties = {};
  for (const [name, value] of new URL(landing).searchParams)
    if (/^utm_/.test(name)) utm[name.slice(4)] = value;
  return {
    id: uuid(),
    number: (last?.number ?? 0) + 1,
    startedAt: time,
    seenAt: time,
    pages: 0,
    landing,
    source: (utm.source as string) || foreignHost(),
    utm,
    device: readDevice(),
  };
}

/**
 * The event that opens a session, with every fact `decide` may read that is known by then; the collector never re-derives them. What is
 * found out later and only for some programs comes with an event of its own, see `deviceDetails.ts`.
 */
export function sessionStart(session: Session, time: number): TrackedEvent {
  const { id: _id, startedAt: _startedAt, seenAt: _seenAt, pages: _pages, ...facts } = session;
  return {
    name: AUTOMATIC.sessionStart,
    time,
    properties: { ...facts, new: facts.number < 2, referrer: document.referrer },
  };
}

function foreignHost(): string {
  const host = document.referrer.split('/')[2];
  return host && host !== location.host ? host : 'direct';
}

/** What costs nothing to read; operating system, browser and time zone are read by `deviceDetails.ts`. */
function readDevice(): Properties {
  const { innerWidth, innerHeight, navigator } = window;
  // Of the pointer one mostly uses: a laptop whose screen can be touched as well is none to be held in the hand.
  const isHeld = matchMedia('(pointer:coarse)').matches;
  return {
    type: !isHeld ? 'desktop' : Math.min(innerWidth, innerHeight) < 600 ? 'mobile' : 'tablet',
    viewportWidth: innerWidth,
    viewportHeight: innerHeight,
    language: navigator.language,
    touch: navigator.maxTouchPoints > 0,
  };
}
