/**
 * What the host page may replace later, as it was when this script loaded. Promise and the like, which idb-keyval uses as well,
 * the build captures (see `PRISTINE` in rollup.config.mjs).
 */
const { keys } = Object;
export { keys };
export { parse } from './json.js';
export { toJson } from './toJson.js';
