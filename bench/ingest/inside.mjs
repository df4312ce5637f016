/** Parts of the collector that are measured on their own. */
export { openJournal } from '../../src/collector/journal/journal.js';
export { createLog } from '../../src/collector/log.js';
export { openStore } from '../../src/collector/store/openStore.js';
export { openDatabase } from '../../src/collector/store/database.js';
export { readGroup } from '../../src/collector/store/journalReader.js';
export { readEntry, wrapWhole } from '../../src/collector/store/journalEntry.js';
export {
  prepareEvents,
  addEventTable,
  eventTableOf,
  COLUMN_NAMES,
} from '../../src/collector/store/eventTables.js';
