/** Whether there can be a value that passes some tests: "no" is a proof, "yes" may be mistaken. */
import type { Test } from '../../conditions.js';
import type { Json } from '../../events.js';
import { namesPublic, PUBLIC_OPERANDS } from '../../publicFacts.js';
import { testerOf } from '../../test.js';
import { moments, momentsMeet } from './momentsMeet.js';
import { textMayPass } from './texts.js';

/** One test of a value. */
export interface Asked {
  test: Test;
  isNegated: boolean;
  /** What is tested, where that is not the value itself but follows from it. */
  of?: (value: Json) => Json;
}

/** What values there can be. */
export interface Domain {
  canMiss: boolean;
  /** All there are. */
  values?: readonly Json[];
  /** The only type there is. */
  type?: 'number' | 'string';
  isInteger?: boolean;
  min?: number | string;
  max?: number | string;
  /** How every text begins. */
  prefix?: string;
  /** What every text looks like. */
  shape?: RegExp;
}

/** Any JSON, or nothing. */
export const ANYTHING: Domain = { canMiss: true };

const isPublic = ([name, wanted]: [string, unknown]) => PUBLIC_OPERANDS.includes(name) && namesPublic(wanted);

/** What a test says of itself. A public fact may be another tomorrow, so that what is compared with it proves nothing. */
function certain(test: Test): Test {
  const kept: Test = Object.fromEntries(Object.entries(test).filter((part) => !isPublic(part)));
  return kept.every ? { ...kept, every: certain(kept.every) } : kept;
}

const namesAny = (test: Test): boolean =>
  Object.entries(test).some(isPublic) || (!!test.every && namesAny(test.every));

/** Whether the absence of a value passes: of comparisons that name public facts only "nin" lets it. */
const isPassedByNone = (test: Test) =>
  testerOf(certain(test)).none && Object.entries(test).every((part) => !isPublic(part) || part[0] === 'nin');

/** A test on one value is the same as its parts one by one, and `every` says no more than what is in it. */
function split({ test, isNegated, of }: Asked): Asked[] {
  if (isNegated)
    return Object.keys(test).some((name) => /^(every|before|after)$/.test(name))
      ? []
      : [{ test, isNegated, of }];
  const { every, before: _, after: __, ...plain } = test;
  return [
    ...(every ? split({ test: every, isNegated, of }) : []),
    ...Object.entries(plain).map(([name, wanted]) => ({ test: { [name]: wanted }, isNegated, of })),
  ];
}

/** False only if no value of the domain, and not its absence either, passes all. All operators must have been learnt. */
export function canHold(asked: readonly Asked[], domain: Domain): boolean {
  const noneOf = ({ test, isNegated }: Asked) => isPassedByNone(test) !== isNegated;
  if (domain.canMiss && asked.every(noneOf)) return true;
  const proven = asked.flatMap((one) => {
    if (!namesAny(one.test)) return [one];
    return one.isNegated ? [] : [{ ...one, test: certain(one.test) }];
  });
  const parts = proven.flatMap(split);
  const dates = proven.flatMap(moments);
  if (!momentsMeet(dates)) return false;
  const checks = parts.map(({ test, isNegated, of }) => {
    const { one } = testerOf(test);
    // What depends on the moment was taken out.
    return (value: Json) => one(of ? of(value) : value, 0) !== isNegated;
  });
  const passes = (value: Json) => isIn(value, domain) && checks.every((check) => check(value));
  const wanted = domain.values ?? wantedBy(parts);
  if (wanted) return wanted.some(passes);
  return isPassedByAny(parts, dates.length > 0, domain, passes);
}

function isPassedByAny(
  parts: readonly Asked[],
  isDate: boolean,
  domain: Domain,
  passes: (value: Json) => boolean,
): boolean {
  const { type } = domain;
  if (type !== 'string' && numbersAround(parts, domain).some(passes)) return true;
  if (type !== 'number' && textMayPass(parts, domain, passes)) return true;
  if (type || isDate) return false;
  // Lists and objects are too many to try; these comparisons fail for all of them.
  const isOrdered = parts.some(
    ({ test, isNegated }) =>
      !isNegated && /^(gte?|lte?|startsWith|endsWith|matches|semver)$/.test(Object.keys(test)[0]!),
  );
  const isAbsent = parts.some(
    ({ test, isNegated }) => Object.keys(test).length === 1 && test.exists === isNegated,
  );
  return [null, true, false].some(passes) || (!isOrdered && !isAbsent);
}

/** The only values that may pass, if the tests name them. */
function wantedBy(parts: readonly Asked[]): readonly Json[] | undefined {
  for (const { test, isNegated, of } of parts) {
    if (isNegated || of) continue;
    if ('eq' in test) return [test.eq!];
    if (test.in) return test.in as Json[];
  }
  return undefined;
}

function isIn(value: Json, { values, type, isInteger, min, max, prefix, shape }: Domain): boolean {
  if (values || !type) return true;
  if (typeof value !== type || (isInteger && !Number.isInteger(value))) return false;
  if (
    (min !== undefined && (value as number) < (min as number)) ||
    (max !== undefined && (value as number) > (max as number))
  )
    return false;
  return typeof value !== 'string' || (value.startsWith(prefix ?? '') && (shape?.test(value) ?? true));
}

/** Numbers that stand for all: what tests say of a number changes only where they name one. */
function numbersAround(parts: readonly Asked[], { isInteger, min, max }: Domain): number[] {
  const named = parts.flatMap(({ test }) => Object.values(test as { [name: string]: unknown }).flat());
  const points = [...named, min, max, 0, 1]
    .filter((point) => typeof point === 'number')
    .sort((a, b) => a - b);
  if (isInteger)
    return points.flatMap((point) => [
      Math.floor(point) - 1,
      Math.floor(point),
      Math.ceil(point),
      Math.ceil(point) + 1,
    ]);
  const between = points.slice(1).map((point, index) => point / 2 + points[index]! / 2);
  const [first, last] = [points[0]!, points.at(-1)!];
  return [first - 1 - Math.abs(first), ...points, ...between, last + 1 + Math.abs(last)];
}
