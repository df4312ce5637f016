/** How a campaign of ours is written. */
import { hello } from './contents.mjs';

export const campaign = (id, triggers, content, more = {}) => ({
  id,
  name: id,
  status: 'live',
  language: 'en',
  triggers,
  caps: [],
  ...more,
  variants: [content].flat().map((content, i) => ({ id: 'ab'[i], weight: i + 1, content })),
});
export const manual = [{ on: 'manual' }];
/** A greeting for those in an audience, or for all. */
export const shows = (id, audience, more) =>
  campaign(id, manual, hello, { ...(audience && { audience }), ...more });
