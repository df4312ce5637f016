import { momentAt, MORE_OPERATORS } from '../moreOperators.js';
import { patternProblem } from '../pattern.js';
import { namesPublic, PUBLIC_OPERANDS } from '../publicFacts.js';
import { checkNamed } from './publicFacts.js';
import type { Report } from './report.js';
import { atMost, isFields, oneOf } from './report.js';
import { MOST, SHAPES } from './vocabulary.js';

const isScalar = (value: unknown) => typeof value === 'number' || typeof value === 'string';
const isMoment = (value: unknown) => typeof value === 'string' && isKnown(() => momentAt(value));
const isVersionTest = (value: unknown) =>
  isFields(value) && isKnown(() => MORE_OPERATORS.semver![1](value as never));
/** Every operator with what its operand must be, and how that is said. */
const OPERANDS: { [operator: string]: [check: (value: unknown) => boolean, fix: string] } = {
  eq: [() => true, ''],
  ne: [() => true, ''],
  gt: [isScalar, 'a number or a string'],
  gte: [isScalar, 'a number or a string'],
  lt: [isScalar, 'a number or a string'],
  lte: [isScalar, 'a number or a string'],
  in: [Array.isArray, 'a list such as ["a", "b"]'],
  nin: [Array.isArray, 'a list such as ["a", "b"]'],
  contains: [() => true, ''],
  startsWith: [(value) => typeof value === 'string', 'a string'],
  endsWith: [(value) => typeof value === 'string', 'a string'],
  exists: [(value) => typeof value === 'boolean', 'true or false'],
  matches: [(value) => typeof value === 'string', 'a regular expression such as "^/items/[0-9]+$"'],
  semver: [isVersionTest, 'comparisons with versions such as {"gte": "2.1.0"}'],
  before: [isMoment, 'a date, "now", or a time from now such as "-30d" or "+3d"'],
  after: [isMoment, 'a date, "now", or a time from now such as "-30d" or "+3d"'],
  every: [isFields, 'a test such as {"gte": 1000}'],
};

function isKnown(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** Checks a test such as `{"gte": 3}`. Only within a condition may it name public facts. */
export function checkTest(value: unknown, path: string, report: Report, inCondition = false): void {
  if (!isFields(value)) return report(path, value, 'is not a test; write for example {"eq": 3}');
  if (!Object.keys(value).length)
    report(path, value, 'tests nothing; name a comparison such as {"exists": true}');
  for (const [operator, operand] of Object.entries(value)) {
    const known = Object.hasOwn(OPERANDS, operator) ? OPERANDS[operator] : undefined;
    if (!known)
      report(`${path}.${operator}`, operand, `is not a known operator; use ${oneOf(Object.keys(OPERANDS))}`);
    else if (operator !== 'every' && namesPublic(operand))
      checkPublicOperand(operator, operand, `${path}.${operator}`, report, inCondition);
    else if (!known[0](operand))
      report(`${path}.${operator}`, operand, `cannot be compared with; use ${known[1]}`);
    else if (operator === 'matches') checkPattern(operand as string, `${path}.matches`, report);
    else if (operator === 'in' || operator === 'nin')
      atMost(operand as unknown[], `${path}.${operator}`, { most: MOST.members, what: 'values' }, report);
    else if (operator === 'every') checkTest(operand, `${path}.every`, report, inCondition);
  }
}

function checkPublicOperand(
  operator: string,
  operand: { public: string },
  path: string,
  report: Report,
  inCondition: boolean,
): void {
  const [fits, fix] = OPERANDS[operator]!;
  if (!PUBLIC_OPERANDS.includes(operator)) {
    const isLiteral = fits(operand) ? 'is compared with as an object' : 'cannot be a public fact';
    const severity = fits(operand) ? 'warning' : 'error';
    report(path, operand, `${isLiteral}; a public fact may follow ${oneOf(PUBLIC_OPERANDS)}`, severity);
  } else if (!inCondition)
    report(
      path,
      operand,
      'is a public fact, which only a condition of an audience or a segment may name; write the value',
    );
  else checkNamed(operand, path, fits, fix, report);
}

/** What to do about what `patternProblem` says, which devices have no use for; of what takes too long it says so itself. */
const PATTERN_FIXES: [said: string, fix: string][] = [
  ['is longer', 'shorten it, or split it into several conditions'],
  ['is no regular', 'write for example "^/items/[0-9]+$", with "\\\\" before a sign that is meant itself'],
  ['looks ahead', 'ask for it in a condition of its own'],
  ['refers back', 'write out what is to come again'],
  ['repeats a group that holds', 'repeat only one of them, such as "[a-z]+" instead of "([a-z]+)+"'],
  ['repeats a group that may be', 'let each way through it take a character, and write * behind it'],
  ['repeats a group of which', 'write what they begin with once, such as "(a[bc])+" instead of "(ab|ac)+"'],
];

function checkPattern(pattern: string, path: string, report: Report): void {
  const problem = patternProblem(pattern);
  if (!problem) return;
  const [, fix] = PATTERN_FIXES.find(([said]) => problem.startsWith(said)) ?? [];
  report(path, pattern, fix ? `${problem}; ${fix}` : problem);
}

/** Checks property paths and their tests. */
export function checkWhere(value: unknown, path: string, report: Report, inCondition = false): void {
  if (value === undefined) return;
  if (!isFields(value))
    return report(path, value, 'is not an object; write for example {"category": {"eq": "tea"}}');
  const limit = { most: MOST.tests, what: 'properties' };
  for (const [property, test] of atMost(Object.entries(value), path, limit, report)) {
    if (SHAPES.forbiddenPath.test(property) || !property)
      report(
        `${path}.${property}`,
        property,
        'is a path that can never be read; name a property of the event',
      );
    checkTest(test, `${path}.${property}`, report, inCondition);
  }
}
