import type { Literal } from './subjects.js';

/** Where something is impossible, and why. */
export interface Finding {
  path: string;
  value: unknown;
  problem: string;
}

export const NO_EVENT = 'is passed by no event there can be; change a test in it or remove it';

/** That something never holds beside these. */
export const besides = (others: readonly Literal[]) =>
  `never holds together with ${others.map(({ path }) => path).join(' and ')}, so nobody passes; change one of them, or put them under "any"`;

export function first<Item>(
  items: readonly Item[],
  find: (item: Item) => Finding | undefined,
): Finding | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** Those with the same key together, in their order; those without one are left out. */
export function groupsOf(
  literals: readonly Literal[],
  keyOf: (literal: Literal) => string | undefined,
): Literal[][] {
  const groups = new Map<string, Literal[]>();
  for (const literal of literals) {
    const key = keyOf(literal);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(literal);
    else groups.set(key, [literal]);
  }
  return [...groups.values()];
}
