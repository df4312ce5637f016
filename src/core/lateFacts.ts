/** What a page finds out of its device only for a program that asks, so that a log need not have it. */
export const LATE_FACTS = ['os', 'browser', 'timeZone'] as const;

/** The event by which a page tells them. */
export const DEVICE_EVENT = '$session_device';
