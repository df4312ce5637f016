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
