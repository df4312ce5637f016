import type { Sql } from './sql.js';

export interface Account {
  email: string;
  hash: string;
}

export interface StoredSession {
  email: string;
  csrf: string;
  created: number;
  seen: number;
}

export async function countAccounts(sql: Sql): Promise<number> {
  const [row] = await sql.rows<{ n: number }>('SELECT count(*) AS n FROM users');
  return row?.n ?? 0;
}

export async function findAccount(sql: Sql, email: string): Promise<Account | undefined> {
  const [row] = await sql.rows<Account>('SELECT email, hash FROM users WHERE email = $email', { email });
  return row;
}

/** Creates the account or replaces its password; all its sessions end. */
export async function putAccount(sql: Sql, email: string, hash: string, atMs: number): Promise<void> {
  await sql.transaction(async () => {
    await sql.run('DELETE FROM users WHERE email = $email', { email });
    await sql.run('INSERT INTO users VALUES ($email, $hash, $at)', { email, hash, at: atMs });
    await sql.run('DELETE FROM sessions WHERE email = $email', { email });
    await sql.run("INSERT INTO audit VALUES ($at, $email, NULL, 'password', $email, '')", {
      at: atMs,
      email,
    });
  });
}

/** Stores a session by the hash of its token; the token itself is only in the browser. */
export async function putSession(sql: Sql, hash: string, session: StoredSession): Promise<void> {
  await sql.run('INSERT INTO sessions VALUES ($hash, $email, $csrf, $created, $seen)', { hash, ...session });
}

export async function findSession(sql: Sql, hash: string): Promise<StoredSession | undefined> {
  const [row] = await sql.rows<StoredSession>(
    'SELECT email, csrf, created, seen FROM sessions WHERE hash = $hash',
    { hash },
  );
  return row;
}

export async function touchSession(sql: Sql, hash: string, seen: number): Promise<void> {
  await sql.run('UPDATE sessions SET seen = $seen WHERE hash = $hash', { hash, seen });
}

/** Ends one session, and clears away those created before `expiredMs`. */
export async function endSession(sql: Sql, hash: string, expiredMs: number): Promise<void> {
  await sql.run('DELETE FROM sessions WHERE hash = $hash OR created < $expired', {
    hash,
    expired: expiredMs,
  });
}
