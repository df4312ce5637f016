import { EXPOSURE } from './eventNames.js';

/**
 * The arm a person is in: that of the first exposure, also if another device met another arm (D13). `first_exposure` has one
 * row per campaign and person.
 */
export const FIRST_EXPOSURE = `exposure AS (
    SELECT e.campaign, v.person, e.variant, e.corrected, e.visitor, e.stream, e."key", e.idx, e.id
    FROM events e JOIN visitors v ON v.no = e.visitor
    WHERE e.site = $site AND e.name = ${EXPOSURE} AND e.campaign IS NOT NULL
  ), first_exposure AS (
    SELECT * FROM exposure
    QUALIFY row_number() OVER (PARTITION BY campaign, person ORDER BY corrected, "key", idx, id) = 1
  )`;
