/** The tests of the segment language and the values they are asked of, as docs/language.md has them, written for obviousness. */
import type { Test } from '../../../src/core/conditions.js';
import type { Json, Properties } from '../../../src/core/events.js';

const UNIT_MS: { [unit: string]: number } = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
export const durationOf = (text: string): number => Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1)]!;

/** What a test may ask beside the value: the moment that `now` is, and what the site says of all visitors. */
export interface Circumstances {
  now: number;
  publicFacts?: Properties | undefined;
}

/** What stands at a path, level by level; several values of a path with `[]`, none where it leads nowhere. */
export function naiveValues(path: string, holder: unknown): Json[] {
  let reached: unknown[] = [holder];
  for (const step of path.split('.')) {
    const ofEach = step.endsWith('[]');
    reached = reached.flatMap((above) => below(above, ofEach ? step.slice(0, -2) : step));
    if (ofEach) reached = reached.flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  }
  return reached as Json[];
}

function below(above: unknown, key: string): unknown[] {
  if (above === null || typeof above !== 'object') return [];
  if (Array.isArray(above) && key === 'length') return [above.length];
  return Object.hasOwn(above, key) ? [(above as Properties)[key]] : [];
}

/** Lists and objects are compared as JSON, and nothing is converted. */
const isSame = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);

/** Negative, 0 or positive; undefined of what has no order. */
function ordered(value: Json, operand: Json): number | undefined {
  if (typeof value === 'number' && typeof operand === 'number') return value - operand;
  if (typeof value !== 'string' || typeof operand !== 'string') return undefined;
  return value < operand ? -1 : value > operand ? 1 : 0;
}

