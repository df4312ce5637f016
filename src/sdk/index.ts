export { createClient } from './createClient.js';
export {
  consent,
  explain,
  flush,
  identify,
  init,
  off,
  on,
  page,
  reset,
  set,
  show,
  track,
} from './defaultClient.js';
export type { Client } from './client.js';
export type {
  ClientOptions,
  ConsentChoice,
  Explanation,
  Listener,
  MessageNotice,
  Notice,
  TrackResult,
} from './types.js';
