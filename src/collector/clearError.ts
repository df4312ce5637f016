/** An error whose message is one sentence for the person at the command line: what is wrong and what to do. */
export class ClearError extends Error {
  override readonly name = 'ClearError';
}

/** The system's error code (`ENOENT`, `EADDRINUSE`, …) of a thrown value, or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
