/** What few programs need: a chunk of its own. */
export { ALL_KINDS } from '../core/kinds.js';

export { startCombinations } from './combinations.js';

export { learnDevice } from './deviceDetails.js';
