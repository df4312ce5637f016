import { FACTS } from '../../core/facts.js';
import { plainText } from '../../core/plainText.js';
import { piecesOf, type Piece } from '../../core/template.js';
import { valueReader } from '../../core/path.js';
import type { Json } from '../../core/events.js';
import type { Known } from './contract.js';

/** Fills the placeholders of a text in. */
export type Fill = (text: string, isAddress?: boolean) => string;

type Place = Exclude<Piece, string>;

/** What is filled in is cut to so many characters: a card has room for no more. */
const MAX_VALUE = 200;
/** What is longer is no part of an address; half of it would be another address. */
const MAX_IN_ADDRESS = 2048;
/**
 * Characters that turn the writing around, and those that are none, halves of one among them, which no address can hold: what is filled in
 * must not turn the text it stands in.
 */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** What the site itself said of the visitor: an address may begin with it, and lead where it says. */
const OWN = /^(visitor|values)\./;
/** May stand in a host, and is longer than a value can be, so that none is the same. */
const ANOTHER = '$'.repeat(MAX_IN_ADDRESS + 1);
/** Leads nowhere: what names a host names its scheme too, see `safeUrl.ts`. */
const NOWHERE = '//';

/**
 * Fills texts in with what is known of the visitor, in the way of the language the message comes out in. Only own properties are read,
 * and what was found is text and nothing else (S4). An address leads to the same scheme and host whatever is filled in: else whoever
 * makes a link to the page could choose them (S3).
 */
export function createFill(known: Known, language: string, now: () => number): Fill {
  const address = (piece: Place, isFirst: boolean) => {
    const value = textFor(piece, known, language, now());
    // A part that is dots alone would lead upwards.
    if (value.length > MAX_IN_ADDRESS || (!isFirst && /^\.\.?$/.test(value))) return '';
    return isFirst ? value : encodeURIComponent(value);
  };
  return (text, isAddress) => {
    const pieces = piecesOf(text);
    const fillWith = (say: (piece: Place, isFirst: boolean) => string) =>
      pieces.map((piece, at) => (typeof piece == 'string' ? piece : say(piece, !at))).join('');
    if (!isAddress) return fillWith((piece) => shortened(textFor(piece, known, language, now())));
    const filled = fillWith(address);
    const meant = fillWith((piece, isFirst) =>
      isFirst && OWN.test(piece.path) ? address(piece, isFirst) : ANOTHER,
    );
    // Nothing at all would be the page itself.
    return filled && hostOf(filled) == hostOf(meant) ? filled : NOWHERE;
  };
}

/** The scheme and the host, as the browser reads them; undefined for what is no address. */
function hostOf(address: string): string | undefined {
  try {
    const { protocol, host } = new URL(address, document.baseURI);
    return `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

function textFor({ path, filters }: Place, known: Known, language: string, now: number): string {
  let value = read(path, known, now);
  for (const [name, argument = ''] of filters) {
    try {
      if (name == 'default') value = isMissing(value) ? argument : value;
      else if (!isMissing(value))
        value = Object.hasOwn(FORMATS, name) ? FORMATS[name]!(value!, argument, language) : undefined;
    } catch {
      // A currency that is none, in a program of a newer version.
      value = undefined;
    }
  }
  return plainText(value ?? undefined).replace(CONTROLS, '');
}

const shortened = (text: string) =>
  text.length > MAX_VALUE ? `${[...text.slice(0, MAX_VALUE)].slice(0, -1).join('')}…` : text;

/** A blank text, or an empty list, says as little as none. */
const isMissing = (value: Json | undefined) =>
  value == null ||
  (typeof value == 'string' ? !value.replace(CONTROLS, '').trim() : Array.isArray(value) && !value.length);

const number = (options: Intl.NumberFormatOptions) => (value: Json, digits: string, language: string) =>
  (typeof value == 'number' || (typeof value == 'string' && value.trim())) && Number.isFinite(+value)
    ? new Intl.NumberFormat(language, {
        ...options,
        ...(digits && { minimumFractionDigits: +digits, maximumFractionDigits: +digits }),
      }).format(Number(value))
    : undefined;

const moment = (kind: 'dateStyle' | 'timeStyle') => (value: Json, style: string, language: string) => {
  const date = new Date(value as string | number);
  // A day is that day wherever one is: browsers take this form, and no other, for one of UTC.
  const timeZone = /^\d{4}-\d\d-\d\d$/.test(plainText(value)) ? 'UTC' : undefined;
  return isNaN(+date)
    ? undefined
    : new Intl.DateTimeFormat(language, { [kind]: style || 'medium', timeZone }).format(date);
};

/** How a value is written for people, by the filter's name; undefined for what cannot be written so. */
const FORMATS: { [name: string]: (value: Json, argument: string, language: string) => string | undefined } = {
  number: number({}),
  percent: number({ style: 'percent' }),
  money: (value, currency, language) => number({ style: 'currency', currency })(value, '', language),
  date: moment('dateStyle'),
  time: moment('timeStyle'),
};

function read(path: string, { facts, event, values }: Known, now: number): Json | undefined {
  const [root, name] = [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)];
  const holders: { [root: string]: unknown } = {
    visitor: facts.attributes,
    event: event?.properties,
    values,
  };
  if (Object.hasOwn(holders, root)) return valueReader(name)(holders[root]);
  try {
    const { one, many } = FACTS[root]!(name, undefined as never);
    return one ? one(facts, now) : many(facts, now)[0];
  } catch {
    // A fact of a newer version.
    return undefined;
  }
}
