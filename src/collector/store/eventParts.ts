import { uuidTimeMs } from '../../core/uuid.js';
import { DAY_MS, monthTableOf, ODD_TABLE, eventTableOf } from './eventTables.js';

/** Events of one table whose ids lie close together: one range to look for duplicates in. */
export interface Part {
  /** What staged events of the part are marked with. */
  numbers: number[];
  table: string;
  /** The month's table, if ids of `events_odd` may be stored there too. */
  also: string | undefined;
  /** Row ids; an event's id lies between its row's and that with all its last bits set. */
  firstRow: string;
  lastRow: string;
}

export interface EventParts {
  /** The part's number for a row of events. */
  numberOf(rowId: string, receivedAt: number): number;
  /** Those with events, the older days first. */
  list(): Part[];
}

/** More id days than this in one table are searched as one range. */
const MAX_PARTS_PER_TABLE = 31;

/** Splits events by table and by the day of their ids. `tables` are those that exist. */
export function createEventParts(tables: ReadonlySet<string>): EventParts {
  const byDay = new Map<number, Part>();

  function partOf(rowId: string, receivedAt: number): Part {
    const day = Math.floor(uuidTimeMs(rowId) / DAY_MS);
    // Two days ahead is odd at one moment and ordinary at another.
    const isAhead = day * DAY_MS > receivedAt + DAY_MS;
    const table = isAhead ? eventTableOf(rowId, receivedAt) : undefined;
    const key = table === ODD_TABLE ? -1 - day : day;
    const known = byDay.get(key);
    if (known) return known;
    const part = newPart(byDay.size, table ?? eventTableOf(rowId, receivedAt), rowId, tables);
    byDay.set(key, part);
    return part;
  }

  return {
    numberOf(rowId, receivedAt) {
      const part = partOf(rowId, receivedAt);
      if (rowId < part.firstRow) part.firstRow = rowId;
      if (rowId > part.lastRow) part.lastRow = rowId;
      return part.numbers[0]!;
    },
    list() {
      const parts = [...byDay.values()].sort((a, b) => (a.firstRow < b.firstRow ? -1 : 1));
      const counts = new Map<string, number>();
      for (const { table } of parts) counts.set(table, (counts.get(table) ?? 0) + 1);
      const few = parts.filter(({ table }) => counts.get(table)! <= MAX_PARTS_PER_TABLE);
      return [...few, ...joined(parts.filter((part) => !few.includes(part)))];
    },
  };
}

function newPart(number: number, table: string, rowId: string, tables: ReadonlySet<string>): Part {
  const month = table === ODD_TABLE ? monthTableOf(rowId) : undefined;
  const also = month !== undefined && tables.has(month) ? month : undefined;
  return { numbers: [number], table, also, firstRow: rowId, lastRow: rowId };
}

/** One part for each table. */
function joined(parts: readonly Part[]): Part[] {
  const byTable = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.table} ${part.also}`;
    const one = byTable.get(key);
    if (!one) byTable.set(key, { ...part });
    else {
      one.numbers = [...one.numbers, ...part.numbers];
      one.firstRow = part.firstRow < one.firstRow ? part.firstRow : one.firstRow;
      one.lastRow = part.lastRow > one.lastRow ? part.lastRow : one.lastRow;
    }
  }
  return [...byTable.values()];
}
