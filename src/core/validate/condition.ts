import { durationMs } from '../duration.js';
import { MAX_DEPTH } from '../evaluate.js';
import { momentAt, MORE_OPERATORS } from '../moreOperators.js';
import { patternProblem } from '../pattern.js';
import { isZone } from '../timeFacts.js';
import type { Report } from './report.js';
import { checkWord, fieldsAt, isFields, isText, keysOf, listAt, oneOf, textOf } from './report.js';
import { FACT_NAMES, KIND_KEYS, MAX_NAME, MEASURES, SHAPES } from './vocabulary.js';

/** S5: more nodes than this in one condition are refused. */
export const MAX_NODES = 200;

const isScalar = (value: unknown) => typeof value === 'number' || typeof value === 'string';
const isMoment = (value: unknown) => typeof value === 'string' && isKnown(() => momentAt(value));
const isVersionTest = (value: unknown) =>
  isFields(value) && isKnown(() => MORE_OPERATORS.semver![1](value as never));
/** Every operator with what its operand must be, and how that is said. */
const OPERANDS: { [operator: string]: [check: (value: unknown) => boolean, fix: string] } = {
  eq: [() => true, ''],
  ne: [() => true, ''],
  gt: [isScalar, 'a number or a string'],
  gte: [isScalar, 'a number or a string'],
  lt: [isScalar, 'a number or a string'],
  lte: [isScalar, 'a number or a string'],
  in: [Array.isArray, 'a list such as ["a", "b"]'],
  nin: [Array.isArray, 'a list such as ["a", "b"]'],
  contains: [() => true, ''],
  startsWith: [(value) => typeof value === 'string', 'a string'],
  endsWith: [(value) => typeof value === 'string', 'a string'],
  exists: [(value) => typeof value === 'boolean', 'true or false'],
  matches: [(value) => typeof value === 'string', 'a regular expression such as "^/items/[0-9]+$"'],
  semver: [isVersionTest, 'comparisons with versions such as {"gte": "2.1.0"}'],
  before: [isMoment, 'a date, "now", or a time from now such as "-30d" or "+3d"'],
  after: [isMoment, 'a date, "now", or a time from now such as "-30d" or "+3d"'],
  every: [isFields, 'a test such as {"gte": 1000}'],
};

function isKnown(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** Checks a test such as `{"gte": 3}`. */
export function checkTest(value: unknown, path: string, report: Report): void {
  if (!isFields(value)) return report(path, value, 'is not a test; write for example {"eq": 3}');
  if (!Object.keys(value).length)
    report(path, value, 'tests nothing; name a comparison such as {"exists": true}');
  for (const [operator, operand] of Object.entries(value)) {
    const known = Object.hasOwn(OPERANDS, operator) ? OPERANDS[operator] : undefined;
    if (!known)
      report(`${path}.${operator}`, operand, `is not a known operator; use ${oneOf(Object.keys(OPERANDS))}`);
    else if (!known[0](operand))
      report(`${path}.${operator}`, operand, `cannot be compared with; use ${known[1]}`);
    else if (operator === 'matches') checkPattern(operand as string, `${path}.matches`, report);
    else if (operator === 'every') checkTest(operand, `${path}.every`, report);
  }
}

function checkPattern(pattern: string, path: string, report: Report): void {
  const problem = patternProblem(pattern);
  if (problem) report(path, pattern, problem);
}

/** Checks property paths and their tests. */
export function checkWhere(value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  if (!isFields(value))
    return report(path, value, 'is not an object; write for example {"category": {"eq": "tea"}}');
  for (const [property, test] of Object.entries(value)) {
    if (SHAPES.forbiddenPath.test(property) || !property)
      report(
        `${path}.${property}`,
        property,
        'is a path that can never be read; name a property of the event',
      );
    checkTest(test, `${path}.${property}`, report);
  }
}

/** Checks a duration, or one of the words that may stand in its place. */
export function checkDuration(
  value: unknown,
  path: string,
  report: Report,
  words: readonly string[] = [],
): void {
  if (words.includes(value as string)) return;
  if (typeof value !== 'string' || !(durationMs(value) > 0))
    report(
      path,
      value,
      `is not a duration; use a number with s, m, h, d or w such as "30m"${words.length ? `, or ${oneOf(words)}` : ''}`,
    );
}

/** Checks a window back from now, between dates, or of a session. */
function checkWindow(value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  if (!isFields(value)) return checkDuration(value, path, report, ['session', 'ever']);
  const { from, until } = fieldsAt(value, path, ['from', 'until'], report)!;
  if (from === undefined && until === undefined)
    report(path, value, 'has no date; give "from", "until" or both, or use "ever"');
  checkDates({ from, until }, path, report);
}

/** Checks two moments, each of which may be missing. */
export function checkDates(dates: { from: unknown; until: unknown }, path: string, report: Report): void {
  for (const [key, date] of Object.entries(dates)) {
    if (date === undefined) continue;
    const text = typeof date === 'string' ? date : '';
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || !(Date.parse(text) > 0))
      report(
        `${path}.${key}`,
        date,
        'is not a moment with its zone; write for example "2026-05-01T09:00:00+09:00"',
      );
  }
  if (Date.parse(textOf(dates.from)) >= Date.parse(textOf(dates.until)))
    report(`${path}.until`, dates.until, 'is not after "from"; choose a later moment');
}

/** Checks the name of an event. */
export function checkEventName(value: unknown, path: string, report: Report): void {
  if (!isText(value) || value.length > MAX_NAME)
    report(path, value, 'is not an event name; use 1 to 64 characters');
}

