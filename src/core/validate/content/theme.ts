import type { Colours, Theme } from '../../content.js';
import { contrastOf, mixed } from '../../contrast.js';
import { coloursOf, problemOn } from '../../drawnColours.js';
import { THEMES, withPreset } from '../../themes.js';
import type { Fields, Report } from '../report.js';
import { checkNumber, checkWord, fieldsAt, isFields, isShaped } from '../report.js';
import { COLOURS, FONTS, POSITIONS, RANGES, SCHEMES, SPACINGS } from '../vocabulary.js';

const PLACES = [...new Set(Object.values(POSITIONS).flat())];

/**
 * Checks theme tokens: `#rrggbb` colours that can be read on each other, a radius of 0-24 px, and words of our lists. `under` is the
 * theme this one is laid over: the site's, for that of a message.
 */
export function checkTheme(value: unknown, path: string, report: Report, under?: unknown): void {
  const theme = fieldsAt(
    value,
    path,
    ['preset', ...COLOURS, 'radius', 'font', 'spacing', 'position', 'scheme', 'dark'],
    report,
  );
  if (!theme) return;
  if (theme.preset !== undefined)
    checkWord(theme.preset, `${path}.preset`, Object.keys(THEMES), report, 'theme');
  checkColours(theme, path, report);
  if (theme.radius !== undefined) checkNumber(theme.radius, `${path}.radius`, RANGES.radius, report);
  const words = { font: FONTS, spacing: SPACINGS, position: PLACES, scheme: SCHEMES };
  for (const [key, known] of Object.entries(words))
    if (theme[key] !== undefined) checkWord(theme[key], `${path}.${key}`, known, report, key);
  const themes = [THEMES.ink, ...[under, theme].map(tokensIn)];
  checkContrast(theme, path, coloursOf(themes, false), report);
  // Of the light tokens the accent carries over; its text alone would stand on an accent that is not this theme's.
  const { accent, accentText } = theme;
  const isTextAlone = accentText !== undefined && accent === undefined;
  if (theme.dark === undefined && !isTextAlone) return;
  const dark = fieldsAt(theme.dark === undefined ? {} : theme.dark, `${path}.dark`, COLOURS, report);
  if (!dark) return;
  checkColours(dark, `${path}.dark`, report);
  checkContrast({ accent, accentText, ...dark }, `${path}.dark`, coloursOf(themes, true), report);
}

/** A theme as a program has it; of what is none there is nothing. */
function tokensIn(value: unknown): Theme {
  if (!isFields(value)) return {};
  const { dark, preset, ...theme } = value as Theme;
  return withPreset({
    ...theme,
    ...(typeof preset === 'string' && { preset }),
    ...(isFields(dark) && { dark }),
  });
}

function checkColours(theme: Fields, path: string, report: Report): void {
  for (const name of COLOURS) {
    if (theme[name] !== undefined && !isShaped(theme[name], 'colour'))
      report(`${path}.${name}`, theme[name], 'is not a colour; use #rrggbb such as "#0b6e4f"');
  }
}

/** What must be legible on what as it is drawn, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: [
  what: string,
  colour: keyof Colours,
  on: keyof Colours,
  least: number,
  drawn?: (colour: string, ground: string) => string,
][] = [
  // The edges of fields, which are 80 % of `muted`, can then be seen too.
  ['secondary text', 'muted', 'surface', 4.5],
  ['text', 'text', 'surface', 4.5, (colour, ground) => mixed(colour, 0.82, ground)],
  ['the text of buttons', 'accentText', 'accent', 4.5],
  ['buttons', 'accent', 'surface', 3],
  ['what is wrong with an answer', 'surface', 'surface', 4.5, problemOn],
];

/** Warns of those pairs of which the theme itself says at least one. */
function checkContrast(theme: Fields, path: string, colours: Colours, report: Report): void {
  for (const [what, name, on, least, drawn = (colour: string) => colour] of PAIRS) {
    const own = [name, on].find((key) => isShaped(theme[key], 'colour'));
    const [colour, ground] = [colours[name]!, colours[on]!];
    const shown = drawn(colour, ground);
    const contrast = contrastOf(shown, ground);
    if (own !== undefined && contrast < least)
      report(
        `${path}.${own}`,
        theme[own],
        `makes ${what} hard to read: the contrast of ${shown} on ${ground} is ${contrast.toFixed(1)}, and should be ${least} or more`,
        'warning',
      );
  }
}

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
  if (theme !== undefined) checkTheme(theme, `${path}.theme`, report, report.theme);
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
  if (quote || open.length) return 'has brackets or quotes that are not closed';
  const bare = selector
    .replace(/\\[^]/g, 'x')
    .replace(/"[^"]*"|'[^']*'/g, '')
    .replace(/\[[^\]]*\]/g, '[]');
  return /^\s*[>+~,]|[>+~]\s*[>+~,]|,\s*,|[>+~,]\s*$/.test(bare)
    ? 'has nothing on one side of ">", "+", "~" or ","; write something on both, as in "a > b"'
    : undefined;
}
