/** Makes true of a case what an explanation says would have to be otherwise: written apart from `src/core`, by hand and with what Node has. */
import type { Change } from '../../../src/core/change.js';
import type { Facts, Occasion, PastEvent } from '../../../src/core/decision.js';
import type { Json, Properties } from '../../../src/core/events.js';
import type { Program } from '../../../src/core/program.js';
import { naiveReturns } from './naiveSignals.js';

export interface Situation {
  program: Program;
  log: PastEvent[];
  facts: Facts;
  occasion: Occasion;
}

type Fields = { [key: string]: unknown };

/** Sets `a.b`, `a.0.b` of plain data; at `a[].b` there is then one element. */
function put(holder: Fields, path: string, value: unknown): void {
  const [step = '', ...rest] = path.split('.');
  const key = step.replace('[]', '');
  if (step !== key) {
    const element = { it: (holder[key] as unknown[] | undefined)?.[0] };
    put(element, ['it', ...rest].join('.'), value);
    holder[key] = [element.it];
  } else if (rest.length) {
    if (typeof holder[key] !== 'object' || holder[key] === null) holder[key] = {};
    put(holder[key] as Fields, rest.join('.'), value);
  } else if (value === undefined) delete holder[key];
  else holder[key] = value;
}

function withParameter(address: string, name: string, value: Json | undefined): string {
  const url = new URL(address, 'https://shop.example');
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return url.href;
}

function setFact(facts: Facts, fact: string, value: Json | undefined, now: number): void {
  const [kind, name = ''] = fact.split(/\.(.*)/s);
  const { page, visit } = facts;
  if (kind === 'attribute') put(facts.attributes, name, value);
  else if (kind === 'fact') put(facts.personal!.facts, name, value);
  else if (kind === 'list') {
    const { lists } = facts.personal!;
    facts.personal!.lists = value ? [...lists, name] : lists.filter((list) => list !== name);
  } else if (kind === 'device') put(facts.device, name, value);
  else if (kind === 'signal') put(facts.signals, name, value);
  else if (name.startsWith('query.')) page.url = withParameter(page.url, name.slice(6), value);
  else if (name.startsWith('utm.'))
    visit.landing = withParameter(visit.landing ?? '/', `utm_${name.slice(4)}`, value);
  else if (name === 'path') page.url = Object.assign(new URL(page.url), { pathname: value }).href;
  else if (kind === 'page') put(page, name, value);
  else if (name === 'new') visit.number = value ? 1 : 2;
  else if (name === 'seconds') visit.startedAt = now - Number(value) * 1000;
  else put(visit, name, value);
}

function happen({ log, facts, occasion }: Situation, name: string, properties: Properties): PastEvent {
  const key = (log.at(-1)?.sequence[0] ?? 0) + 1;
  const { session } = facts.visit;
  const event: PastEvent = {
    name,
    properties,
    time: occasion.now,
    id: `more-${key}`,
    sequence: [key, 0],
    session,
  };
  log.push(event);
  return event;
}

/** Goes to and fro between two pages nobody was on, until so many page views of the session were returns, the last of them as well. */
function comeBack(situation: Situation, times: number): void {
  const { log, facts } = situation;
  for (let step = 0; ; step++) {
    const [count, isLast] = naiveReturns(log, facts.visit.session);
    if (isLast && count >= times) return;
    happen(situation, '$page_view', { url: step % 2 ? '/to' : '/fro' });
  }
}

function apply(situation: Situation, change: Change, campaign: string): void {
  const { facts, occasion } = situation;
  const { now } = occasion;
  if (change.kind === 'event')
    for (let count = 0; count < change.count; count++) happen(situation, change.event, change.properties);
  if (change.kind === 'fact' && change.fact === 'signal.backForth')
    comeBack(situation, change.value as number);
  else if (change.kind === 'fact') setFact(facts, change.fact, change.value, now);
  if (change.kind === 'wait') occasion.now = change.until;
  if (change.kind === 'consent') facts.consent = [...facts.consent, change.purpose];
  if (change.kind === 'session')
    facts.visit = {
      ...facts.visit,
      session: 'next',
      number: facts.visit.number + 1,
      pages: 1,
      startedAt: now,
    };
  if (change.kind === 'edit') {
    const edited = situation.program.campaigns.find(({ id }) => id === campaign)!;
    put(edited as unknown as Fields, change.path, change.value);
  }
  if (change.kind !== 'trigger') return;
  const { trigger } = change;
  occasion.trigger = trigger.on;
  if (trigger.on === 'event') occasion.event = happen(situation, trigger.event, change.properties ?? {});
  if (trigger.on === 'visible' || trigger.on === 'hesitation') occasion.selector = trigger.selector;
  if (trigger.on === 'idle' || trigger.on === 'hesitation' || trigger.on === 'dwell') {
    occasion.seconds = trigger.seconds;
    facts.signals[trigger.on] = Math.max(facts.signals[trigger.on] ?? 0, trigger.seconds);
  }
  if (trigger.on === 'backForth') {
    occasion.trigger = 'page';
    comeBack(situation, trigger.times ?? 1);
  }
  if (trigger.on === 'manual') occasion.campaign = campaign;
  if (trigger.on === 'scroll') {
    occasion.percent = trigger.percent;
    facts.signals.scroll = Math.max(facts.signals.scroll, trigger.percent);
  }
}

/** A copy of the situation in which the changes have been made. */
export function applied(situation: Situation, changes: readonly Change[], campaign: string): Situation {
  const copy = structuredClone(situation);
  for (const change of changes) apply(copy, change, campaign);
  return copy;
}
