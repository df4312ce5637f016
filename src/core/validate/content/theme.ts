import type { Colours } from '../../content.js';
import { contrastOf } from '../../contrast.js';
import { THEMES, type ThemeName } from '../../themes.js';
import type { Fields, Report } from '../report.js';
import { checkNumber, checkWord, fieldsAt, isShaped } from '../report.js';
import { COLOURS, FONTS, POSITIONS, RANGES, SCHEMES, SPACINGS } from '../vocabulary.js';

const PLACES = [...new Set(Object.values(POSITIONS).flat())];

/** Checks theme tokens: `#rrggbb` colours that can be read on each other, a radius of 0-24 px, and words of our lists. */
export function checkTheme(value: unknown, path: string, report: Report): void {
  const theme = fieldsAt(
    value,
    path,
    ['preset', ...COLOURS, 'radius', 'font', 'spacing', 'position', 'scheme', 'dark'],
    report,
  );
  if (!theme) return;
  const isPreset =
    theme.preset !== undefined &&
    checkWord(theme.preset, `${path}.preset`, Object.keys(THEMES), report, 'theme');
  const base = THEMES[isPreset ? (theme.preset as ThemeName) : 'ink'];
  checkColours(theme, path, base, report);
  if (theme.radius !== undefined) checkNumber(theme.radius, `${path}.radius`, RANGES.radius, report);
  const words = { font: FONTS, spacing: SPACINGS, position: PLACES, scheme: SCHEMES };
  for (const [key, known] of Object.entries(words))
    if (theme[key] !== undefined) checkWord(theme[key], `${path}.${key}`, known, report, key);
  // Of the light tokens the accent carries over; its text alone would stand on an accent that is not this theme's.
  const { accent, accentText } = theme;
  const isTextAlone = accentText !== undefined && accent === undefined;
  if (theme.dark === undefined && !isTextAlone) return;
  const dark = fieldsAt(theme.dark === undefined ? {} : theme.dark, `${path}.dark`, COLOURS, report);
  if (dark) checkColours({ accent, accentText, ...dark }, `${path}.dark`, base.dark, report);
}

/** What must be legible on what, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: [colour: keyof Colours, on: keyof Colours, least: number][] = [
  ['text', 'surface', 4.5],
  ['muted', 'surface', 4.5],
  ['accentText', 'accent', 4.5],
  ['accent', 'surface', 3],
];

function checkColours(theme: Fields, path: string, defaults: Colours, report: Report): void {
  for (const name of COLOURS) {
    if (theme[name] !== undefined && !isShaped(theme[name], 'colour'))
      report(`${path}.${name}`, theme[name], 'is not a colour; use #rrggbb such as "#0b6e4f"');
  }
  for (const [name, on, least] of PAIRS) {
    const [colour, ground] = [theme[name] ?? defaults[name], theme[on] ?? defaults[on]];
    // Where both are ours they can be read; without a text for the accent black or white is chosen.
    if ((theme[name] === undefined && theme[on] === undefined) || colour === undefined) continue;
    if (!isShaped(colour, 'colour') || !isShaped(ground, 'colour')) continue;
    const contrast = contrastOf(colour, ground);
    if (contrast < least)
      report(
        `${path}.${theme[name] === undefined ? on : name}`,
        theme[name] ?? theme[on],
        `makes ${NAMES[name]} hard to read: the contrast of ${colour} on ${ground} is ${contrast.toFixed(1)}, and should be ${least} or more`,
        'warning',
      );
  }
}

const NAMES: { [colour: string]: string } = {
  text: 'text',
  muted: 'secondary text',
  accentText: 'the text of buttons',
  accent: 'buttons',
};

/** Checks which format it is and where it stands. */
export function checkLook(content: Fields, path: string, report: Report): void {
  const { format, position, theme } = content;
  if (
    checkWord(format, `${path}.format`, Object.keys(POSITIONS), report, 'format') &&
    position !== undefined
  ) {
    const places: string[] = POSITIONS[format as keyof typeof POSITIONS];
    if (places.length)
      checkWord(position, `${path}.position`, places, report, `place for a ${String(format)}`);
    else if (checkWord(position, `${path}.position`, PLACES, report, 'place'))
      report(
        `${path}.position`,
        position,
        `has no effect on ${format === 'inline' ? 'an' : 'a'} ${String(format)}; remove it`,
        'warning',
      );
  }
  if (theme !== undefined) checkTheme(theme, `${path}.theme`, report);
  checkPlace(content, path, report);
}

/** Checks what of a format only: its slot, its anchor, how long it stays. */
function checkPlace({ format, slot, anchor, seconds }: Fields, path: string, report: Report): void {
  if (format === 'inline' ? !isShaped(slot, 'id') : slot !== undefined && !isShaped(slot, 'id'))
    report(
      `${path}.slot`,
      slot,
      'is not a slot; name the one of the page, as in <div data-kikubari-slot="hero">, with "slot": "hero"',
    );
  if (format === 'tooltip' || anchor !== undefined) {
    const problem = selectorProblem(anchor);
    if (problem) report(`${path}.anchor`, anchor, problem);
  }
  if (seconds !== undefined) checkNumber(seconds, `${path}.seconds`, RANGES.toast, report);
  for (const [key, value, own] of [
    ['slot', slot, 'inline'],
    ['anchor', anchor, 'tooltip'],
    ['seconds', seconds, 'toast'],
  ])
    if (value !== undefined && format !== own && Object.hasOwn(POSITIONS, String(format)))
      report(
        `${path}.${String(key)}`,
        value,
        `has an effect on format "${String(own)}" only; remove it`,
        'warning',
      );
}

/** Brackets and quotes that are not closed are what is wrong with most; a browser is not always there to ask. */
function selectorProblem(selector: unknown): string | undefined {
  if (typeof selector !== 'string' || !selector.trim())
    return 'is not a selector; write for example "#checkout" or ".cart button"';
  const open: string[] = [];
  let quote = '';
  for (const letter of selector.replace(/\\[^]/g, '')) {
    if (quote) quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(' || letter === '[') open.push(letter);
    else if (letter === ')' && open.pop() !== '(') return 'has a ")" without its "("';
    else if (letter === ']' && open.pop() !== '[') return 'has a "]" without its "["';
    else if (letter === '{' || letter === '}' || letter === ';')
      return `has "${letter}", which no selector has`;
  }
  return quote || open.length ? 'has brackets or quotes that are not closed' : undefined;
}
