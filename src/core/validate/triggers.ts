import { checkDuration, checkEventName } from './condition.js';
import type { Fields, Report } from './report.js';
import { checkNumber, checkWord, fieldsAt, isFields, isText, keysOf, listAt } from './report.js';
import { checkTest, checkWhere } from './test.js';
import { COMBINATION_KEYS, MAX_PARTS, MOST, RANGES, TRIGGER_KEYS } from './vocabulary.js';

const KINDS = Object.keys({ ...TRIGGER_KEYS, ...COMBINATION_KEYS });
/** Whoever calls `show()` waits for nothing. */
const PARTS = Object.keys(TRIGGER_KEYS).filter((on) => on !== 'manual');

/** Checks what makes a campaign's occasions. */
export function checkTriggers(value: unknown, path: string, report: Report): void {
  const triggers = listAt(value, path, report, '{"on": "page"}', { most: MOST.triggers, what: 'triggers' });
  if (Array.isArray(value) && !triggers.length)
    report(path, triggers, 'is empty, so nothing can show it; add one such as {"on": "page"}');
  triggers.forEach((item, index) => {
    const at = `${path}[${index}]`;
    if (!isFields(item)) return report(at, item, 'is not a trigger; write for example {"on": "page"}');
    if (!checkWord(item.on, `${at}.on`, KINDS, report, 'trigger')) return;
    if (Object.hasOwn(COMBINATION_KEYS, item.on as string)) checkCombination(item, at, report);
    else checkTrigger(item, at, ['on', 'page', ...keysOf(TRIGGER_KEYS, item.on as string)], report);
  });
}

function checkTrigger(item: Fields, at: string, keys: readonly string[], report: Report): void {
  fieldsAt(item, at, keys, report);
  if (item.page !== undefined) checkTest(item.page, `${at}.page`, report);
  if (item.on === 'event') {
    checkEventName(item.event, `${at}.event`, report);
    checkWhere(item.where, `${at}.where`, report);
  }
  if (item.on === 'dwell') checkNumber(item.seconds, `${at}.seconds`, RANGES.dwell, report);
  if (item.on === 'scroll') checkNumber(item.percent, `${at}.percent`, RANGES.scroll, report);
  if (item.on === 'idle' || item.on === 'hesitation')
    checkNumber(item.seconds, `${at}.seconds`, RANGES.pause, report);
  if (item.on === 'backForth' && item.times !== undefined) checkTimes(item.times, `${at}.times`, report);
  const mayHaveSelector = item.on === 'hesitation' && item.selector !== undefined;
  if ((item.on === 'visible' || mayHaveSelector) && !isText(item.selector))
    report(`${at}.selector`, item.selector, 'is not a CSS selector; write one such as "#price"');
}

function checkTimes(times: unknown, path: string, report: Report): void {
  checkNumber(times, path, RANGES.times, report);
  if (typeof times === 'number' && !Number.isInteger(times))
    report(path, times, 'is no number of times; use a whole number such as 2');
}

function checkCombination(item: Fields, at: string, report: Report): void {
  fieldsAt(item, at, ['on', ...keysOf(COMBINATION_KEYS, item.on as string)], report);
  const parts = listAt(
    item.of,
    `${at}.of`,
    report,
    '{"on": "event", "event": "add_to_cart"}, {"on": "exit"}',
  );
  if (Array.isArray(item.of) && !parts.length)
    report(`${at}.of`, parts, 'is empty, so it waits for nothing; add a trigger such as {"on": "exit"}');
  if (parts.length > MAX_PARTS)
    report(`${at}.of`, parts.length, `are too many; wait for at most ${MAX_PARTS} together`);
  parts.forEach((part, index) => {
    const path = `${at}.of[${index}]`;
    if (!isFields(part)) return report(path, part, 'is not a trigger; write for example {"on": "exit"}');
    if (!checkWord(part.on, `${path}.on`, PARTS, report, 'trigger of a combination')) return;
    const own = keysOf(TRIGGER_KEYS, part.on as string);
    // An event has no page of its own; where the site says it, `where` can ask for it.
    checkTrigger(part, path, part.on === 'event' ? ['on', ...own] : ['on', 'page', ...own], report);
  });
  if (item.within !== undefined) checkDuration(item.within, `${at}.within`, report, ['session', 'ever']);
  if (item.delay !== undefined) checkDuration(item.delay, `${at}.delay`, report);
}
