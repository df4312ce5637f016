/** A visitor and a moment as they would be, had something been otherwise. Nothing that is given is changed. */
import { AUTOMATIC } from './automatic.js';
import type { Alteration } from './change.js';
import { spend, type Budget } from './budget.js';
import type { Facts, Occasion, Past, PastEvent, PersonalFacts } from './decision.js';
import { isCombination } from './combination.js';
import type { Json, Properties } from './events.js';
import type { FoldedPast } from './fold.js';
import { awaitedBy, signalsWith } from './lastOccasion.js';
import { BACK_FORTH, type Returned } from './logSignals.js';
import { placeOf } from './atoms.js';
import { plainText } from './plainText.js';
import type { Rules } from './rules.js';

/** What is decided on. */
export interface World {
  past: Past & Pick<FoldedPast, 'states'>;
  facts: Facts;
  occasion: Occasion;
  /** Shared with all worlds that come of it. */
  budget?: Budget;
  /** So many events have happened that are not in the log. */
  added?: number;
}

/** The one there is. */
export type FirstWorld = World & { past: FoldedPast };

type Fields = { [key: string]: Json | undefined };
type EventAlteration = Alteration & { kind: 'event' };

/** What a list is made as long as at most. */
const MOST_ITEMS = 1000;

/** To fold in so many events, or to copy so many values, costs as much as another question. */
const FOLDS = 100;
const COPIED = 3000;

/** The same at another moment. */
export const laterBy = (world: World, now: number): World => ({
  ...world,
  occasion: { ...world.occasion, now },
});

/** As the log would have them, from that row on. */
function eventsOf(
  { facts, occasion }: World,
  happened: readonly EventAlteration[],
  row: number,
): PastEvent[] {
  const { session } = facts.visit;
  return happened.flatMap(({ event: name, properties, count }) =>
    Array.from({ length: count }, (): PastEvent => {
      const sequence: PastEvent['sequence'] = [row++, 0];
      return { name, properties, time: occasion.now, id: `change-${row}`, sequence, session };
    }),
  );
}

/** A copy of plain data; what is in it is counted as well. */
function copyOf(value: unknown, count: () => void): unknown {
  count();
  if (Array.isArray(value)) return value.map((each) => copyOf(each, count));
  if (!value || typeof value != 'object') return value;
  const entries = Object.entries(value);
  // Objects with many keys take a few times as long as lists.
  for (let more = 0; more < 3 * entries.length; more++) count();
  return Object.fromEntries(entries.map(([key, each]) => [key, copyOf(each, count)]));
}

/** Copies of the states that the events concern, with them folded in; no log is read again. */
function grown(
  { list, concernedBy, sessionStart }: Rules['atoms'],
  world: World,
  events: readonly PastEvent[],
): World['past'] {
  const { past } = world;
  const states = [...past.states()];
  const concerned = events.map((event) => concernedBy(event));
  spend(world, 1 + concerned.flat().length / FOLDS);
  for (const atom of new Set(concerned.flat())) {
    let count = 0;
    states[atom] = copyOf(states[atom], () => void count++) as never;
    spend(world, count / COPIED);
  }
  for (const [index, event] of events.entries())
    for (const atom of concerned[index]!) list[atom]!.fold(states[atom]!, event, placeOf(event));
  return {
    pruned: past.pruned,
    states: () => states,
    read: (atom, now, session) => list[atom]!.read(states[atom]!, now, session),
    row: (atom, now, session) => list[atom]!.row?.(states[atom]!, now, session),
    parts: (atom, now, session) => list[atom]!.parts!(states[atom]!, now, session)!,
    sessionRow: (session) =>
      (list[sessionStart]!.read(states[sessionStart]!, 0, session) as number[])[0] ?? 0,
  };
}

/** Page views after which there are so many returns in the session, the last of them one: to and fro between pages that there are not. */
function returnViews({ list }: Rules['atoms'], world: World, wanted: number): EventAlteration[] {
  const { past, occasion, facts, added = 0 } = world;
  const index = list.findIndex(({ key }) => key == BACK_FORTH);
  const known = index < 0 ? 0 : (past.read(index, occasion.now, facts.visit.session) as Returned)[0];
  return Array.from({ length: Math.max(1, wanted - known) + 2 }, (_, view) => {
    const properties = { url: `back-forth-${added}-${view % 2}` };
    return { kind: 'event', event: AUTOMATIC.pageView, properties, count: 1 };
  });
}

