import type { Purpose } from '../core/events.js';
import type { ConsentChoice } from './types.js';

/** Every purpose there is. */
export const ALL_PURPOSES: Purpose[] = ['measure', 'personalise', 'survey', 'identify'];

/** The purposes granted after a choice; what it leaves out keeps its state. */
export function mergeConsent(granted: readonly Purpose[], choice: ConsentChoice): Purpose[] {
  return ALL_PURPOSES.filter((purpose) => choice?.[purpose] ?? granted.includes(purpose));
}

/** The choice as an event's properties: every purpose, yes or no. */
export function consentRecord(granted: readonly Purpose[]): Record<Purpose, boolean> {
  return Object.fromEntries(ALL_PURPOSES.map((purpose) => [purpose, granted.includes(purpose)])) as Record<
    Purpose,
    boolean
  >;
}
