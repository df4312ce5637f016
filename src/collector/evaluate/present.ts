import { AUTOMATIC } from '../../core/automatic.js';
import type { Facts } from '../../core/decision.js';
import type { Json, Properties, Purpose } from '../../core/events.js';
import { DEVICE_EVENT, LATE_FACTS } from '../../core/lateFacts.js';
import { PURPOSES } from '../../core/validate/vocabulary.js';
import type { ToldFacts } from './untold.js';
import type { StoredEvent } from './visitorLogs.js';

/** What is true of a visitor after some events, as the device told it in them; the rest is missing. */
export interface Present {
  take(event: StoredEvent): void;
  /** The page view of the page one is on. */
  view(): StoredEvent | undefined;
  /** `signals` are known only where the caller knows them. */
  facts(signals?: Partial<Facts['signals']>): ToldFacts;
}

const fieldsOf = (value: Json | undefined): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

const textIn = (properties: Properties, name: string): string | undefined => {
  const value = properties[name];
  return typeof value === 'string' ? value : undefined;
};

interface State {
  visit: Partial<Facts['visit']> & { session: string; pages: number };
  device: Properties;
  /** What was found out of the device later than its session began, and the zone it had then. */
  late: { details: Properties; zone: number };
  attributes: Properties;
  user?: string;
  consent: readonly Purpose[];
  view?: StoredEvent;
  /** Minutes, positive west of Greenwich; NaN before the first event. */
  zone: number;
}

/** What an event of the SDK's own says of the present. */
const TAKE: { [name: string]: (state: State, event: StoredEvent) => void } = {
  [AUTOMATIC.sessionStart](state, { session, time, properties = {} }) {
    const { number, device } = properties;
    state.visit = {
      session,
      pages: session === state.visit.session ? state.visit.pages : 0,
      startedAt: time,
      ...(typeof number === 'number' && { number }),
      ...optional('landing', textIn(properties, 'landing')),
      ...optional('source', textIn(properties, 'source')),
    };
    state.device = fieldsOf(device);
  },
  [DEVICE_EVENT](state, { properties = {}, zone }) {
    state.late = { details: { ...state.late.details, ...properties }, zone };
  },
  [AUTOMATIC.pageView](state, event) {
    state.view = event;
    if (event.session === state.visit.session) state.visit.pages += 1;
  },
  [AUTOMATIC.set](state, { properties = {} }) {
    state.attributes = { ...state.attributes, ...properties };
  },
  [AUTOMATIC.identify](state, { properties = {} }) {
    const user = textIn(properties, 'user');
    if (user !== undefined) state.user = user;
    state.attributes = { ...state.attributes, ...fieldsOf(properties['traits']) };
  },
  [AUTOMATIC.consent](state, { properties = {} }) {
    state.consent = PURPOSES.filter((purpose) => properties[purpose] === true);
  },
};

/**
 * `log`: all events there will be. A browser stays what it is, so what one of them tells of it is true before it too. Where the name of
 * the time zone is not known, the offset stands in for it, for clocks; that is the same hour.
 */
export function createPresent(visitor: string, log: readonly StoredEvent[]): Present {
  const sessions = new Set<string>();
  // Without a choice of the visitor nothing is forbidden, or there would be no events.
  const state: State = {
    visit: { session: '', pages: 0 },
    device: {},
    late: { details: {}, zone: NaN },
    attributes: {},
    consent: PURPOSES,
    zone: NaN,
  };
  const first = log.find(({ name }) => name === DEVICE_EVENT);
  if (first) TAKE[DEVICE_EVENT]!(state, first);
  return {
    take(event) {
      // A late event of a session that has ended does not bring that back.
      if (!sessions.has(event.session)) {
        sessions.add(event.session);
        state.visit = { session: event.session, pages: 0 };
      }
      state.zone = event.zone;
      if (Object.hasOwn(TAKE, event.name)) TAKE[event.name]!(state, event);
    },
    view: () => state.view,
    facts(signals = {}) {
      const { user, attributes, consent, device, visit } = state;
      const { url, title, referrer } = state.view?.properties ?? {};
      const offset = zoneOfOffset(state.zone);
      const known = { ...lateIn(state), ...device };
      const missing = LATE_FACTS.filter((name) => known[name] === undefined);
      const facts = {
        visitor,
        ...optional('user', user),
        attributes,
        consent,
        page: { url, title, referrer },
        device: { ...optional('timeZone', offset), ...known },
        visit: { ...visit },
        signals,
        untold: Object.fromEntries(missing.map((name) => [name, name === 'timeZone' ? offset : undefined])),
      };
      // Missing facts make conditions over them false; only what runs on the device has them all.
      return facts as unknown as ToldFacts;
    },
  };
}

const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

/** Who travels, or whose summer begins, may be in another zone than was told. */
function lateIn({ late: { details, zone }, ...state }: State): Properties {
  const { timeZone, ...browser } = details;
  return zone === state.zone && timeZone !== undefined ? { ...browser, timeZone } : browser;
}

/** A zone with that offset (minutes, positive west of Greenwich) and no summer; none for what is no number of minutes within a day. */
function zoneOfOffset(offset: number): string | undefined {
  const minutes = Math.abs(offset);
  if (!Number.isInteger(minutes) || minutes >= 1440) return undefined;
  const text = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return (offset > 0 ? '-' : '+') + text;
}
