/** The kinds of conditions that few programs need: a chunk of its own. */
export { ALL_KINDS } from '../core/kinds.js';
