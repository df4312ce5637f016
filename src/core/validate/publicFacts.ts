import type { Json } from '../events.js';
import { valueReader } from '../path.js';
import type { Fields, Report } from './report.js';
import { isFields, oneOf, quoted } from './report.js';
import { SHAPES } from './vocabulary.js';

/** Every page loads them. */
export const PUBLIC_LIMITS = { values: 500, characters: 16_384, depth: 5 };

/** Checks the facts of a site that are the same for all of its visitors. */
export function checkPublicFacts(value: unknown, path: string, report: Report): void {
  if (!isFields(value))
    return report(path, value, 'is not an object; write {"rfm": {"monetary": {"high": 50000}}}');
  const { values, characters, depth } = PUBLIC_LIMITS;
  let count = 0;
  const visit = (inner: unknown, at: string, level: number): void => {
    count++;
    if (isFields(inner)) {
      if (level > depth) return report(at, inner, `is nested deeper than ${depth}; simplify it`);
      for (const [name, one] of Object.entries(inner)) {
        if (!SHAPES.factName.test(name))
          report(
            `${at}.${name}`,
            name,
            'is not a name of a fact; use 1 to 64 characters without ".", "[" and "]"',
          );
        visit(one, `${at}.${name}`, level + 1);
      }
    } else if (Array.isArray(inner)) {
      count += inner.length;
      const index = inner.findIndex((one) => Object(one) === one);
      if (index >= 0)
        report(
          `${at}[${index}]`,
          inner[index],
          'is not a number, a text, true, false or null; a list holds no others',
        );
    }
  };
  visit(value, path, 1);
  const length = JSON.stringify(value).length;
  if (count > values)
    report(path, count, `values are more than ${values}; every page loads them: leave some out`);
  if (length > characters)
    report(path, length, `characters are more than ${characters}; every page loads them: leave some out`);
}

/** Paths of all values, for a message that says what there is. */
function pathsOf(facts: Fields, prefix = ''): string[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    isFields(value) ? pathsOf(value, `${prefix}${name}.`) : [prefix + name],
  );
}

/** Checks that there is a public fact of that name, and that its value may stand there. */
export function checkNamed(
  named: { public: string },
  path: string,
  fits: (value: Json) => boolean,
  fix: string,
  report: Report,
): void {
  const value = valueReader(named.public)(report.facts);
  if (value === undefined) {
    const known = pathsOf(report.facts).slice(0, 20);
    report(
      `${path}.public`,
      named.public,
      known.length
        ? `is not a public fact; use ${oneOf(known)}`
        : 'is not a public fact; define it under "facts"',
      report.mayHaveMoreFacts ? 'warning' : 'error',
    );
  } else if (!fits(value))
    report(
      `${path}.public`,
      named.public,
      `is a public fact with the value ${quoted(value)}; what stands here must be ${fix}`,
    );
}
