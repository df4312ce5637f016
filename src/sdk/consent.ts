import type { Purpose } from '../core/events.js';
import type { ConsentChoice } from './types.js';

/** Every purpose there is. */
export const ALL_PURPOSES: Purpose[] = ['measure', 'personalise', 'survey', 'identify'];

/** The purposes granted after a choice; what it leaves out keeps its state. */
export function mergeConsent(granted: readonly Purpose[], choice: ConsentChoice): Purpose[] {
  return ALL_PURPOSES.filter((purpose) => choice?.[purpose] ?? granted.includes(purpose));
}
