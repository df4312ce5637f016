import type { Alteration } from './change.js';
import type { World } from './changedWorld.js';
import type { Json } from './events.js';
import type { AtomSet } from './rules.js';

/** Things that would have to be otherwise, all of them. */
export type Attempt = readonly Alteration[];

/** One condition that is to be otherwise in a world, and how to try what would do. */
export interface Trial {
  world: World;
  /** Whether it is to hold. */
  wanted: boolean;
  /** What it finds in that world. */
  found: Json[];
  /** Whether it is as wanted in that world. Throws `BudgetSpent`. */
  isSo: (there: World) => boolean;
  alter: (world: World, alterations: Attempt) => World;
  atoms: AtomSet;
}
