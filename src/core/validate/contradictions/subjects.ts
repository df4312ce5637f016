/** What conditions speak of: what two of them say of the same must hold for one value. */
import { canonical } from '../canonical.js';
import type { Behaviour, Condition, Test, Where } from '../../conditions.js';
import type { Json } from '../../events.js';
import { DEVICE_TYPES } from '../vocabulary.js';
import { ANYTHING, canHold, type Asked, type Domain } from './values.js';

/** What is read of a condition. */
export interface Reading {
  /** The condition as text, the same for the same. */
  text: string;
  subject: Subject | undefined;
  /** Whether it can hold, whatever stands beside it. */
  canBe: boolean;
  count: Count | undefined;
}

/** A condition that combines no others, and whether it must hold or must not. */
export interface Literal extends Reading {
  node: Condition;
  isNegated: boolean;
  path: string;
}

/** A value that is one and the same for all conditions with that key. */
export interface Subject {
  key: string;
  domain: Domain;
  asked: Asked;
  /** How many values the test names. */
  named: number;
}

/** How often an event may have been in a window. */
export interface Count {
  /** The same for the same events. */
  key: string;
  least: number;
  most: number;
  /** Length of the window; Infinity for all there ever was. */
  windowMs: number;
  /** Whether it is a window back from now: all shorter ones are part of it. */
  isWhole: boolean;
}

const COUNT: Domain = { canMiss: false, type: 'number', isInteger: true, min: 0 };
const ANY_NUMBER: Domain = { canMiss: false, type: 'number' };

/** While nobody is identified it is missing. */
const LIST: Domain = { canMiss: true, values: [true, false] };

/** The collector may not know it. */
export const DEVICE_TYPE: Domain = { canMiss: true, values: DEVICE_TYPES };

const PRESENT: { [fact: string]: Domain } = {
  'page path': { canMiss: false, type: 'string', prefix: '/' },
  'device type': DEVICE_TYPE,
  'visit number': { ...COUNT, min: 1 },
  'visit pages': COUNT,
  'visit seconds': { ...ANY_NUMBER, min: 0 },
  'signal dwell': { ...ANY_NUMBER, min: 0 },
  'signal idle': { ...ANY_NUMBER, canMiss: true, min: 0 },
  'signal hesitation': { ...ANY_NUMBER, canMiss: true, min: 0 },
  'signal rage': { ...COUNT, canMiss: true },
  'signal exit': { canMiss: true, values: [true, false] },
  'signal backForth': COUNT,
  'signal cart': { ...ANY_NUMBER, canMiss: true },
  'time weekday': { canMiss: false, values: [1, 2, 3, 4, 5, 6, 7] },
  'time hour': { canMiss: false, values: Array.from({ length: 24 }, (_, hour) => hour) },
  'time date': { canMiss: false, type: 'string', shape: /^\d+-\d\d-\d\d$/ },
  'time time': { canMiss: false, type: 'string', shape: /^\d\d:\d\d$/, min: '00:00', max: '23:59' },
};

/** The page of a trigger. */
export const PATH = PRESENT['page path']!;

/** Whether an event can be as asked. Each path is read on its own. */
export const canMatch = (where: Where = {}): boolean =>
  Object.values(where).every((test) => canHold([{ test, isNegated: false }], ANYTHING));

function measured(behaviour: Behaviour): Omit<Subject, 'named'> {
  const { event, where = {}, within = 'ever', measure = 'count', of, is = { gte: 1 } } = behaviour;
  const key = canonical([event, where, within, measure, measure === 'count' ? null : of]);
  const isNever = !canMatch(where);
  const isCount = measure === 'count' || measure === 'distinct' || measure === 'most';
  const isSum = isCount || measure === 'sum';
  const domain: Domain = isNever
    ? { canMiss: !isSum, values: isSum ? [0] : [] }
    : isCount
      ? COUNT
      : measure === 'first' || measure === 'last'
        ? ANYTHING
        : { ...ANY_NUMBER, canMiss: measure !== 'sum' };
  return { key, domain, asked: { test: is, isNegated: false } };
}

const isFirst = (number: Json) => number === 1;

/** What a condition asks of which value; undefined for what is more than the test of a value. */
export function subjectOf(node: Condition, isNegated: boolean, text: string): Subject | undefined {
  const subject = askedOf(node, isNegated, text);
  return subject && { ...subject, named: namedIn(subject.asked.test) };
}

const namedIn = ({ every, ...rest }: Test): number =>
  Object.values(rest as { [operator: string]: unknown }).flat().length + (every ? namedIn(every) : 0);

function askedOf(node: Condition, isNegated: boolean, text: string): Omit<Subject, 'named'> | undefined {
  if ('event' in node) {
    const subject = measured(node);
    return { ...subject, asked: { ...subject.asked, isNegated } };
  }
  if ('list' in node)
    return { key: `list ${node.list}`, domain: LIST, asked: { test: node.is ?? { eq: true }, isNegated } };
  if (!('is' in node)) return undefined;
  const asked: Asked = { test: node.is, isNegated };
  if ('visit' in node && node.visit === 'new')
    return { key: 'visit number', domain: PRESENT['visit number']!, asked: { ...asked, of: isFirst } };
  const kind = Object.keys(node).find((name) => name !== 'is' && name !== 'zone')!;
  const name = (node as unknown as { [kind: string]: string })[kind]!;
  // Of a query parameter, or of the elements of a list, there may be several: what passes two tests may be two of them.
  if (name.includes('[]') || /^(query|utm)\./.test(name))
    return { key: `each ${text}`, domain: ANYTHING, asked };
  const zone = 'zone' in node ? node.zone : undefined;
  const domain = PRESENT[`${kind} ${name}`] ?? ANYTHING;
  // Where the visitor's zone is not known, there is no time.
  return {
    key: `${kind} ${name}${zone === undefined ? '' : ` ${zone}`}`,
    domain: kind === 'time' && zone === undefined ? { ...domain, canMiss: true } : domain,
    asked,
  };
}