function isOrdered(operator: string, order: number | undefined): boolean {
  if (order === undefined) return false;
  if (operator === 'eq') return order === 0;
  if (operator === 'gt') return order > 0;
  if (operator === 'gte') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

interface Version {
  numbers: [bigint, bigint, bigint];
  words: string[];
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;
const hasLeadingZero = (part: string) => /^0\d+$/.test(part);

function versionOf(value: unknown): Version | undefined {
  const [, major, minor = '0', patch = '0', before] =
    (typeof value === 'string' && VERSION.exec(value)) || [];
  if (major === undefined) return undefined;
  const words = before === undefined ? [] : before.split('.');
  if (words.includes('') || [major, minor, patch, ...words].some(hasLeadingZero)) return undefined;
  return { numbers: [BigInt(major), BigInt(minor), BigInt(patch)], words };
}

function orderedVersions(one: Version, other: Version): number {
  for (const place of [0, 1, 2] as const)
    if (one.numbers[place] !== other.numbers[place])
      return one.numbers[place] < other.numbers[place] ? -1 : 1;
  // Before a release comes what is none yet.
  if (!one.words.length || !other.words.length) return other.words.length - one.words.length;
  for (let place = 0; place < Math.max(one.words.length, other.words.length); place++) {
    const [a, b] = [one.words[place], other.words[place]];
    if (a === b) continue;
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (isNumber && isOther) return BigInt(a) < BigInt(b) ? -1 : 1;
    if (isNumber !== isOther) return isNumber ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}

function passesVersion(value: Json, operand: Json): boolean {
  const version = versionOf(value);
  return Object.entries(operand as { [operator: string]: string }).every(
    ([operator, wanted]) => version && isOrdered(operator, orderedVersions(version, versionOf(wanted)!)),
  );
}

const DATE = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** An ISO 8601 date in ms, without a zone in UTC; undefined for any other text and for days that no calendar has. */
function dateOf(text: string): number | undefined {
  const [, day, clock, zone] = DATE.exec(text) ?? [];
  if (day === undefined) return undefined;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  return clock === undefined ? midnight.getTime() : Date.parse(zone ? text : `${text}Z`);
}

/** Undefined if it is none. */
function momentOf(text: unknown, now: number): number | undefined {
  if (typeof text !== 'string') return undefined;
  if (text === 'now') return now;
  if (/^[+-]\d+[smhdw]$/.test(text)) return now + (text[0] === '-' ? -1 : 1) * durationOf(text.slice(1));
  return dateOf(text);
}

/** How the value lies to the moment. */
function orderedDates(value: Json, moment: Json, now: number): number | undefined {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? dateOf(value) : undefined;
  return time === undefined ? undefined : time - momentOf(moment, now)!;
}

/** The value of a public fact, where its name may stand; the operand as it is elsewhere. */
function resolved(operator: string, operand: Json, publicFacts: Properties | undefined): Json | undefined {
  const path = nameOfFact(operand);
  if (path === undefined || !['gt', 'gte', 'lt', 'lte', 'in', 'nin'].includes(operator)) return operand;
  return naiveValues(path, publicFacts)[0];
}

/** The path in `{public: …}` with nothing beside it. */
export function nameOfFact(operand: unknown): string | undefined {
  if (operand === null || typeof operand !== 'object' || Object.keys(operand).join() !== 'public')
    return undefined;
  const { public: path } = operand as { public: unknown };
  return typeof path === 'string' ? path : undefined;
}

/** One comparison, of one value that is there. */
function compares(
  value: Json,
  operator: string,
  operand: Json,
  { now, publicFacts }: Circumstances,
): boolean {
  const wanted = resolved(operator, operand, publicFacts)!;
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'eq':
      return isSame(value, wanted);
    case 'ne':
      return !isSame(value, wanted);
    case 'in':
      return (wanted as Json[]).some((one) => isSame(value, one));
    case 'nin':
      return !(wanted as Json[]).some((one) => isSame(value, one));
    case 'contains':
      if (Array.isArray(value)) return value.some((member) => isSame(member, wanted));
      return text !== undefined && typeof wanted === 'string' && text.includes(wanted);
    case 'startsWith':
      return text !== undefined && text.startsWith(wanted as string);
    case 'endsWith':
      return text !== undefined && text.endsWith(wanted as string);
    case 'exists':
      return wanted === true;
    case 'matches':
      return text !== undefined && new RegExp(wanted as string, 'u').test(text.slice(0, 2048));
    case 'semver':
      return passesVersion(value, wanted);
    case 'after':
      return isOrdered('gt', orderedDates(value, wanted, now));
    case 'before':
      return isOrdered('lt', orderedDates(value, wanted, now));
    default:
      return isOrdered(operator, ordered(value, wanted));
  }
}

/** Whether the values pass: all comparisons by one and the same of them, with `every` by each. */
export function naivePasses(test: Test, values: readonly Json[], at: Circumstances): boolean {
  const { every, ...beside } = test;
  if (every)
    return (
      values.length > 0 &&
      values.every((value) => naivePasses(every, [value], at) && naivePasses(beside, [value], at))
    );
  const comparisons = Object.entries(test as { [operator: string]: Json });
  if (!values.length)
    return comparisons.every(
      ([operator, operand]) =>
        operator === 'ne' || operator === 'nin' || (operator === 'exists' && operand === false),
    );
  return values.some((value) =>
    comparisons.every(([operator, operand]) => compares(value, operator, operand, at)),
  );
}

const isText = (operand: unknown) => typeof operand === 'string';
const isOrderable = (operand: unknown) => typeof operand === 'number' || isText(operand);
const isAnything = () => true;
const isMoment = (operand: unknown) => momentOf(operand, 0) !== undefined;
const isTable = (operand: unknown): operand is { [key: string]: unknown } =>
  operand !== null && typeof operand === 'object' && !Array.isArray(operand);

const OPERANDS: { [operator: string]: (operand: unknown, publicFacts: Properties | undefined) => boolean } = {
  eq: isAnything,
  ne: isAnything,
  contains: isAnything,
  gt: isOrderable,
  gte: isOrderable,
  lt: isOrderable,
  lte: isOrderable,
  in: Array.isArray,
  nin: Array.isArray,
  startsWith: isText,
  endsWith: isText,
  matches: isText,
  exists: (operand) => typeof operand === 'boolean',
  semver: (operand) =>
    isTable(operand) &&
    Object.keys(operand).length > 0 &&
    Object.entries(operand).every(
      ([operator, wanted]) => ['eq', 'gt', 'gte', 'lt', 'lte'].includes(operator) && versionOf(wanted),
    ),
  after: isMoment,
  before: isMoment,
  every: (operand, publicFacts) => isKnownTest(operand, publicFacts),
};

/** Whether each operator is one, and its operand of the type it takes. Of patterns it says nothing: none that takes long is drawn. */
export function isKnownTest(test: unknown, publicFacts: Properties | undefined): boolean {
  return (
    isTable(test) &&
    Object.entries(test).every(
      ([operator, operand]) =>
        Object.hasOwn(OPERANDS, operator) &&
        OPERANDS[operator]!(resolved(operator, operand as Json, publicFacts), publicFacts),
    )
  );
}
