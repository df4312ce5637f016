import type { Facts } from './decision.js';
import type { Json } from './events.js';
import { readPath, valueReader } from './path.js';
import { UnknownOperator } from './unknownOperator.js';
import { pathOf, queryOf } from './url.js';

type Read<T> = (facts: Facts, now: number) => T;

/** Reads the present: one value, undefined if the fact is missing, or any number of values. `slot`: of the one in a scope's `memo`. */
export type FactReader = { slot?: number } & (
  { one: Read<Json | undefined>; many?: undefined } | { many: Read<Json[]>; one?: undefined }
);

const VISIT: { [name: string]: Read<Json | undefined> } = {
  new: ({ visit }) => visit.number == 1,
  number: ({ visit }) => visit.number,
  pages: ({ visit }) => visit.pages,
  // A clock that was set back must not make the visit younger than nothing.
  seconds: ({ visit }, now) => Math.max(0, now - visit.startedAt) / 1e3,
  landing: ({ visit }) => visit.landing,
  source: ({ visit }) => visit.source,
};
const SIGNAL: { [name: string]: Read<Json | undefined> } = {
  dwell: ({ signals }) => signals.dwell,
  scroll: ({ signals }) => signals.scroll,
};
/** The path of the page; none where that is not known: the collector may not know it. */
export const pagePath = ({ page: { url } }: Facts) => (url ? [pathOf(url)] : []);

const PAGE: { [name: string]: Read<Json | undefined> } = {
  url: ({ page }) => page.url,
  path: (facts) => pagePath(facts)[0],
  title: ({ page }) => page.title,
  referrer: ({ page }) => page.referrer,
};

function pick(table: typeof VISIT, name: string): FactReader {
  if (!Object.hasOwn(table, name)) throw new UnknownOperator(name);
  return { one: table[name]! };
}

/** An SDK that is older than a fact must not take it for one that is merely missing. */
const DEVICE = /^(type|viewport(Width|Height)|language|timeZone|touch|os|browser)$/;

/** Reads at a path of what `holder` picks. */
export function pathOfFacts(holder: (facts: Facts) => unknown, path: string): FactReader {
  const read = valueReader(path);
  return path.includes('[]')
    ? { many: (facts) => readPath(holder(facts), path) }
    : { one: (facts) => read(holder(facts)) };
}

/** Reads a fact by its name, and by what else its condition says. An unheard-of name throws. */
export interface FactReaders {
  [kind: string]: (name: string, node: never) => FactReader;
}

/** Readers of the present, one entry per kind of condition. */
export const FACTS: FactReaders = {
  attribute: (name) => pathOfFacts(({ attributes }) => attributes, name),
  device: (name) => {
    if (!DEVICE.test(name)) throw new UnknownOperator(name);
    return pathOfFacts(({ device }) => device, name);
  },
  signal: (name) => pick(SIGNAL, name),
  visit: (name) => pick(VISIT, name),
  page: (name) => {
    const [, place, key] = /^(query|utm)\.(.+)/s.exec(name) ?? [];
    if (!key) return pick(PAGE, name);
    return place == 'utm'
      ? { many: ({ visit }) => queryOf(visit.landing ?? '', `utm_${key}`) }
      : { many: ({ page }) => queryOf(page.url, key) };
  },
};
