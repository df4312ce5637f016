/** Shapes of durations and moments, as `durationMs`, `momentOf` and `checkDates` read them. */
const DURATION = String.raw`\d+(?:\.\d+)?[smhdw]`;
const TIME = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00(?:\.0+)?)?)`;
const ZONE = String.raw`(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
/** All but 29 February of a year that has none. */
const DAY = String.raw`(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))`;

/** Longer than nothing. */
export const durationShape = new RegExp(`^(?=.*[1-9])${DURATION}$`);
/** As operands of `before` and `after`. */
export const momentShape = new RegExp(`^(?:now|[+-]${DURATION}|\\d{4}-${DAY}(?:T${TIME}${ZONE}?)?)$`);
/** With its zone, since 1970; by the clocks of America that began in 1969. */
export const instantShape = new RegExp(`^(?:19(?:69|[7-9]\\d)|[2-9]\\d{3})-${DAY}T${TIME}${ZONE}$`);
