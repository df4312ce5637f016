import { checkTest } from './test.js';
import type { Fields, Report } from './report.js';
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
} from './report.js';
import { checkCards } from './cards.js';
import { checkPool, checkPools } from './coupons.js';
import { urlProblem } from './url.js';
import {
  ACTION_KEYS,
  BUTTON_STYLES,
  COLOURS,
  COUPON_KEYS,
  MAX_NAME,
  POSITIONS,
  QUESTION_KEYS,
  RANGES,
  SCHEMES,
  SHAPES,
} from './vocabulary.js';

/** What checking a content needs beside it: where problems go, and the languages its texts should all have. */
interface Reading {
  report: Report;
  languages: Set<string>;
  texts: { path: string; text: Fields }[];
}

/** Checks what a variant says: format, theme, cards, blocks, questions and links. */
export function checkContent(value: unknown, path: string, language: string, report: Report): void {
  const content = fieldsAt(
    value,
    path,
    ['format', 'position', 'theme', 'launcher', 'label', 'cards'],
    report,
  );
  if (!content) return;
  const reading: Reading = { report, languages: new Set(), texts: [] };
  checkLook(content, path, reading);
  const questions = new Set<unknown>();
  const cards = listAt(content.cards, `${path}.cards`, report, '{"id": "main", "blocks": […]}');
  if (Array.isArray(content.cards) && !cards.length)
    report(`${path}.cards`, cards, 'is empty; a message needs a card');
  cards.forEach((card, index) => {
    const at = `${path}.cards[${index}]`;
    const blocks = isFields(card)
      ? listAt(card.blocks, `${at}.blocks`, report, '{"block": "text", "text": "…"}')
      : [];
    if (isFields(card) && Array.isArray(card.blocks) && !blocks.length)
      report(`${at}.blocks`, blocks, 'is empty; a card needs a block');
    const buttons = new Set<unknown>();
    blocks.forEach((block, place) =>
      checkBlock(block, `${at}.blocks[${place}]`, reading, questions, buttons),
    );
  });
  const instead = checkPools(cards, `${path}.cards`, content.format, report);
  checkCards(cards, `${path}.cards`, { questions, instead }, report, checkTest);
  checkTranslations(language, reading);
}

function checkLook(content: Fields, path: string, reading: Reading): void {
  const { report } = reading;
  if (
    checkWord(content.format, `${path}.format`, Object.keys(POSITIONS), report, 'format') &&
    content.position !== undefined
  ) {
    const positions = keysOf(POSITIONS, content.format as string);
    if (positions.length)
      checkWord(
        content.position,
        `${path}.position`,
        positions,
        report,
        `place for a ${String(content.format)}`,
      );
    else if (
      checkWord(content.position, `${path}.position`, Object.values(POSITIONS).flat(), report, 'place')
    )
      report(`${path}.position`, content.position, 'has no effect on a modal; remove it', 'warning');
  }
  if (content.theme !== undefined) checkTheme(content.theme, `${path}.theme`, report);
  if (content.launcher !== undefined) checkWording(content.launcher, `${path}.launcher`, reading);
  else if (content.format === 'tab')
    report(`${path}.launcher`, undefined, 'is missing; a tab needs a label such as "Feedback"');
  if (content.label !== undefined) checkWording(content.label, `${path}.label`, reading);
}

/** Warns of wordings some texts have and others lack. */
function checkTranslations(language: string, { texts, languages, report }: Reading): void {
  for (const { path: at, text } of texts) {
    for (const wanted of languages) {
      if (!Object.hasOwn(text, wanted))
        report(
          `${at}.${wanted}`,
          undefined,
          `is missing while other texts have it; add the wording in ${wanted}`,
          'warning',
        );
    }
    if (!Object.keys(text).some((tag) => tag.toLowerCase() === language.toLowerCase()))
      report(
        `${at}.${language}`,
        undefined,
        `is missing, and ${language} is the campaign's last fallback; add it`,
        'warning',
      );
  }
}

function checkWording(value: unknown, path: string, reading: Reading): void {
  const { report, languages, texts } = reading;
  if (isText(value)) return;
  if (!isFields(value) || !Object.keys(value).length)
    return report(
      path,
      value,
      'has no wording; write a text, or one per language such as {"en": "…", "ja": "…"}',
    );
  texts.push({ path, text: value });
  for (const [tag, wording] of Object.entries(value)) {
    if (!SHAPES.language.test(tag))
      report(`${path}.${tag}`, tag, 'is not a language tag; use one such as "en", "ja" or "pt-BR"');
    else languages.add(tag);
    if (!isText(wording))
      report(`${path}.${tag}`, wording, 'has no wording; write the text in this language');
  }
}

type BlockCheck = (
  block: Fields,
  path: string,
  reading: Reading,
  questions: Set<unknown>,
  buttons: Set<unknown>,
) => void;

const BLOCKS: { [block: string]: [keys: string[], check: BlockCheck] } = {
  heading: [['text'], ({ text }, path, reading) => checkWording(text, `${path}.text`, reading)],
  text: [['text'], ({ text }, path, reading) => checkWording(text, `${path}.text`, reading)],
  image: [['src', 'alt', 'width', 'height'], checkImage],
  coupon: [COUPON_KEYS, checkCoupon],
  buttons: [['buttons'], checkButtons],
  question: [['question'], checkQuestion],
};

