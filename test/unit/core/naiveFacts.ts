/** The facts of the present, read from docs/language.md: each is a list of values, none if it is missing. */
import type { Condition } from '../../../src/core/conditions.js';
import type { Facts } from '../../../src/core/decision.js';
import type { Json, Properties } from '../../../src/core/events.js';
import { isZone, wallIn } from './naiveClock.js';
import { naiveValues } from './naiveTests.js';

const present = (value: Json | undefined): Json[] => (value === undefined ? [] : [value]);

const parameters = (url: string, name: string) =>
  new URLSearchParams(/\?([^#]*)/.exec(url.split('#')[0]!)?.[1]).getAll(name);

function pathOf(url: string): string {
  const path = /^[^:]+:\/\/[^/?#]*([^?#]*)/.exec(url)![1] || '/';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function pageValues(fact: string, { page, visit }: Facts): Json[] {
  if (fact.startsWith('query.')) return parameters(page.url, fact.slice('query.'.length));
  if (fact.startsWith('utm.')) return parameters(visit.landing ?? '', fact.replace('.', '_'));
  if (fact === 'path') return [pathOf(page.url)];
  return present(page[fact as 'url' | 'title' | 'referrer']);
}

function visitValues(fact: string, { visit }: Facts, now: number): Json[] {
  if (fact === 'new') return [visit.number === 1];
  if (fact === 'seconds') return [Math.max(0, now - visit.startedAt) / 1000];
  return present(visit[fact as 'number' | 'pages' | 'landing' | 'source']);
}

function timeValues(fact: 'weekday' | 'hour' | 'date' | 'time', zone: unknown, now: number): Json[] {
  return isZone(zone) ? [wallIn(zone, now)[fact]] : [];
}

function signalValues(fact: string, { signals }: Facts): Json[] {
  // For so long none is counted, so nobody need listen to know it.
  if (fact === 'exit' && signals.exit === undefined && signals.dwell < 3) return [false];
  return present((signals as unknown as Properties)[fact]);
}

/** Values of a condition on the present; undefined if it is of another kind. `facts` may be left out where only the clock is asked. */
export function naiveFacts(
  condition: Condition,
  facts: Facts | undefined,
  now: number,
  zone: unknown,
): Json[] | undefined {
  if ('time' in condition) return timeValues(condition.time, condition.zone ?? zone, now);
  if (!facts) return undefined;
  if ('attribute' in condition) return naiveValues(condition.attribute, facts.attributes);
  if ('page' in condition) return pageValues(condition.page, facts);
  if ('device' in condition) return present(facts.device[condition.device]);
  if ('visit' in condition) return visitValues(condition.visit, facts, now);
  if ('signal' in condition && condition.signal !== 'backForth' && condition.signal !== 'cart')
    return signalValues(condition.signal, facts);
  return undefined;
}
