/** The first place in ascending `items` whose number is not below `bound`. */
export function lowerBound(items: readonly number[], bound: number): number;
export function lowerBound<T>(items: readonly T[], bound: number, numberOf: (item: T) => number): number;
export function lowerBound<T>(
  items: readonly T[],
  bound: number,
  numberOf: (item: T) => number = (item) => item as number,
): number {
  let low = 0;
  let high = items.length;
  // What is asked for is mostly beyond the last: events come in order of their clock.
  if (high && numberOf(items[high - 1]!) < bound) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(items[middle]!) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
