/** Of visitors, rows and events, as a pattern. */
export const UUID = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** 31 December 9999: the last day the store's calendar knows. */
export const LAST_TIME_MS = 253_402_300_799_999;
