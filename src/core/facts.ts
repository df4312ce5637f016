import type { Facts } from './decision.js';
import type { Json } from './events.js';
import { readPath } from './path.js';
import { UnknownOperator } from './unknownOperator.js';
import { pathOf, queryOf } from './url.js';

type Reader = (name: string, facts: Facts, now: number) => Json[];

function pick(record: object, name: string): Json[] {
  if (!Object.hasOwn(record, name)) throw new UnknownOperator(name);
  const value = (record as { [name: string]: Json | undefined })[name];
  return value === undefined ? [] : [value];
}

/** Reads the present, one entry per kind of condition. A missing fact is no value; an unheard-of name throws. */
export const FACTS: { [kind: string]: Reader } = {
  attribute: (name, { attributes }) => readPath(attributes, name),
  device: (name, { device }) => readPath(device, name),
  signal: (name, { signals }) => pick(signals, name),
  visit: (name, { visit }, now) =>
    pick(
      {
        new: visit.number == 1,
        number: visit.number,
        pages: visit.pages,
        // A clock that was set back must not make the visit younger than nothing.
        seconds: Math.max(0, now - visit.startedAt) / 1e3,
        landing: visit.landing,
        source: visit.source,
      },
      name,
    ),
  page: (name, { page, visit }) => {
    const [, place, key] = /^(query|utm)\.(.+)/s.exec(name) ?? [];
    if (key) return place == 'utm' ? queryOf(visit.landing ?? '', `utm_${key}`) : queryOf(page.url, key);
    return pick({ url: page.url, path: pathOf(page.url), title: page.title, referrer: page.referrer }, name);
  },
};
