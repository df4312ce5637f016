import type { Missed } from './budget.js';
import type { Gate } from './decision.js';
import type { Json, Properties, Purpose } from './events.js';
import type { Trigger } from './program.js';

/** Why nothing that a visitor does, and no time that passes, makes a gate answer otherwise, or is not known to. */
export type Obstacle =
  | 'control'
  | 'holdout'
  | 'rollout'
  | 'over'
  | 'spent'
  | 'zone'
  | 'notUnderstood'
  | 'unpublished'
  | 'stopped'
  | 'parts'
  | Missed['because']
  | 'noneFound';

/** One thing that would have to be otherwise. */
export type Alteration =
  /** It happens so often more, now. */
  | { kind: 'event'; event: string; properties: Properties; count: number }
  /** A fact such as `attribute.plan` or `page.query.coupon` has that value; without a value: is not there; at `items[]` a list of only that. */
  | { kind: 'fact'; fact: string; value?: Json }
  /** It is asked from that moment on, ms. */
  | { kind: 'wait'; until: number }
  /** The visitor's next session has begun. */
  | { kind: 'session' }
  | { kind: 'consent'; purpose: Purpose }
  /** That makes the occasion; an event with these properties. */
  | { kind: 'trigger'; trigger: Trigger; properties?: Properties }
  /** The author changes the campaign: `value` at `path`. */
  | { kind: 'edit'; path: string; value: Json }
  /** `most`: no more events than these were tried. */
  | { kind: 'none'; because: Obstacle; most?: number };

/** Part of the smallest change that makes a gate answer otherwise. */
export type Change = { gate: Gate } & Alteration;

const endOf = (alterations: readonly Alteration[]) =>
  alterations.reduce((end, one) => (one.kind == 'wait' ? Math.max(end, one.until) : end), 0);

/** For sorting: less is asked for, or it takes less long. */
export const bySize = (a: readonly Alteration[], b: readonly Alteration[]) =>
  costOf(a) - costOf(b) || endOf(a) - endOf(b);

/** How much is asked for: an event costs one, and that something else is so more than that. */
const costOf = (alterations: readonly Alteration[]): number =>
  alterations.reduce((sum, one) => sum + (one.kind == 'event' ? one.count : one.kind == 'fact' ? 1 : 1.5), 0);
