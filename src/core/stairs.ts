import type { Json } from './events.js';
import { lowerBound } from './lowerBound.js';

/**
 * One of the best: how far back a window must reach for it (a time), and how good it is. Whatever another one equals or beats
 * in both need not be kept, so bounds rise and scores fall.
 */
export type Stair = [bound: number, score: number, ...value: Json[]];

const boundOf = ([bound]: Stair) => bound;

/** The best of those with this bound or a higher one. */
export function bestFrom(stairs: readonly Stair[], bound: number): Stair | undefined {
  return stairs[lowerBound(stairs, bound, boundOf)];
}

/** Adds to the best, in place, and drops those that are beaten by it. */
export function addStair(stairs: Stair[], stair: Stair): void {
  const [bound, score] = stair;
  const at = lowerBound(stairs, bound, boundOf);
  if (at < stairs.length && stairs[at]![1] >= score) return;
  let first = at;
  while (first && stairs[first - 1]![1] <= score) first--;
  const hasSameBound = at < stairs.length && stairs[at]![0] == bound;
  stairs.splice(first, at - first + (hasSameBound ? 1 : 0), stair);
}

/** Lets go of those below the bound; the highest bound among these, if there are any. */
export function dropBelow(stairs: Stair[], bound: number): number | undefined {
  return stairs.splice(0, lowerBound(stairs, bound, boundOf)).at(-1)?.[0];
}