/** Makes the world as it would be with this or that otherwise; pasts grow from what is given. */
export function createAltered({ atoms }: Rules, { past, occasion }: FirstWorld, campaign: string) {
  const through = past.tail().at(-1)?.sequence[0] ?? Math.max(0, past.base().through);

  const withEvents = (world: World, happened: readonly EventAlteration[]): World => {
    if (!happened.length) return world;
    const { added = 0 } = world;
    const events = eventsOf(world, happened, through + added + 1);
    return { ...world, past: grown(atoms, world, events), added: added + events.length };
  };

  /** With one thing otherwise. */
  const alter = (world: World, one: Alteration): World => {
    const { facts } = world;
    if (one.kind == 'fact' && one.fact == 'signal.backForth')
      return withEvents(world, returnViews(atoms, world, Number(one.value)));
    if (one.kind == 'fact') return { ...world, facts: withFact(facts, one.fact, one.value, occasion.now) };
    if (one.kind == 'wait') return laterBy(world, one.until);
    if (one.kind == 'consent')
      return { ...world, facts: { ...facts, consent: [...facts.consent, one.purpose] } };
    if (one.kind == 'trigger') return triggered(world, one.trigger, one.properties ?? {});
    return one.kind == 'session' ? inNextSession(world) : world;
  };

  const triggered = (
    world: World,
    trigger: (Alteration & { kind: 'trigger' })['trigger'],
    properties: Properties,
  ) => {
    const { facts } = world;
    const { now } = world.occasion;
    const occasion: Occasion = { now, trigger: trigger.on, campaign };
    const signals = signalsWith(trigger, facts.signals);
    if (!isCombination(trigger)) Object.assign(occasion, awaitedBy(trigger));
    if (trigger.on == 'backForth')
      return { ...withEvents(world, returnViews(atoms, world, trigger.times ?? 1)), occasion };
    if (trigger.on != 'event') return { ...world, occasion, facts: { ...facts, signals } };
    occasion.event = { name: trigger.event, properties, time: now };
    const event: EventAlteration = { kind: 'event', event: trigger.event, properties, count: 1 };
    return { ...withEvents(world, [event]), occasion };
  };
  return (world: World, alterations: readonly Alteration[]) => {
    let there = world;
    // Events that follow each other are folded into one copy.
    const waiting: EventAlteration[] = [];
    for (const one of alterations) {
      if (one.kind == 'event') waiting.push(one);
      else there = alter(withEvents(there, waiting.splice(0)), one);
    }
    return withEvents(there, waiting);
  };
}

function inNextSession({ facts, ...world }: World): World {
  const { session, number } = facts.visit;
  const visit = { session: `${session}+`, number: number + 1, pages: 1, startedAt: world.occasion.now };
  return { ...world, facts: { ...facts, visit: { ...facts.visit, ...visit } } };
}

const fits = (place: unknown) =>
  Number.isInteger(place) && (place as number) >= 0 && (place as number) <= MOST_ITEMS;

/** The object with the value at a property path; `[]` is a list of one. */
export function withValue(holder: unknown, path: string, value: Json | undefined): Json {
  const [step = '', ...rest] = path.split('.');
  const key = step.replace(/\[\]$/, '');
  const inner = (holder && typeof holder == 'object' ? (holder as Fields)[key] : undefined) as Json;
  const isList = key != step;
  const below = isList ? (Array.isArray(inner) ? inner[0] : undefined) : inner;
  const made = rest.length ? withValue(below, rest.join('.'), value) : value;
  const next = isList ? [made as Json] : made;
  // No list is made very long, and not every value is a length.
  if (Array.isArray(holder) && !fits(key == 'length' ? next : Number(key))) return holder as Json;
  if (Array.isArray(holder)) return Object.assign([...(holder as Json[])], { [key]: next });
  const { [key]: _, ...others } = Object(holder) as Fields;
  return (next === undefined ? others : { ...others, [key]: next }) as Json;
}

const PARTS = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/i;

/** Half a letter, which no address can have. */
const HALVES = /[\ud800-\udfff]/gu;
const whole = (text: string) => text.replace(HALVES, '\ufffd');

/** The address with that path, or with a parameter of that value and no other. */
function withPath(url: string, path: string): string {
  const [, origin = '', , query = ''] = PARTS.exec(url) ?? [];
  return origin + encodeURI(whole(path)).replace(/[?#]/g, encodeURIComponent) + query;
}
function withQuery(url: string, name: string, value: Json | undefined): string {
  const encoded = (text: string) => encodeURIComponent(whole(text));
  const [, origin = '', path = '', query = ''] = PARTS.exec(url) ?? [];
  const others = query
    .slice(1)
    .split('&')
    .filter((pair) => pair && pair.split('=')[0] != encoded(name));
  const pairs = value === undefined ? others : [...others, [name, plainText(value)].map(encoded).join('=')];
  return origin + path + (pairs.length ? `?${pairs.join('&')}` : '');
}

/** What the server knows, with that fact, or in that list or out of it. */
function withPersonal(
  { personal }: Facts,
  kind: string,
  name: string,
  value: Json | undefined,
): PersonalFacts {
  const { facts, lists } = personal ?? { facts: {}, lists: [] };
  if (kind == 'fact') return { lists, facts: withValue(facts, name, value) as Properties };
  const others = lists.filter((list) => list != name);
  return { facts, lists: value ? [...others, name] : others };
}

function withFact(facts: Facts, fact: string, value: Json | undefined, now: number): Facts {
  const [kind = '', ...steps] = fact.split('.');
  const name = steps.join('.');
  const { attributes, device, signals, visit, page } = facts;
  if (kind == 'attribute') return { ...facts, attributes: withValue(attributes, name, value) as Properties };
  if (kind == 'device') return { ...facts, device: withValue(device, name, value) as Properties };
  if (kind == 'signal') return { ...facts, signals: { ...signals, [name]: value } };
  if (kind == 'fact' || kind == 'list') return { ...facts, personal: withPersonal(facts, kind, name, value) };
  const key = steps.slice(1).join('.');
  // Of a page that is not known.
  const address = page.url || '/';
  if (steps[0] == 'query') return { ...facts, page: { ...page, url: withQuery(address, key, value) } };
  if (steps[0] == 'utm')
    return { ...facts, visit: { ...visit, landing: withQuery(visit.landing ?? '/', `utm_${key}`, value) } };
  if (name == 'path') return { ...facts, page: { ...page, url: withPath(address, plainText(value ?? '/')) } };
  if (kind == 'page') return { ...facts, page: { ...page, [name]: value } };
  if (name == 'new') return { ...facts, visit: { ...visit, number: value ? 1 : 2 } };
  if (name == 'seconds') return { ...facts, visit: { ...visit, startedAt: now - Number(value) * 1000 } };
  return { ...facts, visit: { ...visit, [name]: value } };
}
