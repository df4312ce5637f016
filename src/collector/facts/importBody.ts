import type { Json, Properties } from '../../core/events.js';
import { isFields, quoted } from '../../core/validate/report.js';
import { SHAPES } from '../../core/validate/vocabulary.js';
import { Problem } from '../http/problems.js';
import { placeOf } from '../jsonPlace.js';

/** What is said of one user. Without `lists` those stay as they are, and so with `facts`. */
export interface FactsEntry {
  user: string;
  /** `null` for none at all. */
  facts?: Properties | null;
  /** All that the user is in. */
  lists?: string[];
}

/** One import is one transaction, and is in memory as a whole; a page loads what is said of its user. */
export const IMPORT_LIMITS = {
  bytes: 16 * 1024 * 1024,
  entries: 50_000,
  factsCharacters: 8192,
  depth: 5,
  lists: 100,
};
/** More problems than this help nobody. */
const MAX_PROBLEMS = 20;

type Say = (path: string, problem: string) => void;

/** The entries of a body: JSON lines, or a JSON list. A Problem names every line that is wrong; then nothing of it may be used. */
export function readImport(body: Buffer): FactsEntry[] {
  const items = parseBody(body);
  if (items.length === 0)
    throw new Problem(
      400,
      'There is nothing to import; send JSON lines such as {"user": "u-1", "facts": {"plan": "gold"}, "lists": ["vip"]}.',
    );
  if (items.length > IMPORT_LIMITS.entries)
    throw new Problem(
      413,
      `There are ${items.length} users, more than ${IMPORT_LIMITS.entries}; send them in several requests.`,
    );
  const problems: string[] = [];
  for (const { place, value, problem } of items) {
    if (problems.length > MAX_PROBLEMS) break;
    const say: Say = (path, what) => void problems.push(`${place}${path && `, ${path}`}: ${what}`);
    if (problem) say('', problem);
    else checkEntry(value, say);
  }
  if (problems.length > 0) throw refusal(problems);
  return items.map(({ value }) => value as FactsEntry);
}

function refusal(problems: string[]): Problem {
  const told = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length > MAX_PROBLEMS ? '\nThere are more problems.' : '';
  return new Problem(400, `Nothing was imported.\n${told.join('\n')}${more}`);
}

interface Item {
  /** Where it stands, in words. */
  place: string;
  value?: unknown;
  problem?: string;
}

function parseBody(body: Buffer): Item[] {
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  if (/^\s*\[/.test(text)) {
    try {
      return (JSON.parse(text) as unknown[]).map((value, index) => ({ place: `entry ${index + 1}`, value }));
    } catch (error) {
      throw new Problem(400, `Nothing was imported. The list is not JSON: ${placeOf(text, error)}.`);
    }
  }
  return text.split('\n').flatMap((line, index): Item[] => {
    if (line.trim() === '') return [];
    const place = `line ${index + 1}`;
    try {
      return [{ place, value: JSON.parse(line) }];
    } catch {
      const problem = 'not JSON; write one object on each line, or all of them as a list [{…}, {…}].';
      return [{ place, problem }];
    }
  });
}

function checkEntry(value: unknown, say: Say): void {
  if (!isFields(value))
    return say('', `${quoted(value)} is no object; write {"user": "u-1", "facts": {…}, "lists": […]}.`);
  for (const key of Object.keys(value))
    if (!['user', 'facts', 'lists'].includes(key))
      say(key.slice(0, 64), 'is not known here; use "user", "facts" and "lists".');
  const { user, facts, lists } = value;
  // Half a surrogate pair would be stored as another character: the user would be another one each time.
  if (typeof user !== 'string' || user === '' || user.length > 255 || /\p{Cs}/u.test(user))
    say('user', `${quoted(user)} is no user id; use the text of 1 to 255 characters that "identify" gets.`);
  if (facts === undefined && lists === undefined)
    say('', 'says nothing of the user; give "facts", "lists" or both.');
  if (facts !== undefined && facts !== null) checkFacts(facts, say);
  if (lists !== undefined) checkLists(lists, say);
}

function checkLists(lists: unknown, say: Say): void {
  if (!Array.isArray(lists))
    return say(
      'lists',
      `${quoted(lists)} is no list; write all that the user is in, such as ["vip"], or [] for none.`,
    );
  if (lists.length > IMPORT_LIMITS.lists)
    say('lists', `${lists.length} are more than ${IMPORT_LIMITS.lists}; leave some out.`);
  const wrong = lists.findIndex((name) => typeof name !== 'string' || name === '' || name.length > 64);
  if (wrong >= 0)
    say(`lists[${wrong}]`, `${quoted(lists[wrong])} is no name of a list; use 1 to 64 characters.`);
}

function checkFacts(facts: unknown, say: Say): void {
  if (!isFields(facts))
    return say('facts', `${quoted(facts)} is no object; write {"plan": "gold"}, or null to remove all.`);
  const { length } = JSON.stringify(facts);
  if (length > IMPORT_LIMITS.factsCharacters)
    say(
      'facts',
      `${length} characters are more than ${IMPORT_LIMITS.factsCharacters}; pages load them: leave some out.`,
    );
  checkNames(facts as Properties, 'facts', 1, say);
}

/** Names that a path of a condition can reach. */
function checkNames(value: Json, path: string, depth: number, say: Say): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > IMPORT_LIMITS.depth)
    return say(path, `is nested deeper than ${IMPORT_LIMITS.depth}; simplify it.`);
  if (Array.isArray(value))
    return value.forEach((one, index) => checkNames(one, `${path}[${index}]`, depth + 1, say));
  for (const [name, one] of Object.entries(value)) {
    if (!SHAPES.factName.test(name))
      say(path, `${quoted(name)} is no name of a fact; use 1 to 64 characters without ".", "[" and "]".`);
    checkNames(one, `${path}.${name}`, depth + 1, say);
  }
}
