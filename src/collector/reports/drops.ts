import type { Drops } from '../api.js';
import type { Report } from './report.js';

/**
 * What the site's devices report to have dropped, by reason, most first: of each device the greatest total it has reported, summed.
 * In all, because a device tells totals and not when it dropped; an event that never got an id cannot be dated.
 */
export const drops: Report<object, Drops> = async ({ events, site, asOf }) => {
  const reasons = await events.rows<Drops['reasons'][number]>(
    `SELECT reason, sum(total) AS events, count(*) AS devices FROM drops WHERE site = $site
     GROUP BY reason ORDER BY events DESC, reason`,
    { site },
  );
  return { asOf, events: reasons.reduce((sum, one) => sum + one.events, 0), reasons };
};
