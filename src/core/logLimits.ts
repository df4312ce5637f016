/** When a device prunes its log, which is also what a backtest has to assume of one. */

/** More than this and the log is pruned: events and bytes of all its rows. */
export const MAX_EVENTS = 5000;
export const MAX_LENGTH = 1_800_000;
/** Until it is looked at again so much may come, however little could be moved: what waits for delivery cannot be. */
export const ROOM_EVENTS = 500;
export const ROOM_LENGTH = 50_000;
