/**
 * The SDK's own events. All names start with `$`; everything a report, a cap or a condition needs is in their properties.
 *
 * - `$session_start` {number, landing, source?, referrer?, utm?, new, device: {type, viewportWidth, …}} every fact `decide` may
 *   read that costs nothing to find out · `$session_device` {os?, browser?, timeZone?} the others, once in a session in which a program asks for one
 * - `$page_view` {url, path, title?, referrer?, restored?} · `$page_leave` {url, path, visible (ms), scroll (%), idle (ms), exit, rage, back}
 * - `$identify` {user, traits?} · `$set` {…attributes} · `$consent` {measure, personalise, survey, identify: boolean}
 * - `$exposure` {campaign, version, variant, trigger, group?, tags?, attention?} for every arm · `$impression` {campaign, version, variant, omitted?}
 * - `$click` {campaign, version, variant, button, action} · `$close` {campaign, version, variant, reason}
 * - `$signal_dwell` {path, seconds} · `$signal_scroll` {path, percent} · `$signal_exit` {path} · `$signal_visible` {path, selector} ·
 *   `$signal_idle` {path, seconds} · `$signal_rage` {path} · `$signal_back_forth` {path, times} · `$signal_hesitation` {path, seconds, selector?}
 *   where a combination of triggers waits for it · `$signal_delay` {campaign} the delay of one is over, see `combination.ts`
 * - `$answer` {campaign, version, variant, submission, card, question, kind, value, wording} · `$complete` {campaign, version, variant, submission}
 */
export const AUTOMATIC = {
  sessionStart: '$session_start',
  pageView: '$page_view',
  pageLeave: '$page_leave',
  identify: '$identify',
  set: '$set',
  consent: '$consent',
  exposure: '$exposure',
  impression: '$impression',
  click: '$click',
  close: '$close',
  answer: '$answer',
  complete: '$complete',
} as const;

/** The arm that sees nothing and is counted. */
export const CONTROL = 'control';

/** The arm of those whom the site shows nothing at all, see `Limits`. */
export const HOLD_OUT = 'holdout';

/** Whether the arm sees anything. */
export const isSeen = (arm: string) => arm != CONTROL && arm != HOLD_OUT;
