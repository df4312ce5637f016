import type { PastEvent, PersonalFacts } from '../../core/decision.js';
import type { Properties } from '../../core/events.js';
import { LAST_TIME_MS } from '../ingest/shapes.js';
import { OTHER_NAME } from '../store/eventNames.js';
import { personalFactsBetween, personalFactsOf } from '../store/personalFacts.js';
import { moment, type ReportContext } from '../reports/report.js';

/** An event as the collector has it. Its time is the corrected one: conditions are asked at moments of our clock. */
export interface StoredEvent extends PastEvent {
  /** The page load or route it happened on. */
  page: string;
  /** Minutes, positive west of Greenwich. */
  zone: number;
}

/** A visitor with the events that were asked for, in order of sequence. */
export interface VisitorLog {
  visitor: string;
  /** The same for all visitors of one person. */
  person: string;
  user: string | null;
  /** What the server says of the user, if that is wanted and one is known. */
  personal?: PersonalFacts;
  events: StoredEvent[];
}

/** Which events are wanted; SQL only narrows, core decides. */
export interface Wanted {
  /** Names, and for events of one campaign name and campaign with a blank between, as atoms wait for them. */
  concerns: ReadonlySet<string>;
  /** Up to this moment, ms. */
  until: number;
  /** Also what the server says of users: as it is now, for what it said before is not kept. */
  isPersonal?: boolean;
}

interface EventRow {
  no: string;
  stream: string;
  key: number;
  idx: number;
  session: string;
  page: string;
  name: string;
  time: number;
  zone: number;
  props: string;
}

/** Persons by the 64 bits that stand for them: as good as drawn by lot, so a part of the range is a sample. */
export interface Range {
  first: bigint;
  last: bigint;
}

const ALL_PERSONS = 2n ** 64n;

/** That share of all persons. */
export const rangeOf = (from: number, to: number, slices: number, share = 1): Range => {
  const at = (index: number) =>
    (((ALL_PERSONS * BigInt(Math.round(share * 1e6))) / 1_000_000n) * BigInt(index)) / BigInt(slices);
  return { first: at(from), last: at(to) - 1n };
};

/** How many events are wanted in all. */
export async function countWanted(context: ReportContext, wanted: Wanted): Promise<number> {
  const names = [...wanted.concerns];
  const [row] = await context.events.rows<{ count: number }>(
    `SELECT count(*) AS count FROM events e WHERE ${wantedSql(names.length)}`,
    valuesOf(context, wanted, names),
  );
  return row?.count ?? 0;
}

/** The visitors of the persons in a range who were there by then, with what is wanted of their logs. */
export async function readRange(
  context: ReportContext,
  wanted: Wanted,
  { first, last }: Range,
): Promise<VisitorLog[]> {
  const names = [...wanted.concerns];
  const range = { first: String(first), last: String(last) };
  const visitors = await context.events.rows<VisitorRow>(
    `${VISITORS} AND v.first <= ${moment('until')} AND v.person ${BETWEEN} ORDER BY v.person, v.no`,
    { site: context.site, until: wanted.until, ...range },
  );
  const rows = await context.events.rows<EventRow>(
    `${EVENTS} WHERE ${wantedSql(names.length)} AND v.person ${BETWEEN} ${ORDER}`,
    { ...valuesOf(context, wanted, names), ...range },
  );
  const logs = joined(visitors, rows);
  if (!wanted.isPersonal) return logs;
  const personal = await personalFactsBetween(context.settings, context.site, range);
  return logs.map((log) => withPersonal(log, personal.get(log.user ?? '')));
}

/** Of a user whom nothing was said of that is what the server says. */
const withPersonal = (log: VisitorLog, personal: PersonalFacts = { facts: {}, lists: [] }): VisitorLog =>
  log.user === null ? log : { ...log, personal };

/** One visitor; undefined if there is none with this id. Without `wanted` the whole log. */
export async function readVisitor(
  context: ReportContext,
  visitor: string,
  wanted: Partial<Omit<Wanted, 'concerns'>> & { concerns?: Wanted['concerns'] | undefined } = {},
): Promise<VisitorLog | undefined> {
  const names = wanted.concerns ? [...wanted.concerns] : undefined;
  const until = wanted.until ?? Number.MAX_SAFE_INTEGER;
  const visitors = await context.events.rows<VisitorRow>(
    `${VISITORS} AND v.id = TRY_CAST($visitor AS UUID)`,
    { site: context.site, visitor },
  );
  const [found] = visitors;
  if (!found) return undefined;
  const rows = await context.events.rows<EventRow>(
    `${EVENTS} WHERE ${names ? wantedSql(names.length) : ALL} AND e.visitor = CAST($no AS UBIGINT) ${ORDER}`,
    { ...valuesOf(context, { until }, names ?? []), no: found.no },
  );
  const log = joined(visitors, rows)[0]!;
  if (!wanted.isPersonal || log.user === null) return log;
  return withPersonal(log, await personalFactsOf(context.settings, context.site, log.user));
}

