/** Addresses that may stand in a message, as JSON Schema: what `urlProblem` says, and those that hold placeholders. */
import { INVISIBLE } from '../url.js';
import type { Schema } from './parts.js';

/** JSON Schema has no flag that ignores case. */
const anyCase = (letters: string) =>
  [...letters].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('');
const VISIBLE = `(?=[^${INVISIBLE.source.slice(1, -1)}\\\\]+$)(?!//)`;
const WHOLE = `${anyCase('https')}://[^/?#@]+(?:[/?#].*)?`;
const OF_THE_SITE = '(?!\\{\\{[\\s\\S]*\\}\\})(?![^/?#]*:).*';
const LINK = `^${VISIBLE}(?:${WHOLE}|(?:${anyCase('mailto')}|${anyCase('tel')}):.*|${OF_THE_SITE})$`;
const IMAGE = `^${VISIBLE}(?:${WHOLE}|${OF_THE_SITE})$`;
/**
 * What stands before the first placeholder says where it leads: all of the scheme and of the host, if there are any. One that begins
 * with a placeholder leads where the site says.
 */
const filledIn = (schemes: string) =>
  `^(?!//)(?=[\\s\\S]*\\{\\{[\\s\\S]*\\}\\})(?:\\{\\{\\s*(?:visitor|values)\\.|${anyCase('https')}://(?:(?!\\{\\{)[^/?#@])+[/?#]|${schemes}(?!\\{\\{)(?:(?!\\{\\{)[^/?#:])*(?:[/?#]|\\{\\{))`;

const address = (pattern: string, filled: string, description: string): Schema => ({
  description,
  type: 'string',
  anyOf: [{ pattern }, { pattern: filled }],
});

export const link = address(
  LINK,
  filledIn(`${anyCase('mailto')}:|${anyCase('tel')}:|`),
  'https:, mailto:, tel: or relative to the site',
);
export const image = address(IMAGE, filledIn(''), 'https: or relative to the site');
