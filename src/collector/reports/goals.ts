import { durationMs } from '../../core/duration.js';
import type { Properties } from '../../core/events.js';
import { readPath } from '../../core/path.js';
import type { Campaign } from '../../core/program.js';
import { ALL_KINDS } from '../../core/kinds.js';
import { learnOperators, matcher } from '../../core/test.js';
import { FIRST_EXPOSURE } from './firstExposure.js';
import type { ReportContext } from './report.js';

// A goal may compare with all that the language has.
learnOperators(ALL_KINDS.operators);

/** One goal event of an exposed person. */
export interface Reached {
  person: string;
  /** The arm of the person's first exposure. */
  variant: string | null;
  /** ms since 1970, corrected. */
  reachedMs: number;
  value: number;
}

/**
 * Goal events within the goal's window after the person's first exposure, earliest first. In the log of the exposure "after" is
 * the sequence, elsewhere the corrected time. SQL narrows by name and window, core decides on `where` and reads the value.
 */
export async function goalsOf({ events, site }: ReportContext, { id, goal }: Campaign): Promise<Reached[]> {
  if (!goal) return [];
  const rows = await events.rows<{
    person: string;
    variant: string | null;
    reachedMs: number;
    props: string;
  }>(
    `WITH ${FIRST_EXPOSURE}
     SELECT CAST(x.person AS VARCHAR) AS person, x.variant, epoch_ms(g.corrected) AS "reachedMs", g.props
     FROM first_exposure x
     JOIN visitors v ON v.person = x.person
     JOIN events g ON g.visitor = v.no
     WHERE x.campaign = $campaign AND g.site = $site AND g.name = $event
       AND epoch_ms(g.corrected) - epoch_ms(x.corrected) <= CAST($window AS BIGINT)
       AND CASE WHEN g.visitor = x.visitor AND g.stream = x.stream
         THEN (g."key" > x."key" OR (g."key" = x."key" AND g.idx > x.idx)) ELSE g.corrected > x.corrected END
     ORDER BY g.corrected, g.id`,
    { site, campaign: id, event: goal.event, window: durationMs(goal.window) },
  );
  const isGoal = matcher(goal.event, goal.where);
  return rows.flatMap(({ props, ...reached }) => {
    const properties = JSON.parse(props) as Properties;
    if (!isGoal({ name: goal.event, properties, time: reached.reachedMs })) return [];
    return [{ ...reached, value: goal.value === undefined ? 0 : sumAt(properties, goal.value) }];
  });
}

function sumAt(properties: Properties, path: string): number {
  return readPath(properties, path).reduce<number>(
    (sum, value) => (typeof value === 'number' ? sum + value : sum),
    0,
  );
}