/** The visitors with more events than that, by id. */
export async function longLogs({ events, site }: ReportContext, count: number): Promise<Set<string>> {
  const rows = await events.rows<{ visitor: string }>(
    `WITH many AS (SELECT e.visitor AS no FROM events e WHERE e.site = $site
       GROUP BY e.visitor HAVING count(*) > CAST($count AS BIGINT))
     SELECT CAST(v.id AS VARCHAR) AS visitor FROM visitors v JOIN many m ON m.no = v.no`,
    { site, count },
  );
  return new Set(rows.map(({ visitor }) => visitor));
}

type VisitorRow = Omit<VisitorLog, 'events'> & { no: string };

const VISITORS = `SELECT CAST(v.no AS VARCHAR) AS no, CAST(v.id AS VARCHAR) AS visitor, CAST(v.person AS VARCHAR) AS person,
    v."user" AS "user" FROM visitors v WHERE v.site = $site`;
const BETWEEN = 'BETWEEN CAST($first AS UBIGINT) AND CAST($last AS UBIGINT)';
/** The name an event came with, also where its site had too many. */
const OWN_NAME = `CASE WHEN e.name = '${OTHER_NAME}'
    THEN coalesce(json_extract_string(e.extra, '$."$name"'), e.name) ELSE e.name END`;
const EVENTS = `SELECT CAST(e.visitor AS VARCHAR) AS no, e.stream, e."key" AS "key", e.idx, e.session, e.page,
    ${OWN_NAME} AS name, epoch_ms(e.corrected) AS "time", e.zone, e.props
  FROM events e JOIN visitors v ON v.no = e.visitor`;
const ORDER = 'ORDER BY e.visitor, e.stream, e."key", e.idx';
const ALL = `e.site = $site AND e.corrected <= ${moment('until')}`;

/** Built from the number of names alone; they are bound. */
function wantedSql(count: number): string {
  if (count === 0) return `${ALL} AND FALSE`;
  const listSql = Array.from({ length: count }, (_, index) => `$name${index}`).join(', ');
  return `${ALL} AND (e.name IN (${listSql})
    OR (e.campaign IS NOT NULL AND starts_with(e.name, '$') AND concat(e.name, ' ', e.campaign) IN (${listSql}))
    OR (e.name = '${OTHER_NAME}' AND json_extract_string(e.extra, '$."$name"') IN (${listSql})))`;
}

function valuesOf({ site }: ReportContext, { until }: Pick<Wanted, 'until'>, names: readonly string[]) {
  const named = Object.fromEntries(names.map((name, index) => [`name${index}`, name]));
  return { site, until: Math.min(until, LAST_TIME_MS), ...named };
}

function joined(visitors: readonly VisitorRow[], rows: readonly EventRow[]): VisitorLog[] {
  const byNo = new Map<string, EventRow[]>();
  for (const row of rows) {
    const known = byNo.get(row.no);
    if (known) known.push(row);
    else byNo.set(row.no, [row]);
  }
  return visitors.map(({ no, ...visitor }) => ({
    ...visitor,
    events: inOrder(byNo.get(no) ?? []).map(eventOf),
  }));
}

/** Each stream counts its own keys. Between streams the time decides, made monotone along each. */
function inOrder(rows: EventRow[]): EventRow[] {
  if (rows.length === 0 || rows[0]!.stream === rows.at(-1)!.stream) return rows;
  let latest = -Infinity;
  let stream = '';
  const placed = rows.map((row) => {
    latest = row.stream === stream ? Math.max(latest, row.time) : row.time;
    stream = row.stream;
    return { row, time: latest };
  });
  // The sort is stable: within a stream the order stays.
  return placed.sort((a, b) => a.time - b.time).map(({ row }) => row);
}

/** Keys are counted anew: those of several streams would collide. */
function eventOf({ session, page, name, time, zone, props }: EventRow, index: number): StoredEvent {
  return {
    name,
    properties: JSON.parse(props) as Properties,
    time,
    id: String(index),
    sequence: [index + 1, 0],
    session,
    page,
    zone,
  };
}
