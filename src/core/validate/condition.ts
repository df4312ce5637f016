import { dateMs } from '../date.js';
import { durationMs } from '../duration.js';
import { MAX_DEPTH } from '../evaluate.js';
import { namesPublic } from '../publicFacts.js';
import { isZone } from '../timeFacts.js';
import { checkNamed } from './publicFacts.js';
import type { Report } from './report.js';
import {
  checkPath,
  checkWord,
  fieldsAt,
  isCount,
  isFields,
  isShaped,
  isText,
  keysOf,
  listAt,
  oneOf,
  textOf,
} from './report.js';
import { durationShape } from './schema/moments.js';
import { checkTest, checkWhere } from './test.js';
import { FACT_NAMES, KIND_KEYS, MAX_NAME, MEASURES, MOST } from './vocabulary.js';

/** S5: more nodes than this in one condition are refused. */
export const MAX_NODES = 200;

const isDuration = (value: unknown): boolean => typeof value === 'string' && durationMs(value) > 0;

/** Checks a duration, or one of the words that may stand in its place. */
export function checkDuration(
  value: unknown,
  path: string,
  report: Report,
  words: readonly string[] = [],
): void {
  if (words.includes(value as string)) return;
  const other = words.length ? `, or ${oneOf(words)}` : '';
  if (durationShape.test(textOf(value)) && !isDuration(value))
    report(path, value, `is longer than 100 years ("36525d"); choose a shorter one${other}`);
  else if (!isDuration(value))
    report(path, value, `is not a duration; use a number with s, m, h, d or w such as "30m"${other}`);
}

/** Checks a window back from now, between dates, or of a session. */
function checkWindow(value: unknown, path: string, report: Report): void {
  if (value === undefined) return;
  if (namesPublic(value)) return checkNamed(value, path, isDuration, 'a duration such as "30d"', report);
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
    const text = textOf(date);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || !(dateMs(text) > 0))
      report(
        `${path}.${key}`,
        date,
        'is not a moment with its zone, on a day that there is, since 1970; write for example "2026-05-01T09:00:00+09:00"',
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
    } else if (kind === 'event' && nodes <= MAX_NODES) checkBehaviour(fields, at, report);
    else if (kind === 'sequence' && nodes <= MAX_NODES) checkSequence(fields, at, report);
    // What is too much is only counted.
    else if (nodes > MAX_NODES) return;
    else {
      checkFact(kind, operand, `${at}.${kind}`, report);
      if (fields.zone !== undefined && !isZone(fields.zone))
        report(
          `${at}.zone`,
          fields.zone,
          'is not a time zone; use a name such as "Asia/Tokyo", or remove it for the visitor\'s',
        );
      // Of a list it may be left out.
      if (kind !== 'list' || fields.is !== undefined) checkTest(fields.is, `${at}.is`, report, true);
    }
  };

  visit(value, path, 1);
  if (nodes > MAX_NODES)
    report(path, nodes, `conditions are more than ${MAX_NODES}; split them into segments`);
}

function checkFact(kind: string, name: unknown, path: string, report: Report): void {
  if (kind === 'attribute') {
    checkPath(name, path, 'is not an attribute; name one such as "plan"', report);
  } else if (kind === 'fact') {
    checkPath(name, path, 'is not a fact of the user; name one such as "plan"', report);
  } else if (kind === 'list') {
    if (!isText(name)) report(path, name, 'is not a list; name one such as "vip"');
  } else if (!(kind === 'page' && isShaped(name, 'pageParameter')))
    checkWord(name, path, keysOf(FACT_NAMES, kind), report, `${kind} fact`);
}

/** Checks what is measured of an event, without a test of it. */
export function checkMeasured(value: unknown, path: string, report: Report): void {
  const fields = fieldsAt(value, path, ['event', 'where', 'within', 'measure', 'of'], report);
  if (fields) checkBehaviour(fields, path, report);
}

function checkBehaviour(fields: { [key: string]: unknown }, at: string, report: Report): void {
  checkEventName(fields.event, `${at}.event`, report);
  checkWhere(fields.where, `${at}.where`, report, true);
  checkWindow(fields.within, `${at}.within`, report);
  if (fields.is !== undefined) checkTest(fields.is, `${at}.is`, report, true);
  if (fields.measure !== undefined) checkWord(fields.measure, `${at}.measure`, MEASURES, report, 'measure');
  const isCount = fields.measure === undefined || fields.measure === 'count';
  if (!isCount && !isText(fields.of))
    report(`${at}.of`, fields.of, 'is no property; name the property to measure such as "value"');
  else if (fields.of !== undefined)
    checkPath(fields.of, `${at}.of`, 'is not a property; name one such as "value"', report);
  if (isCount && isText(fields.of))
    report(
      `${at}.of`,
      fields.of,
      'has no effect on a count; choose a measure such as "sum", or remove it',
      'warning',
    );
}

function checkSequence(fields: { [key: string]: unknown }, at: string, report: Report): void {
  checkWindow(fields.within, `${at}.within`, report);
  const steps = listAt(fields.sequence, `${at}.sequence`, report, '{"event": "add_to_cart"}', {
    most: MOST.steps,
    what: 'steps',
  });
  if (Array.isArray(fields.sequence) && !steps.length)
    report(`${at}.sequence`, steps, 'has no step; add one such as {"event": "add_to_cart"}');
  steps.forEach((value, index) => {
    const path = `${at}.sequence[${index}]`;
    const step = fieldsAt(value, path, ['event', 'where', 'within', 'count'], report);
    if (!step) return;
    checkEventName(step.event, `${path}.event`, report);
    checkWhere(step.where, `${path}.where`, report, true);
    if (step.within !== undefined) checkStepWithin(step.within, `${path}.within`, report);
    if (!index && step.within !== undefined)
      report(
        `${path}.within`,
        step.within,
        'has no step before it; use the "within" of the sequence',
        'warning',
      );
    if (step.count !== undefined && !isCount(step.count, MOST.count))
      report(`${path}.count`, step.count, `is not a count; use a whole number from 1 to ${MOST.count}`);
  });
  if (fields.thenNot === undefined) return;
  const thenNot = fieldsAt(fields.thenNot, `${at}.thenNot`, ['event', 'where'], report);
  if (!thenNot) return;
  checkEventName(thenNot.event, `${at}.thenNot.event`, report);
  checkWhere(thenNot.where, `${at}.thenNot.where`, report, true);
}

function checkStepWithin(value: unknown, path: string, report: Report): void {
  if (namesPublic(value)) checkNamed(value, path, isDuration, 'a duration such as "30d"', report);
  else checkDuration(value, path, report);
}
