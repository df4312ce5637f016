/**
 * Milliseconds since 1970 of an ISO 8601 date; without a time at midnight in UTC. NaN for anything else, and for a day that no calendar has:
 * of 30 February some engines make 2 March.
 */
export const dateMs = (date: string): number =>
  new Date(date.slice(0, 10)).getUTCDate() == +date.slice(8, 10) ? Date.parse(date) : NaN;
