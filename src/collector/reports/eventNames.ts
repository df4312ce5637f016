import { AUTOMATIC } from '../../core/automatic.js';

/** Names of the SDK's own events as SQL literals: constants of ours, never anything from outside. */
export const EXPOSURE = `'${AUTOMATIC.exposure}'`;
export const IMPRESSION = `'${AUTOMATIC.impression}'`;
export const CLICK = `'${AUTOMATIC.click}'`;
export const ANSWER = `'${AUTOMATIC.answer}'`;
export const COMPLETE = `'${AUTOMATIC.complete}'`;
