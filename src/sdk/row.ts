import type { TrackedEvent } from '../core/events.js';
import type { Environment } from './environment.js';
import { parse, toJson } from './pristine.js';
import type { NewRow, StoredRow } from './store.js';

/** Whose events these are and where they happened; events of one turn and context share a row. */
export interface Context {
  visitor: string;
  user?: string;
  session: string;
  page: string;
}

/** A row of these events, with the one JSON text of it that is ever made: it is stored, weighed and sent. */
export function createRow(
  env: Environment,
  origin: string,
  { visitor, user, session, page }: Context,
  events: TrackedEvent[],
  isLocal: boolean,
): NewRow {
  const row = {
    id: env.uuid(),
    session,
    page,
    origin,
    monotonic: env.sinceStart(),
    events,
    local: isLocal || undefined,
    visitor,
    user,
  };
  return { ...row, json: toJson(row) };
}

/** The row as a batch carries it: whose it is stands in the envelope, so what comes from there on is left out. */
export function wireRow({ key, json }: StoredRow, stream: string): string {
  return `{"key":${key},"stream":"${stream}",${json.slice(1, json.lastIndexOf(',"visitor":'))}}`;
}

/** What a text takes on the wire, bytes of UTF-8. */
export const byteLength = (text: string) => new TextEncoder().encode(text).length;

/** A stored row. One that cannot be read counts as an empty one: it is settled and forgotten. */
export function readRow(json: string, key: number): StoredRow {
  let row = { events: [], local: true } as unknown as StoredRow;
  try {
    const stored = parse(json) as StoredRow;
    if (stored.events[0]) row = stored;
  } catch {
    // Counted where it is settled.
  }
  return { ...row, json, key };
}
