import { inlineOf } from '../../inline.js';
import { checkDates } from '../condition.js';
import { checkPool } from '../coupons.js';
import type { Fields, Report } from '../report.js';
import {
  checkFlag,
  checkId,
  checkNumber,
  checkWord,
  fieldsAt,
  isFields,
  isShaped,
  isText,
  keysOf,
  listAt,
} from '../report.js';
import { ACTION_KEYS, BUTTON_STYLES, COUPON_KEYS, MAX_NAME, MOST, RANGES } from '../vocabulary.js';
import { checkAddress } from './address.js';
import { checkQuestion } from './question.js';
import { checkWording, type Reading } from './wording.js';

/** Ids that must not stand twice: of questions in a message, of what is clicked in a card. */
export interface Seen {
  questions: Set<unknown>;
  buttons: Set<unknown>;
}

type BlockCheck = (block: Fields, path: string, reading: Reading, seen: Seen) => void;

const BLOCKS: { [block: string]: [keys: string[], check: BlockCheck] } = {
  heading: [['text'], ({ text }, path, reading) => checkWording(text, `${path}.text`, reading)],
  text: [['text'], checkText],
  divider: [[], () => {}],
  image: [['src', 'alt', 'width', 'height'], checkImage],
  coupon: [COUPON_KEYS, checkCoupon],
  countdown: [['until', 'label', 'ended'], checkCountdown],
  product: [['id', 'name', 'price', 'src', 'href'], checkProduct],
  buttons: [['buttons'], checkButtons],
  question: [
    ['question'],
    ({ question }, path, reading, { questions }) =>
      checkQuestion(question, `${path}.question`, reading, questions),
  ],
};

/** Checks one part of a card. */
export function checkBlock(value: unknown, path: string, reading: Reading, seen: Seen): void {
  const { report } = reading;
  if (!isFields(value))
    return report(path, value, 'is not a block; write for example {"block": "text", "text": "…"}');
  if (!checkWord(value.block, `${path}.block`, Object.keys(BLOCKS), report, 'block')) return;
  const [keys, check] = BLOCKS[value.block as string]!;
  fieldsAt(value, path, ['block', ...keys], report);
  check(value, path, reading, seen);
}

/** Also the addresses of links within it. */
function checkText({ text }: Fields, path: string, reading: Reading): void {
  checkWording(text, `${path}.text`, reading);
  const wordings: [string, unknown][] = isFields(text)
    ? Object.entries(text).map(([tag, wording]) => [`${path}.text.${tag}`, wording])
    : [[`${path}.text`, text]];
  for (const [at, wording] of wordings) {
    for (const { href } of isText(wording) ? inlineOf(wording) : []) {
      if (href !== undefined) checkAddress(href, at, 'link', reading);
    }
  }
}

function checkImage({ src, alt, width, height }: Fields, path: string, reading: Reading): void {
  checkAddress(src, `${path}.src`, 'image', reading);
  if (alt !== '') checkWording(alt, `${path}.alt`, reading);
  checkNumber(width, `${path}.width`, RANGES.pixels, reading.report);
  checkNumber(height, `${path}.height`, RANGES.pixels, reading.report);
}

function checkCoupon(coupon: Fields, path: string, reading: Reading): void {
  const { code, label, pool, exhausted } = coupon;
  if (pool !== undefined || exhausted !== undefined) checkPool(coupon, path, reading.report);
  else if (!isText(code))
    reading.report(
      `${path}.code`,
      code,
      'is not a code; write what the visitor shall copy, or name a "pool"',
    );
  if (label !== undefined) checkWording(label, `${path}.label`, reading);
}

function checkCountdown({ until, label, ended }: Fields, path: string, reading: Reading): void {
  if (until === undefined)
    reading.report(
      `${path}.until`,
      until,
      'is missing; write the moment of the deadline, such as "2026-05-01T09:00:00+09:00"',
    );
  else checkDates({ from: undefined, until }, path, reading.report);
  if (label !== undefined) checkWording(label, `${path}.label`, reading);
  if (ended !== undefined) checkWording(ended, `${path}.ended`, reading);
}

function checkProduct(product: Fields, path: string, reading: Reading, { buttons }: Seen): void {
  const { id, name, price, src, href } = product;
  checkId(id, `${path}.id`, buttons, reading.report);
  checkWording(name, `${path}.name`, reading);
  if (price !== undefined) checkWording(price, `${path}.price`, reading);
  if (src !== undefined) checkAddress(src, `${path}.src`, 'image', reading);
  if (href !== undefined) checkAddress(href, `${path}.href`, 'link', reading);
}

function checkButtons({ buttons }: Fields, path: string, reading: Reading, seen: Seen): void {
  const { report } = reading;
  listAt(buttons, `${path}.buttons`, report, '{"id": "ok", "label": "OK", "action": {"do": "close"}}', {
    most: MOST.buttons,
    what: 'buttons',
  }).forEach((value, index) => {
    const at = `${path}.buttons[${index}]`;
    const button = fieldsAt(value, at, ['id', 'label', 'action', 'style'], report);
    if (!button) return;
    checkId(button.id, `${at}.id`, seen.buttons, report);
    checkWording(button.label, `${at}.label`, reading);
    if (button.style !== undefined) checkWord(button.style, `${at}.style`, BUTTON_STYLES, report, 'style');
    checkAction(button.action, `${at}.action`, reading);
  });
}

function checkAction(value: unknown, path: string, reading: Reading): void {
  const { report } = reading;
  if (!isFields(value)) return report(path, value, 'is not an action; write for example {"do": "close"}');
  if (!checkWord(value.do, `${path}.do`, Object.keys(ACTION_KEYS), report, 'action')) return;
  fieldsAt(value, path, ['do', ...keysOf(ACTION_KEYS, value.do as string)], report);
  const { href, event, name, campaign } = value;
  if (value.do === 'link') checkAddress(href, `${path}.href`, 'link', reading);
  if (value.do === 'track') checkName(event, `${path}.event`, 'an event name', report);
  if (value.do === 'call') checkName(name, `${path}.name`, 'a name the site listens for', report);
  if (value.do === 'open' && !isShaped(campaign, 'campaignId'))
    report(`${path}.campaign`, campaign, 'is not a campaign; write its id, such as "nps"');
  for (const flag of ['newTab', 'close']) checkFlag(value[flag], `${path}.${flag}`, report);
}

function checkName(value: unknown, path: string, what: string, report: Report): void {
  if (!isText(value) || value.startsWith('$') || value.length > MAX_NAME)
    report(path, value, `is not ${what}; use 1 to ${MAX_NAME} characters that do not start with "$"`);
}
