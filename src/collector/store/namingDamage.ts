import { ClearError, messageOf } from '../clearError.js';
import type { Sql } from './sql.js';

/** DuckDB looks at a block's checksum when it reads it, so damage may show long after the file was opened. */
const DAMAGE = /Corrupt database file|Failed to deserialize/;

/** The same connection; what fails because its file is damaged fails with a ClearError that names the file. */
export function namingDamage(file: string, sql: Sql): Sql {
  const named = (error: unknown): never => {
    throw DAMAGE.test(messageOf(error)) ? damaged(file, error) : error;
  };
  return {
    ...sql,
    run: (statement, values) => sql.run(statement, values).catch(named),
    rows: <Row>(statement: string, values?: Parameters<Sql['rows']>[1]) =>
      sql.rows<Row>(statement, values).catch(named),
    transaction: (work) => sql.transaction(work).catch(named),
  };
}

function damaged(file: string, error: unknown): ClearError {
  const reason = messageOf(error).split('\n')[0];
  return new ClearError(
    `The database file ${file} is damaged: ${reason}. Restore it from a backup, or move it away to start with an empty one.`,
  );
}
