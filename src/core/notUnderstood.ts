/** What a finding says is not understood, in place of what was there; undefined if it is about anything else. */
export const notUnderstood = (found: unknown): string | undefined =>
  typeof found == 'string' ? /^\w*Error: (.*)/s.exec(found)?.[1] : undefined;
