/**
 * Placeholders in authors' texts: `{{ visitor.name | default: "you" }}`. A path and filters, and no expressions, so that nothing an
 * author or a visitor writes can run (S4, F31). What is not such a placeholder is text.
 */

/** A filter with what stands behind its colon. */
export type Filter = [name: string, argument?: string];

/** A text, or what is to be filled in there. */
export type Piece = string | { path: string; filters: Filter[] };

/** What a path may begin with: traits of the visitor, properties of the event that made the occasion, the campaign's `values`, facts. */
export const ROOTS = ['visitor', 'event', 'values', 'page', 'device', 'visit'];

const PATH = /^[a-zA-Z]\w*(?:\.[^\s.{}|"']{1,64})+$/;
const FILTER = /^([a-z]+)(?:\s*:\s*(?:"([^"]*)"|'([^']*)'|(-?\d+(?:\.\d+)?)))?$/;

/** Takes a text apart. Braces that hold no placeholder stay as they are, and are told to `onBroken`. */
export function piecesOf(text: string, onBroken?: (inside: string) => void): Piece[] {
  const pieces: Piece[] = [];
  // None has braces within, so every part is read once, however many there are.
  const [start = '', ...parts] = text.split('{{');
  let literal = start;
  for (const part of parts) {
    const end = part.indexOf('}}');
    const inside = end < 0 ? part : part.slice(0, end);
    const place = end < 0 ? undefined : placeOf(inside);
    if (place) {
      pieces.push(literal, place);
      literal = part.slice(end + 2);
    } else {
      onBroken?.(inside);
      literal += `{{${part}`;
    }
  }
  return [...pieces, literal].filter((piece) => piece !== '');
}

function placeOf(inside: string): Exclude<Piece, string> | undefined {
  const [path = '', ...rest] = split(inside);
  if (!PATH.test(path)) return undefined;
  const filters: Filter[] = [];
  for (const part of rest) {
    const [, name, double, single, number] = FILTER.exec(part) ?? [];
    if (name === undefined) return undefined;
    const argument = double ?? single ?? number;
    filters.push(argument === undefined ? [name] : [name, argument]);
  }
  return { path, filters };
}

/** At bars that stand in no quotes. */
function split(inside: string): string[] {
  const parts = [''];
  let quote = '';
  for (const letter of inside) {
    if (letter === '|' && !quote) {
      parts.push('');
      continue;
    }
    if (letter === quote) quote = '';
    else if (!quote && (letter === '"' || letter === "'")) quote = letter;
    parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}
