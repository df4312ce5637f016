import { AUTOMATIC } from '../../core/automatic.js';
import type { Facts } from '../../core/decision.js';
import type { Json, Properties, Purpose } from '../../core/events.js';
import { PURPOSES } from '../../core/validate/vocabulary.js';
import type { StoredEvent } from './visitorLogs.js';

/** What is true of a visitor after some events, as the device told it in them; the rest is missing. */
export interface Present {
  take(event: StoredEvent): void;
  /** The page view of the page one is on. */
  view(): StoredEvent | undefined;
  /** `signals` are known only where the caller knows them. */
  facts(signals?: Partial<Facts['signals']>): Facts;
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
 * `isZoneAsked`: a condition asks for the name of the device's time zone, so that none may stand in for it. Else a clock that
 * needs one goes by the offset the device had, which is the same hour.
 */
export function createPresent(visitor: string, { isZoneAsked = false } = {}): Present {
  const sessions = new Set<string>();
  // Without a choice of the visitor nothing is forbidden, or there would be no events.
  const state: State = {
    visit: { session: '', pages: 0 },
    device: {},
    attributes: {},
    consent: PURPOSES,
    zone: NaN,
  };
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
      const timeZone = isZoneAsked ? undefined : zoneOfOffset(state.zone);
      const facts = {
        visitor,
        ...optional('user', user),
        attributes,
        consent,
        page: { url, title, referrer },
        device: { ...optional('timeZone', timeZone), ...device },
        visit: { ...visit },
        signals,
      };
      // Missing facts make conditions over them false; only what runs on the device has them all.
      return facts as unknown as Facts;
    },
  };
}

const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

/** A zone with that offset (minutes, positive west of Greenwich); none for a part of an hour, for which the database has none. */
function zoneOfOffset(offset: number): string | undefined {
  if (offset % 60 !== 0) return undefined;
  const hours = offset / 60;
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '+' : ''}${hours}`;
}
