/** A visitor and a moment as they would be, had something been otherwise. Nothing that is given is changed. */
import type { Alteration } from './change.js';
import type { Facts, Occasion, PastEvent, PersonalFacts } from './decision.js';
import type { Json, Properties } from './events.js';
import { createPast, type Base, type FoldedPast } from './fold.js';
import { plainText } from './plainText.js';
import type { Rules } from './rules.js';

/** What is decided on. */
export interface World {
  past: FoldedPast;
  facts: Facts;
  occasion: Occasion;
  /** So many questions may still be asked of it and all that come of it: a hostile program must not hold up the page. */
  budget?: { left: number };
}

type Fields = { [key: string]: Json | undefined };

/** Copies pasts: from their states, so that no log is read again. */
export function createAltered({ atoms }: Rules, { past, occasion }: World, campaign: string) {
  const states = past.states();
  const base: Base = {
    through: past.tail().at(-1)?.sequence[0] ?? Math.max(0, past.base().through),
    known: [],
    until: past.base().until,
    states: Object.fromEntries(atoms.list.map(({ key }, index) => [key, JSON.stringify(states[index])])),
  };
  const withEvent = (world: World, name: string, properties: Properties, count: number): World => {
    const grown = createPast(atoms, base, past.pruned);
    world.past.tail().forEach((event) => event.sequence[0] > base.through && grown.add(event));
    const first = Math.max(base.through, world.past.tail().at(-1)?.sequence[0] ?? 0) + 1;
    for (let index = 0; index < count; index++) {
      const { session } = world.facts.visit;
      const sequence: PastEvent['sequence'] = [first + index, 0];
      const id = `change-${first + index}`;
      grown.add({ name, properties, time: world.occasion.now, id, sequence, session });
    }
    return { ...world, past: grown };
  };

  /** With one thing otherwise. */
  const alter = (world: World, one: Alteration): World => {
    const { facts } = world;
    if (one.kind == 'event') return withEvent(world, one.event, one.properties, one.count);
    if (one.kind == 'fact') return { ...world, facts: withFact(facts, one.fact, one.value, occasion.now) };
    if (one.kind == 'wait') return { ...world, occasion: { ...world.occasion, now: one.until } };
    if (one.kind == 'consent')
      return { ...world, facts: { ...facts, consent: [...facts.consent, one.purpose] } };
    if (one.kind == 'trigger') return triggered(world, one.trigger, one.properties ?? {});
    if (one.kind != 'session') return world;
    return inNextSession(world);
  };

  const triggered = (
    world: World,
    trigger: (Alteration & { kind: 'trigger' })['trigger'],
    properties: Properties,
  ) => {
    const { facts } = world;
    const { now } = world.occasion;
    const occasion: Occasion = { now, trigger: trigger.on, campaign };
    const signals = { ...facts.signals };
    if (trigger.on == 'dwell') signals.dwell = Math.max(signals.dwell ?? 0, trigger.seconds);
    if (trigger.on == 'scroll') signals.scroll = Math.max(signals.scroll ?? 0, trigger.percent);
    if (trigger.on == 'visible') occasion.selector = trigger.selector;
    if (trigger.on != 'event') return { ...world, occasion, facts: { ...facts, signals } };
    occasion.event = { name: trigger.event, properties, time: now };
    return { ...withEvent(world, trigger.event, properties, 1), occasion };
  };
  return (world: World, alterations: readonly Alteration[]) => alterations.reduce(alter, world);
}

function inNextSession({ facts, ...world }: World): World {
  const { session, number } = facts.visit;
  const visit = { session: `${session}+`, number: number + 1, pages: 1, startedAt: world.occasion.now };
  return { ...world, facts: { ...facts, visit: { ...facts.visit, ...visit } } };
}

/** The object with the value at a property path; `[]` is a list of one. */
export function withValue(holder: unknown, path: string, value: Json | undefined): Json {
  const [step = '', ...rest] = path.split('.');
  const key = step.replace(/\[\]$/, '');
  const inner = (holder && typeof holder == 'object' ? (holder as Fields)[key] : undefined) as Json;
  const isList = key != step;
  const below = isList ? (Array.isArray(inner) ? inner[0] : undefined) : inner;
  const made = rest.length ? withValue(below, rest.join('.'), value) : value;
  const next = isList ? [made as Json] : made;
  if (Array.isArray(holder)) return Object.assign([...(holder as Json[])], { [key]: next });
  const { [key]: _, ...others } = Object(holder) as Fields;
  return (next === undefined ? others : { ...others, [key]: next }) as Json;
}

const PARTS = /^([a-z]+:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/i;

/** The address with that path, or with a parameter of that value and no other. */
function withPath(url: string, path: string): string {
  const [, origin = '', , query = ''] = PARTS.exec(url) ?? [];
  return origin + encodeURI(path) + query;
}
function withQuery(url: string, name: string, value: Json | undefined): string {
  const [, origin = '', path = '', query = ''] = PARTS.exec(url) ?? [];
  const others = query
    .slice(1)
    .split('&')
    .filter((pair) => pair && pair.split('=')[0] != encodeURIComponent(name));
  const pairs =
    value === undefined ? others : [...others, [name, plainText(value)].map(encodeURIComponent).join('=')];
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
  if (steps[0] == 'query') return { ...facts, page: { ...page, url: withQuery(page.url, key, value) } };
  if (steps[0] == 'utm')
    return { ...facts, visit: { ...visit, landing: withQuery(visit.landing ?? '/', `utm_${key}`, value) } };
  if (name == 'path')
    return { ...facts, page: { ...page, url: withPath(page.url, plainText(value ?? '/')) } };
  if (kind == 'page') return { ...facts, page: { ...page, [name]: value } };
  if (name == 'new') return { ...facts, visit: { ...visit, number: value ? 1 : 2 } };
  if (name == 'seconds') return { ...facts, visit: { ...visit, startedAt: now - Number(value) * 1000 } };
  return { ...facts, visit: { ...visit, [name]: value } };
}