function checkBlock(
  value: unknown,
  path: string,
  reading: Reading,
  questions: Set<unknown>,
  buttons: Set<unknown>,
): void {
  const { report } = reading;
  if (!isFields(value))
    return report(path, value, 'is not a block; write for example {"block": "text", "text": "…"}');
  if (!checkWord(value.block, `${path}.block`, Object.keys(BLOCKS), report, 'block')) return;
  const [keys, check] = BLOCKS[value.block as string]!;
  fieldsAt(value, path, ['block', ...keys], report);
  check(value, path, reading, questions, buttons);
}

function checkImage({ src, alt, width, height }: Fields, path: string, reading: Reading): void {
  const problem =
    typeof src === 'string' && /^(mailto|tel):/i.test(src)
      ? 'is not an image; use https://… or a path'
      : urlProblem(src);
  if (problem) reading.report(`${path}.src`, src, problem);
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

function checkButtons(
  { buttons }: Fields,
  path: string,
  reading: Reading,
  _: Set<unknown>,
  seen: Set<unknown>,
): void {
  const { report } = reading;
  listAt(
    buttons,
    `${path}.buttons`,
    report,
    '{"id": "ok", "label": "OK", "action": {"do": "close"}}',
  ).forEach((value, index) => {
    const at = `${path}.buttons[${index}]`;
    const button = fieldsAt(value, at, ['id', 'label', 'action', 'style'], report);
    if (!button) return;
    checkId(button.id, `${at}.id`, seen, report);
    checkWording(button.label, `${at}.label`, reading);
    if (button.style !== undefined) checkWord(button.style, `${at}.style`, BUTTON_STYLES, report, 'style');
    checkAction(button.action, `${at}.action`, report);
  });
}

function checkAction(value: unknown, path: string, report: Report): void {
  if (!isFields(value)) return report(path, value, 'is not an action; write for example {"do": "close"}');
  if (!checkWord(value.do, `${path}.do`, Object.keys(ACTION_KEYS), report, 'action')) return;
  fieldsAt(value, path, ['do', ...keysOf(ACTION_KEYS, value.do as string)], report);
  const { href, event } = value;
  const problem = value.do === 'link' ? urlProblem(href) : null;
  if (problem) report(`${path}.href`, href, problem);
  if (value.do === 'track' && (!isText(event) || event.startsWith('$') || event.length > MAX_NAME))
    report(
      `${path}.event`,
      event,
      `is not an event name; use 1 to ${MAX_NAME} characters that do not start with "$"`,
    );
  for (const flag of ['newTab', 'close']) checkFlag(value[flag], `${path}.${flag}`, report);
}

function checkQuestion(
  { question: value }: Fields,
  path: string,
  reading: Reading,
  seen: Set<unknown>,
): void {
  const { report } = reading;
  const at = `${path}.question`;
  if (!isFields(value))
    return report(at, value, 'is not a question; write {"kind": "nps", "id": "nps", "label": "…"}');
  if (!checkWord(value.kind, `${at}.kind`, Object.keys(QUESTION_KEYS), report, 'kind of question')) return;
  fieldsAt(
    value,
    at,
    ['kind', 'id', 'label', 'required', ...keysOf(QUESTION_KEYS, value.kind as string)],
    report,
  );
  checkId(value.id, `${at}.id`, seen, report);
  checkWording(value.label, `${at}.label`, reading);
  for (const key of ['low', 'high', 'placeholder'])
    if (value[key] !== undefined) checkWording(value[key], `${at}.${key}`, reading);
  for (const key of ['required', 'multiple']) checkFlag(value[key], `${at}.${key}`, report);
  if (value.maxLength !== undefined)
    checkNumber(value.maxLength, `${at}.maxLength`, RANGES.maxLength, report);
  if (value.kind !== 'choice') return;
  const choices = listAt(value.choices, `${at}.choices`, report, '{"value": "price", "label": "…"}');
  if (Array.isArray(value.choices) && choices.length < 2)
    report(`${at}.choices`, choices, 'leaves no choice; give two or more');
  const values = new Set<unknown>();
  choices.forEach((choice, index) => {
    const fields = fieldsAt(choice, `${at}.choices[${index}]`, ['value', 'label'], report);
    if (!fields) return;
    checkId(fields.value, `${at}.choices[${index}].value`, values, report);
    checkWording(fields.label, `${at}.choices[${index}].label`, reading);
  });
}

/** Checks theme tokens: `#rrggbb` colours, a radius of 0-24 px, a scheme. */
export function checkTheme(value: unknown, path: string, report: Report, isDark = false): void {
  const theme = fieldsAt(value, path, isDark ? COLOURS : [...COLOURS, 'radius', 'scheme', 'dark'], report);
  if (!theme) return;
  for (const name of COLOURS) {
    const colour = theme[name];
    if (colour !== undefined && !isShaped(colour, 'colour'))
      report(`${path}.${name}`, colour, 'is not a colour; use #rrggbb such as "#0b6e4f"');
  }
  if (isDark) return;
  if (theme.radius !== undefined) checkNumber(theme.radius, `${path}.radius`, RANGES.radius, report);
  if (theme.scheme !== undefined) checkWord(theme.scheme, `${path}.scheme`, SCHEMES, report, 'scheme');
  if (theme.dark !== undefined) checkTheme(theme.dark, `${path}.dark`, report, true);
}
