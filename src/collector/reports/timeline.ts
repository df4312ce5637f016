import { AUTOMATIC } from '../../core/automatic.js';
import type { Json, Properties } from '../../core/events.js';
import type { Timeline } from '../api.js';
import { orderedEvents, type Report } from './report.js';

/** A longer past is cut at its oldest end. */
const MAX_EVENTS = 5000;

interface EventRow {
  id: string;
  session: string;
  name: string;
  t: number;
  props: string;
}

/** One visitor: sessions newest first, events in order of sequence, attributes as the events set them. */
export const timeline: Report<{ visitor: string }, Timeline> = async (context, { visitor }) => {
  const values = { site: context.site, visitor };
  const [found] = await context.events.rows<{ visitor: string; user: string | null }>(
    'SELECT CAST(id AS VARCHAR) AS visitor, "user" FROM visitors WHERE site = $site AND id = TRY_CAST($visitor AS UUID)',
    values,
  );
  if (!found) return undefined;
  const rows = await context.events.rows<EventRow>(
    `WITH ${orderedEvents('v.id = CAST($visitor AS UUID)')}, newest AS (
       SELECT * FROM ordered ORDER BY n DESC LIMIT ${MAX_EVENTS})
     SELECT CAST(id AS VARCHAR) AS id, session, name, epoch_ms(corrected) AS t, props FROM newest ORDER BY n`,
    values,
  );
  const events = rows.map(({ props, ...row }) => ({ ...row, properties: JSON.parse(props) as Properties }));
  return { asOf: context.asOf, ...found, attributes: attributesOf(events), sessions: sessionsOf(events) };
};

type Happened = Omit<EventRow, 'props'> & { properties: Properties };

function sessionsOf(events: readonly Happened[]): Timeline['sessions'] {
  const sessions = new Map<string, Timeline['sessions'][number]>();
  for (const { id, session, name, t, properties } of events) {
    const time = new Date(t).toISOString();
    const entry = sessions.get(session) ?? { session, number: null, startedAt: time, events: [] };
    const number = name === AUTOMATIC.sessionStart ? properties['number'] : undefined;
    if (typeof number === 'number') entry.number = number;
    entry.events.push({ id, name, time, properties });
    sessions.set(session, entry);
  }
  return [...sessions.values()].reverse();
}

/** `$set` properties and the traits of `$identify`; later ones replace earlier ones. */
function attributesOf(events: readonly Happened[]): { [name: string]: Json } {
  const attributes = new Map<string, Json>();
  for (const { name, properties } of events) {
    const traits =
      name === AUTOMATIC.set ? properties : name === AUTOMATIC.identify ? properties['traits'] : undefined;
    if (typeof traits !== 'object' || traits === null || Array.isArray(traits)) continue;
    for (const [key, value] of Object.entries(traits)) attributes.set(key, value);
  }
  return Object.fromEntries(attributes);
}
