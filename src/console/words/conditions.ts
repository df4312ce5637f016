import type {
  Behaviour,
  Condition,
  PublicFact,
  Sequence,
  Test,
  Where,
  Within,
} from '../../core/conditions.js';
import type { Json } from '../../core/events.js';
import { namesPublic } from '../../core/publicFacts.js';
import type { Dictionary } from '../language/en.js';
import type { Format } from '../language/format.js';
import { eventWord, valueText } from './text.js';

/** A sentence, and below it the sentences it holds together. */
export interface Phrase {
  text: string;
  parts?: Phrase[];
}

/** What the words need: the dictionary and its formats. */
export interface Speech {
  t: Dictionary;
  format: Format;
}

function literal(value: Json | PublicFact, { t, format }: Speech): string {
  if (namesPublic(value)) return t.rules.publicFact(value.public);
  if (typeof value === 'number') return Number.isInteger(value) ? format.number(value) : String(value);
  if (Array.isArray(value)) return value.map((one) => literal(one, { t, format })).join(', ');
  return typeof value === 'string' ? t.rules.quote(value) : valueText(value, t);
}

/** The comparisons of one test, joined with "and". */
export function testWords(test: Test, speech: Speech): string {
  const { test: words } = speech.t.rules;
  const said: string[] = [];
  for (const key of [
    'eq',
    'ne',
    'gt',
    'gte',
    'lt',
    'lte',
    'in',
    'nin',
    'contains',
    'startsWith',
    'endsWith',
  ] as const) {
    const value = test[key];
    if (value !== undefined) said.push(words[key](literal(value, speech)));
  }
  if (test.exists !== undefined) said.push(test.exists ? words.exists : words.missing);
  return said.join(words.and);
}

function whereWords(where: Where | undefined, speech: Speech): string {
  const tests = Object.entries(where ?? {});
  if (tests.length === 0) return '';
  const { rules } = speech.t;
  return ` (${rules.where(tests.map(([path, test]) => rules.fact(path, testWords(test, speech))).join(rules.test.and))})`;
}

/** An event in words, with the properties it must have. */
export function eventPhrase(event: string, where: Where | undefined, speech: Speech): string {
  return eventWord(event, speech.t) + whereWords(where, speech);
}

function withinWords(within: Within | undefined, { t, format }: Speech): string {
  if (within === undefined || within === 'ever') return t.rules.ever;
  if (within === 'session') return t.rules.inSession;
  if (typeof within === 'string') return t.rules.within(format.duration(within));
  if ('public' in within) return t.rules.withinPublic(within.public);
  const date = (iso = '') => iso && format.date(iso);
  return t.rules.between(date(within.from), date(within.until));
}

function timesWords(is: Test, speech: Speech): string {
  const { rules } = speech.t;
  const entries = Object.entries(is);
  const [key, value] = entries[0] ?? [];
  if (entries.length !== 1 || typeof value !== 'number') return rules.times(testWords(is, speech));
  const n = speech.format.number(value);
  if (key === 'gte') return rules.atLeast(n);
  if (key === 'gt') return rules.moreThan(n);
  if (key === 'lte') return rules.atMost(n);
  if (key === 'lt') return rules.lessThan(n);
  return key === 'eq' ? rules.exactly(n) : rules.times(testWords(is, speech));
}

function isAbsence(is: Test): boolean {
  return Object.keys(is).length === 1 && (is.eq === 0 || is.lt === 1 || is.lte === 0);
}

function behaviourWords(behaviour: Behaviour, speech: Speech): Phrase {
  const { rules } = speech.t;
  const { measure = 'count', is = { gte: 1 } } = behaviour;
  const event = eventPhrase(behaviour.event, behaviour.where, speech);
  const within = withinWords(behaviour.within, speech);
  if (measure === 'most')
    return { text: rules.sameValue(event, behaviour.of ?? '', timesWords(is, speech), within) };
  if (measure !== 'count') {
    return {
      text: rules.measured(rules.measures[measure], behaviour.of ?? '', event, testWords(is, speech), within),
    };
  }
  return {
    text: isAbsence(is) ? rules.never(event, within) : rules.happened(event, timesWords(is, speech), within),
  };
}

/** A duration, or the name of a public one. */
function gapWords(gap: string | PublicFact, { t, format }: Speech): string {
  return typeof gap === 'string' ? format.duration(gap) : t.rules.publicFact(gap.public);
}

function sequenceWords(condition: Sequence, speech: Speech): Phrase {
  const { rules } = speech.t;
  const steps = condition.sequence.map((step) => {
    let text = eventPhrase(step.event, step.where, speech);
    if (step.count !== undefined && step.count > 1)
      text = rules.stepTimes(text, speech.format.number(step.count));
    return {
      text: step.within ? rules.stepWithin(text, gapWords(step.within, speech)) : rules.step(text),
    };
  });
  const { thenNot } = condition;
  const last = thenNot ? [{ text: rules.thenNot(eventPhrase(thenNot.event, thenNot.where, speech)) }] : [];
  return { text: rules.sequence(withinWords(condition.within, speech)), parts: [...steps, ...last] };
}

function listWords(name: string, is: Test | undefined, speech: Speech): string {
  const { rules } = speech.t;
  const isOnlyEq = is === undefined || Object.keys(is).join() === 'eq';
  if (isOnlyEq && (is?.eq ?? true) === true) return rules.inList(name);
  if (isOnlyEq && is?.eq === false) return rules.notInList(name);
  return rules.list(name, testWords(is ?? {}, speech));
}

function pageWord(fact: string, { t }: Speech): string {
  if (fact.startsWith('query.')) return t.rules.query(fact.slice(6));
  return fact.startsWith('utm.') ? t.rules.utm(fact.slice(4)) : (t.rules.page[fact] ?? fact);
}

/** A segment condition as marketers would say it. An operator of a later version is shown as JSON, never hidden. */
export function conditionWords(condition: Condition, speech: Speech): Phrase {
  const { rules } = speech.t;
  const fact = (name: string, is: Test) => ({ text: rules.fact(name, testWords(is, speech)) });
  const each = (list: Condition[]) => list.map((one) => conditionWords(one, speech));
  if ('all' in condition) return { text: rules.all, parts: each(condition.all) };
  if ('any' in condition) return { text: rules.any, parts: each(condition.any) };
  if ('not' in condition) return { text: rules.not, parts: [conditionWords(condition.not, speech)] };
  if ('segment' in condition) return { text: rules.segment(condition.segment) };
  if ('attribute' in condition)
    return { text: rules.attribute(condition.attribute, testWords(condition.is, speech)) };
  if ('fact' in condition) return { text: rules.serverFact(condition.fact, testWords(condition.is, speech)) };
  if ('list' in condition) return { text: listWords(condition.list, condition.is, speech) };
  if ('page' in condition) return fact(pageWord(condition.page, speech), condition.is);
  if ('device' in condition) return fact(rules.device[condition.device] ?? condition.device, condition.is);
  if ('visit' in condition) return fact(rules.visit[condition.visit] ?? condition.visit, condition.is);
  if ('signal' in condition) return fact(rules.signal[condition.signal] ?? condition.signal, condition.is);
  if ('sequence' in condition) return sequenceWords(condition, speech);
  if ('event' in condition) return behaviourWords(condition, speech);
  return { text: JSON.stringify(condition) };
}
