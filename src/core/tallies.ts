import { AUTOMATIC } from './automatic.js';
import type { PastEvent } from './decision.js';
import type { Json } from './events.js';
import { addExactly, summandOf, type ExactSum } from './exactSum.js';

const DAY_MS = 86_400_000;

/**
 * What is left of pruned events of one UTC day: how many they were, the sum of their numeric `value`, and the least and greatest
 * of their own times. Where days had to be merged, of all days from that of `first` to that of `last`.
 */
export interface Tally {
  count: number;
  sum: number;
  /** What `sum` has lost to rounding, in parts; none in most. Prices such as 0.7, 0.1 and 0.2 come to 1 only with it. */
  rest?: number[];
  /** Of exposures: what attention they have cost, if that is not 1 each. */
  cost?: number;
  first: number;
  last: number;
}

/** What is left of all pruned events of one name; of the SDK's own, one entry for each campaign they are about. */
export interface PrunedEvents {
  name: string;
  campaign?: string;
  /** Row key of the latest one in the log's order, which no clock can say. */
  until: number;
  /** Oldest first; no two share a day. */
  days: Tally[];
}

/** How much may be kept: entries of names the site makes up, and tallies of all of them together. */
export interface TallyLimits {
  names: number;
  tallies: number;
}

/** The campaign an event of the SDK's own is about: caps count by it, so tallies keep it apart. */
function campaignOf({ name, properties }: PastEvent): string | undefined {
  return name[0] == '$' && typeof properties?.campaign == 'string' ? properties.campaign : undefined;
}

const dayOf = (time: number) => Math.floor(time / DAY_MS);

/** Counts an event into the entry of its name and day. */
export function addTally(entries: PrunedEvents[], event: PastEvent): void {
  const { name, time, properties, sequence } = event;
  const campaign = campaignOf(event);
  let entry = entries.find((other) => other.name == name && other.campaign == campaign);
  if (!entry) entries.push((entry = { name, ...(campaign && { campaign }), until: 0, days: [] }));
  entry.until = Math.max(entry.until, sequence[0]);
  const value = typeof properties?.value == 'number' ? summandOf(properties.value) : 0;
  const cost = name == AUTOMATIC.exposure ? attentionOf(properties?.attention) : 1;
  const tally = { count: 1, sum: value, ...(cost != 1 && { cost }), first: time, last: time };
  const { days } = entry;
  // From the end, because what is pruned next is mostly the next in time.
  let place = days.length;
  while (place && dayOf(days[place - 1]!.first) > dayOf(time)) place--;
  const before = days[place - 1];
  if (before && dayOf(before.last) >= dayOf(time)) days[place - 1] = merge(before, tally);
  else days.splice(place, 0, tally);
}

/** As limits count it: what names no cost costs 1. */
const attentionOf = (attention: Json = 1) => (typeof attention == 'number' ? attention : 0);

/** What attention its exposures have cost. */
export const costOf = ({ count, cost = count }: Tally) => cost;

/** The sum of its values without rounding. */
export const exactSumOf = ({ sum, rest = [] }: Tally): ExactSum => [...rest, sum];

function merge(a: Tally, b: Tally): Tally {
  const parts = exactSumOf(b).reduce(addExactly, exactSumOf(a));
  const sum = parts.pop() ?? 0;
  const count = a.count + b.count;
  const cost = costOf(a) + costOf(b);
  return {
    count,
    sum,
    ...(parts.length && { rest: parts }),
    ...(cost != count && { cost }),
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
  };
}

const lastOf = ({ days }: PrunedEvents) =>
  days.reduce((last, tally) => Math.max(last, tally.last), -Infinity);

/**
 * Holds the entries within the limits: of too many days the oldest of each entry become one, of too many names the site's
 * least recent ones go. Answers what stays, and the time of the latest event of a name that went (`-Infinity`: none did).
 */
export function boundTallies(
  entries: readonly PrunedEvents[],
  limits: TallyLimits,
): { entries: PrunedEvents[]; forgotten: number } {
  // The SDK's own names are few, and caps rest on them.
  const named = entries.filter(({ name }) => name[0] != '$').sort((a, b) => lastOf(b) - lastOf(a));
  const gone = new Set(named.slice(limits.names));
  const kept = entries.filter((entry) => !gone.has(entry));
  const total = kept.reduce((sum, { days }) => sum + days.length, 0);
  const share = total > limits.tallies ? Math.max(1, Math.floor(limits.tallies / kept.length)) : Infinity;
  return {
    entries: kept.map((entry) => {
      const surplus = entry.days.length - share;
      if (surplus <= 0) return entry;
      return {
        ...entry,
        days: [entry.days.slice(0, surplus + 1).reduce(merge), ...entry.days.slice(surplus + 1)],
      };
    }),
    forgotten: [...gone].reduce((latest, entry) => Math.max(latest, lastOf(entry)), -Infinity),
  };
}