/** Checks one condition with all below it, and its limits on depth and size. */
export function checkCondition(value: unknown, path: string, report: Report): void {
  let nodes = 0;
  let isTooDeep = false;

  const visit = (node: unknown, at: string, depth: number): void => {
    nodes++;
    if (depth > MAX_DEPTH) {
      if (!isTooDeep)
        report(at, node, `is nested deeper than ${MAX_DEPTH}; move an inner part into a segment`);
      isTooDeep = true;
      return;
    }
    const kind = isFields(node) && Object.keys(KIND_KEYS).find((name) => Object.hasOwn(node, name));
    if (!kind) return report(at, node, `is not a condition; it needs ${oneOf(Object.keys(KIND_KEYS))}`);
    const fields = fieldsAt(node, at, keysOf(KIND_KEYS, kind), report)!;
    const operand = fields[kind];
    if (kind === 'not') visit(operand, `${at}.not`, depth + 1);
    else if (kind === 'all' || kind === 'any')
      listAt(operand, `${at}.${kind}`, report, 'condition, …').forEach((inner, index) =>
        visit(inner, `${at}.${kind}[${index}]`, depth + 1),
      );
    else if (kind === 'segment') {
      if (!report.segments.has(operand as string))
        report(
          `${at}.segment`,
          operand,
          report.segments.size
            ? `is not a segment; use ${oneOf([...report.segments])}`
            : 'is not a segment; define it under "segments"',
        );
    } else if (kind === 'event') checkBehaviour(fields, at, report);
    else if (kind === 'sequence') checkSequence(fields, at, report);
    else {
      checkFact(kind, operand, `${at}.${kind}`, report);
      if (fields.zone !== undefined && !isZone(fields.zone))
        report(
          `${at}.zone`,
          fields.zone,
          'is not a time zone; use a name such as "Asia/Tokyo", or remove it for the visitor\'s',
        );
      checkTest(fields.is, `${at}.is`, report);
    }
  };

  visit(value, path, 1);
  if (nodes > MAX_NODES)
    report(path, nodes, `conditions are more than ${MAX_NODES}; split them into segments`);
}

function checkFact(kind: string, name: unknown, path: string, report: Report): void {
  if (kind === 'attribute') {
    if (!isText(name)) report(path, name, 'is not an attribute; name one such as "plan"');
  } else if (!(kind === 'page' && typeof name === 'string' && SHAPES.pageParameter.test(name)))
    checkWord(name, path, keysOf(FACT_NAMES, kind), report, `${kind} fact`);
}

function checkBehaviour(fields: { [key: string]: unknown }, at: string, report: Report): void {
  checkEventName(fields.event, `${at}.event`, report);
  checkWhere(fields.where, `${at}.where`, report);
  checkWindow(fields.within, `${at}.within`, report);
  if (fields.is !== undefined) checkTest(fields.is, `${at}.is`, report);
  if (fields.measure !== undefined) checkWord(fields.measure, `${at}.measure`, MEASURES, report, 'measure');
  const isCount = fields.measure === undefined || fields.measure === 'count';
  if (!isCount && !isText(fields.of))
    report(`${at}.of`, fields.of, `is missing; name the property to measure such as "value"`);
  else if (fields.of !== undefined && !isText(fields.of))
    report(`${at}.of`, fields.of, 'is not a property; name one such as "value"');
  else if (isCount && fields.of !== undefined)
    report(
      `${at}.of`,
      fields.of,
      'has no effect on a count; choose a measure such as "sum", or remove it',
      'warning',
    );
}

function checkSequence(fields: { [key: string]: unknown }, at: string, report: Report): void {
  checkWindow(fields.within, `${at}.within`, report);
  const steps = listAt(fields.sequence, `${at}.sequence`, report, '{"event": "add_to_cart"}');
  if (Array.isArray(fields.sequence) && !steps.length)
    report(`${at}.sequence`, steps, 'has no step; add one such as {"event": "add_to_cart"}');
  steps.forEach((value, index) => {
    const path = `${at}.sequence[${index}]`;
    const step = fieldsAt(value, path, ['event', 'where', 'within', 'count'], report);
    if (!step) return;
    checkEventName(step.event, `${path}.event`, report);
    checkWhere(step.where, `${path}.where`, report);
    if (step.within !== undefined) checkDuration(step.within, `${path}.within`, report);
    if (!index && step.within !== undefined)
      report(
        `${path}.within`,
        step.within,
        'has no step before it; use the "within" of the sequence',
        'warning',
      );
    if (step.count !== undefined && !(Number.isInteger(step.count) && (step.count as number) > 0))
      report(`${path}.count`, step.count, 'is not a count; use a whole number of 1 or more');
  });
  if (fields.thenNot === undefined) return;
  const thenNot = fieldsAt(fields.thenNot, `${at}.thenNot`, ['event', 'where'], report);
  if (!thenNot) return;
  checkEventName(thenNot.event, `${at}.thenNot.event`, report);
  checkWhere(thenNot.where, `${at}.thenNot.where`, report);
}

/** Reports segments that need themselves, straight or through others. */
export function checkCycles(segments: { [name: string]: unknown }, report: Report): void {
  const referred = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(referred);
    if (!isFields(value)) return [];
    if (typeof value.segment === 'string') return [value.segment];
    return ['all', 'any', 'not'].flatMap((kind) => referred(value[kind]));
  };
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    (Object.hasOwn(segments, from) ? referred(segments[from]) : []).some((next) => {
      if (next === goal) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, goal, seen);
    });
  for (const name of Object.keys(segments)) {
    if (reaches(name, name, new Set()))
      report(`segments.${name}`, name, 'needs itself; break the circle of references');
  }
}
