import { piecesOf, type Piece } from '../../template.js';
import { urlProblem } from '../url.js';
import { checkTemplate, type Around, type Reading } from './wording.js';

/** An address that may hold placeholders: it is what stands around them that says where it leads. */
export function checkAddress(value: unknown, path: string, of: 'link' | 'image', reading: Reading): void {
  const isFilled =
    typeof value === 'string' && value.includes('{{') && value.lastIndexOf('}}') > value.indexOf('{{');
  const problem = isFilled ? filledProblem(value, path, of, reading) : problemOf(value, of);
  if (problem) reading.report(path, value, problem);
}

const problemOf = (value: unknown, of: 'link' | 'image') =>
  of === 'image' && typeof value === 'string' && /^(mailto|tel):/i.test(value)
    ? 'is not an image; use https://… or a path'
    : urlProblem(value);

/** What is wrong with one that is filled in, beside the faults of its placeholders, which are told of. */
function filledProblem(value: string, path: string, of: 'link' | 'image', reading: Reading): string | null {
  checkTemplate(value, path, reading);
  let isBroken = false;
  const pieces = piecesOf(value, () => (isBroken = true));
  if (isBroken) return null;
  const [first] = pieces;
  const begins = typeof first === 'object' ? first : undefined;
  if (begins && !isOfSite(begins.path, reading.around))
    return 'leads wherever the maker of a link to the page says; begin with a host or a path, or with what the site itself says, such as {{ visitor.link | default: "/" }}';
  if (/^https:\/\/[^/?#]*$/i.test(value.slice(0, value.indexOf('{{'))))
    return 'has a placeholder in its host, which would lead wherever the value says; write the host, and a "/" behind it';
  // Which scheme and host a value of the site at its start says is judged where it is shown.
  const problem = problemOf(begins ? `https://x/${said(pieces.slice(1))}` : said(pieces), of);
  if (problem || (begins && !isNothing(begins))) return problem;
  const bare = said(pieces.filter((piece) => typeof piece === 'string' || !isNothing(piece)));
  if (/^\/[/\\]/.test(bare))
    return 'leads to another host where there is nothing to fill in; give what stands between slashes a default that is not empty';
  return bare && problemOf(bare, of);
}

type Place = Exclude<Piece, string>;

/** The address if every value were a plain letter. */
const said = (pieces: Piece[]) => pieces.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');

/** Whether it may fill in nothing at all, as its author wishes; a part that is dots alone is nothing either. */
const isNothing = ({ filters }: Place) =>
  filters.some(([name, argument = '']) => name === 'default' && /^\.{0,2}$/.test(argument));

/** Whoever makes a link to the page has a hand in facts of the visit, and in what the SDK itself notes down. */
function isOfSite(path: string, { automatic }: Around): boolean {
  const [root, name = ''] = path.split('.');
  return root === 'visitor' || (root === 'values' && !automatic.has(name));
}
