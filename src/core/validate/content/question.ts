import type { Fields } from '../report.js';
import {
  checkFlag,
  checkId,
  checkNumber,
  checkWord,
  fieldsAt,
  isFields,
  keysOf,
  listAt,
  textOf,
} from '../report.js';
import { CONTACT_FIELDS, MOST, QUESTION_KEYS, QUESTION_LOOKS, RANGES } from '../vocabulary.js';
import { checkAddress } from './address.js';
import { checkWording, type Reading } from './wording.js';

/** Checks one question; `seen` holds the ids of those before it. */
export function checkQuestion(value: unknown, at: string, reading: Reading, seen: Set<unknown>): void {
  const { report } = reading;
  if (!isFields(value))
    return report(at, value, 'is not a question; write {"kind": "nps", "id": "nps", "label": "…"}');
  if (!checkWord(value.kind, `${at}.kind`, Object.keys(QUESTION_KEYS), report, 'kind of question')) return;
  const kind = value.kind as string;
  fieldsAt(value, at, ['kind', 'id', 'label', 'required', ...keysOf(QUESTION_KEYS, kind)], report);
  checkId(value.id, `${at}.id`, seen, report);
  checkWording(value.label, `${at}.label`, reading);
  for (const key of ['low', 'high', 'placeholder', 'other'])
    if (value[key] !== undefined) checkWording(value[key], `${at}.${key}`, reading);
  for (const key of ['required', 'multiple', 'shuffled', 'short'])
    checkFlag(value[key], `${at}.${key}`, report);
  if (value.maxLength !== undefined)
    checkNumber(value.maxLength, `${at}.maxLength`, RANGES.maxLength, report);
  if (value.of !== undefined) {
    checkNumber(value.of, `${at}.of`, RANGES.steps, report);
    if (!Number.isInteger(value.of)) report(`${at}.of`, value.of, 'is not a whole number of steps');
  }
  if (value.look !== undefined && QUESTION_LOOKS[kind])
    checkWord(value.look, `${at}.look`, QUESTION_LOOKS[kind], report, `look of a ${kind}`);
  if (kind === 'choice' || kind === 'picture') checkChoices(value, at, reading);
  if (kind === 'date') checkDays(value, at, reading);
  if (kind === 'contact') checkContact(value, at, reading);
}

function checkChoices(question: Fields, at: string, reading: Reading): void {
  const { report } = reading;
  const { kind, other, look, multiple } = question;
  const choices = listAt(question.choices, `${at}.choices`, report, '{"value": "price", "label": "…"}', {
    most: MOST.choices,
    what: 'choices',
  });
  if (Array.isArray(question.choices) && choices.length < 2)
    report(`${at}.choices`, choices, 'leaves no choice; give two or more');
  const values = new Set<unknown>(other === undefined ? [] : ['other']);
  const isPicture = kind === 'picture';
  choices.forEach((choice, index) => {
    const path = `${at}.choices[${index}]`;
    const fields = fieldsAt(choice, path, ['value', 'label', ...(isPicture ? ['src'] : [])], report);
    if (!fields) return;
    if (other !== undefined && fields.value === 'other')
      report(`${path}.value`, 'other', 'is the value of what one writes oneself; choose another');
    else checkId(fields.value, `${path}.value`, values, report);
    checkWording(fields.label, `${path}.label`, reading);
    if (isPicture) checkAddress(fields.src, `${path}.src`, 'image', reading);
  });
  if (look === 'dropdown' && multiple === true)
    report(`${at}.look`, look, 'lets one choose one only; use "list" where several may be chosen');
}

function checkDays({ from, until }: Fields, at: string, { report }: Reading): void {
  for (const [key, day] of Object.entries({ from, until })) {
    const text = textOf(day);
    const isDay =
      /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;
    if (day !== undefined && !isDay)
      report(`${at}.${key}`, day, 'is not a day; write for example "2026-05-01"');
  }
  if (textOf(until) && textOf(from) > textOf(until))
    report(`${at}.until`, until, 'is before "from"; choose a later day');
}

function checkContact({ field }: Fields, at: string, { report, around }: Reading): void {
  checkWord(field, `${at}.field`, CONTACT_FIELDS, report, 'field');
  if (!around.allowsContacts)
    report(
      at,
      field,
      'asks for personal data, which is off; write "limits": {"contacts": true} if the site may ask for it',
    );
}
