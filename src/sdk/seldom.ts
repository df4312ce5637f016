import type { Properties } from '../core/events.js';

/** What few programs need: a chunk of its own. */
export { ALL_KINDS } from '../core/kinds.js';

export { startCombinations } from './combinations.js';

/** Where the visitor is, by the clock of the device. */
export const readZone = (): Properties => ({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
