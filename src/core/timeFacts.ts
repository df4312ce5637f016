/** Facts of the clock on the wall: what time it is where the visitor is, or in a zone that is named. */
import type { TimeFact } from './conditions.js';
import type { Facts } from './decision.js';
import type { FactReader } from './facts.js';
import { UnknownOperator } from './unknownOperator.js';
import { wallClock } from './zonedTime.js';

const NAMES: string[] = ['weekday', 'hour', 'date', 'time'] satisfies TimeFact[];

/** Without a zone it is the visitor's; missing where that is not known. */
export function timeFact(name: string, { zone }: { zone?: unknown }): FactReader {
  if (!NAMES.includes(name) || (zone !== undefined && !isZone(zone)))
    throw new UnknownOperator(`${name} ${String(zone)}`);
  return {
    one: ({ device }: Facts, now) => {
      const where = zone ?? device.timeZone;
      return isZone(where) ? wallClock(now, where)[name as TimeFact] : undefined;
    },
  };
}

/** To find out takes a tenth of a millisecond, and gates ask at every occasion. */
const known = new Map<string, boolean>();

/** Whether it is an offset, or a name of the IANA database that this device knows. */
export function isZone(zone: unknown): zone is string {
  if (typeof zone != 'string') return false;
  let is = known.get(zone);
  if (is === undefined) known.set(zone, (is = canTell(zone)));
  return is;
}

function canTell(zone: string): boolean {
  try {
    wallClock(0, zone);
    return true;
  } catch {
    return false;
  }
}
